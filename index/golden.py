"""What the golden questions got, kept with a version and compared with the next."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from index.answer import Answer, Verdict
from index.engine import Engine
from index.evaluate import Outcome, evaluate
from index.lending import Lend, at_once
from knowledge.articles import Article, Language
from knowledge.questions import GoldenQuestion

Kind = Literal["lost", "firm", "new", "changed"]


@dataclass(frozen=True, slots=True)
class GoldenAnswer:
    """What a golden question got."""

    question: str
    is_answerable: bool
    verdict: Verdict
    text: str | None  # the short answer
    quote: str | None  # the first one
    article: str | None
    is_right: bool  # quote and short answer, or the refusal of what cannot be answered

    @property
    def is_firmly_wrong(self) -> bool:
        """Whether it claims without reservation what is not so."""
        return self.verdict == "answer" and not self.is_right


@dataclass(frozen=True, slots=True)
class Change:
    """A golden question that gets another answer than before."""

    before: GoldenAnswer
    after: GoldenAnswer

    @property
    def kind(self) -> Kind:
        """`lost`: it was right; `firm`: it is wrong and was not firm before."""
        if self.after.is_answerable and self.before.is_right and not self.after.is_right:
            return "lost"
        if self.after.is_firmly_wrong and self.before.verdict != "answer":
            return "firm"
        return "new" if self.before.verdict == "none" else "changed"

    @property
    def is_harm(self) -> bool:
        """Whether nobody should publish this without looking twice."""
        return self.kind in ("lost", "firm")


def ask_golden(
    questions: Iterable[GoldenQuestion],
    articles: Iterable[Article],
    engine: Engine,
    label: str,
    lend: Lend = at_once,
) -> tuple[GoldenAnswer, ...]:
    """Ask an engine all of them, with a progress bar; the articles are those of the proofs."""
    from tqdm import tqdm  # type: ignore[import-untyped]

    bar = tqdm(questions, desc=label, disable=None)  # None: only at a terminal

    def ask(question: str, fallback: Language | None) -> Answer:
        return lend(lambda: engine.ask(question, fallback))

    return tuple(map(_answer, evaluate(bar, articles, engine.articles, ask)))


def _answer(outcome: Outcome) -> GoldenAnswer:
    first = next(iter(outcome.answer.quotes), None)
    return GoldenAnswer(
        question=outcome.golden.question,
        is_answerable=not outcome.golden.unanswerable,
        verdict=outcome.answer.verdict,
        text=outcome.answer.text,
        quote=first.text if first else None,
        article=first.article.slug if first else None,
        is_right=not outcome.is_wrong,
    )


def compare_golden(
    before: Iterable[GoldenAnswer], after: Iterable[GoldenAnswer]
) -> tuple[Change, ...]:
    """What changes for each question that both were asked."""
    known = {answer.question: answer for answer in before}
    pairs = ((known[answer.question], answer) for answer in after if answer.question in known)
    return tuple(Change(old, new) for old, new in pairs if old != new)


def write_golden(file: Path, answers: Iterable[GoldenAnswer]) -> None:
    """Keep them, for a later comparison."""
    records = [asdict(answer) for answer in answers]
    file.write_text(json.dumps(records, ensure_ascii=False, indent=1), encoding="utf-8")


def read_golden(file: Path) -> tuple[GoldenAnswer, ...]:
    """What `write_golden` kept."""
    return tuple(GoldenAnswer(**record) for record in json.loads(file.read_text("utf-8")))


def count_right(answers: Sequence[GoldenAnswer]) -> int:
    """How many are right."""
    return sum(answer.is_right for answer in answers)
