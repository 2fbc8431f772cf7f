"""Readings -> the verdict: which quote proves it, which other sources agree, or nothing at all."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from index.candidates import Span
from index.names import Names
from index.question import Question
from index.reader import Reading
from knowledge.articles import Article, Language
from knowledge.names import fold

Verdict = Literal["answer", "maybe", "none"]
Relation = Literal["proof", "agrees", "older", "conflicts"]

# From `python -m training.fit_reader`: its table.
ANSWER, MAYBE = 0.70, 0.20
MOST_QUOTES = 5
SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class Quote:
    """`article.body[start:end]`, word for word; offsets count Unicode code points."""

    article: Article = field(repr=False)
    start: int
    end: int
    highlight: Span | None  # the short answer, as offsets in the body
    relation: Relation

    @property
    def text(self) -> str:
        """The quoted words."""
        return self.article.body[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to one question; `quotes` is empty exactly when the verdict is `none`."""

    question: str
    language: Language
    verdict: Verdict
    text: str | None  # the short answer, or None where only the whole quote answers
    confidence: float
    quotes: tuple[Quote, ...]
    suggestions: tuple[str, ...]  # questions that the user may have meant
    ms: float


def decide(question: Question, readings: Sequence[Reading], names: Names, ms: float) -> Answer:
    """The answer that the readings support, newest source first, or an honest none."""
    if question.unknown:
        return _nothing(question, 0.0, _suggestions(question, names), ms)
    best = readings[0] if readings else None
    if best is None or best.probability < MAYBE:
        return _nothing(question, best.probability if best else 0.0, (), ms)
    chosen = _newest(question, readings)
    return Answer(
        question=question.text,
        language=question.language,
        verdict="answer" if chosen.probability >= ANSWER else "maybe",
        text=_short(chosen),
        confidence=chosen.probability,
        quotes=(_quote(chosen, "proof"), *_others(chosen, readings)),
        suggestions=(),
        ms=ms,
    )


def _nothing(
    question: Question, confidence: float, suggestions: tuple[str, ...], ms: float
) -> Answer:
    return Answer(question.text, question.language, "none", None, confidence, (), suggestions, ms)


def _suggestions(question: Question, names: Names) -> tuple[str, ...]:
    return tuple(names.nearest(question.unknown[0], question.text, SUGGESTIONS))


def _newest(question: Question, readings: Sequence[Reading]) -> Reading:
    """The best reading, or a newer source's that is as sure and says something else."""
    best = readings[0]
    if question.years or best.span is None:
        return best
    equal = [
        r for r in readings if r.span and r.probability >= max(ANSWER, best.probability - 0.05)
    ]
    return max([best, *equal], key=lambda reading: _date(reading.passage.article))


def _date(article: Article) -> str:
    """Comparable: "2017" < "2017-10-16"; undated sorts as oldest."""
    return article.published or ""


def _short(reading: Reading) -> str | None:
    return reading.passage.article.body[slice(*reading.span)] if reading.span else None


def _quote(reading: Reading, relation: Relation) -> Quote:
    passage = reading.passage
    return Quote(passage.article, passage.start, passage.end, reading.span, relation)


def _others(chosen: Reading, readings: Sequence[Reading]) -> list[Quote]:
    """Other articles that answer as surely: the same, something older, or something else."""
    seen = {chosen.passage.article.slug}
    quotes: list[Quote] = []
    for reading in readings:
        if reading.probability < ANSWER or reading.passage.article.slug in seen:
            continue
        seen.add(reading.passage.article.slug)
        quotes.append(_quote(reading, _relation(chosen, reading)))
    return quotes[: MOST_QUOTES - 1]


def _relation(chosen: Reading, other: Reading) -> Relation:
    mine, theirs = _short(chosen), _short(other)
    if mine is None or theirs is None or fold(mine) == fold(theirs):
        return "agrees"
    older = _date(other.passage.article) < _date(chosen.passage.article)
    return "older" if older else "conflicts"
