"""Content of three articles and two golden questions, and a reader that knows the answers."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import pytest
from fake_index import FakeEncoder, article, write_article

import index.engine
from index.calibration import Calibration, Weights
from index.encoder import SentenceEncoder
from index.publishing import Publisher
from index.question import Question
from index.reader import Reading
from index.search import Hit

QUESTIONS = """\
- id: leder
  question: Hvem er leder?
  language: nb
  proofs: [{article: leder, proof: Kari Ås er leder, answers: [Kari Ås]}]
- id: penger
  question: Hvor mye penger er det?
  language: nb
  unanswerable: missing fact
"""
ARTICLES = (
    article("leder", "Kari Ås er leder.\nKontoret er på Stord.\n"),
    article("sjo", "Det er sjø her.\n"),
)
_ANSWERS = {"Hvem er leder?": r"\w+ \w+(?= er leder)", "Hvor mye penger er det?": r"\w+ kroner"}


@dataclass(frozen=True, slots=True)
class FindsAnswers:
    """Finds who leads, and how much money there is; an unsure one where a text says `kanskje`."""

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Reading]:
        found = (self._reading(question, hit) for hit in hits)
        return [reading for reading in found if reading]

    def _reading(self, question: Question, hit: Hit) -> Reading | None:
        passage = hit.passage
        match = re.search(_ANSWERS[question.text], passage.text)
        if match is None:
            return None
        start = passage.start
        score = 0.0 if "kanskje" in passage.text else 2.0
        return Reading(passage, (start + match.start(), start + match.end()), score, ())


def write_content(folder: Path) -> Path:
    """The folder, with the content in it."""
    for source in ARTICLES:
        write_article(folder / "articles", source)
    (folder / "questions.yaml").write_text(QUESTIONS, encoding="utf-8")
    return folder


def change_leader(folder: Path, leader: str) -> None:
    """Change the article and the golden question to somebody else."""
    write_article(folder / "articles", article("leder", f"{leader} er leder.\n"))
    questions = QUESTIONS.replace("Kari Ås", leader)
    (folder / "questions.yaml").write_text(questions, encoding="utf-8")


def use_fake_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every engine read with `FindsAnswers`, and be as sure as it is."""
    verdict = Weights(0.0, defaultdict(float, {"score": 1.0}))
    calibration = Calibration(Weights(0.0, {}), verdict, 0.8, 0.3)
    monkeypatch.setattr(index.engine, "load_reader", lambda *_: (FindsAnswers(), calibration))


@dataclass(slots=True)
class Desk:
    """Publishes, and notes what it was told."""

    knowledge: Path
    encoder: FakeEncoder = field(default_factory=FakeEncoder)
    told: list[str] = field(default_factory=list)
    is_confirmed: bool = True

    def load_encoder(self) -> SentenceEncoder:
        return cast(SentenceEncoder, self.encoder)

    def publisher(self) -> Publisher:
        return Publisher(
            self.knowledge, "kari@kontor", self.load_encoder, self.told.append, self.confirm
        )

    def confirm(self) -> bool:
        self.told.append("?")
        return self.is_confirmed
