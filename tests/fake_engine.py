"""A real engine over three articles, with an encoder and a reader that need no model."""

import shutil
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from fake_index import FakeEncoder, article, write_article

import index.engine
from index.calibration import Calibration, Weights
from index.engine import Engine, load_engine
from index.question import Question
from index.reader import Reading
from index.search import Hit
from knowledge.paths import KNOWLEDGE

REGISTER = """\
- {name: NCE iKuben, aliases: [iKuben], sources: [https://ikuben.no]}
- {name: Arctic Cluster Team, aliases: [ACT], sources: [https://arcticclusterteam.no]}
"""
ARTICLES = (
    article("leder", "Hilde Aspås leder NCE iKuben.\n"),
    article("sted", "NCE iKuben holder til i Molde.\nArctic Cluster Team ligger i Mo i Rana.\n"),
    article("medlemmer", "41 bedrifter er med i Arctic Cluster Team.\n"),
)
ANSWERS = {
    "Who leads NCE iKuben?": "Hilde Aspås",
    "where are NCE iKuben based?": "Molde",
    "where are Arctic Cluster Team based?": "Mo i Rana",
    "kor mange er med i Arctic Cluster Team?": "41",
}


@dataclass(frozen=True, slots=True)
class KnowsAnswers:
    """Knows the answers to four whole questions, and to nothing less than whole."""

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Reading]:
        answer = ANSWERS.get(question.text)
        passages = [hit.passage for hit in hits if answer and answer in hit.passage.text]
        return [Reading(p, _span(answer, p.article.body), 2.0, ()) for p in passages if answer]


def _span(answer: str, body: str) -> tuple[int, int]:
    return body.index(answer), body.index(answer) + len(answer)


def make_engine(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The engine, with its content in this folder."""
    for source in ARTICLES:
        write_article(folder / "articles", source)
    (folder / "clusters.yaml").write_text(REGISTER, encoding="utf-8")
    shutil.copy(KNOWLEDGE / "glossary.yaml", folder)
    monkeypatch.setattr(index.engine, "load_encoder", FakeEncoder)
    verdict = Weights(0.0, defaultdict(float, {"score": 1.0}))
    calibration = Calibration(Weights(0.0, {}), verdict, 0.8, 0.3)
    engine = load_engine(folder, progress=False)
    return replace(engine, reader=KnowsAnswers(), calibration=calibration)
