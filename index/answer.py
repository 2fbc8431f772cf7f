"""Readings -> the verdict: which quote proves it, which other sources agree, or nothing at all."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from index.names import Names
from index.question import AnswerKind, Question
from index.reader import Reading
from index.spans import Span
from knowledge.articles import Article, Language
from knowledge.names import fold

Verdict = Literal["answer", "maybe", "none"]
Relation = Literal["proof", "agrees", "older", "conflicts"]

# From `python -m training.fit_reader`: its table.
ANSWER, MAYBE = 0.85, 0.20
AS_SURE = 0.05  # how far below the best a reading may be to count as much
MOST_QUOTES = 5
SUGGESTIONS = 3
_SINGLE = ("person", "number", "sum", "date")  # kinds of which only one answer is right
_CHANGING = ("person", "number", "sum")  # kinds that a newer source may know better
_YEAR = re.compile(r"(?:19|20)\d\d")


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
        quotes=(_quote(chosen, "proof"), *_others(question, chosen, readings)),
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
    if question.years or best.span is None or question.kind not in _CHANGING:
        return best
    least = max(ANSWER, best.probability - AS_SURE)
    equal = [r for r in readings if r.span and r.probability >= least]
    return max([best, *equal], key=lambda reading: _date(reading.passage.article))


def _date(article: Article) -> str:
    """Comparable: "2017" < "2017-10-16"; undated sorts as oldest."""
    return article.published or ""


def _short(reading: Reading) -> str | None:
    return reading.passage.article.body[slice(*reading.span)] if reading.span else None


def _quote(reading: Reading, relation: Relation) -> Quote:
    passage = reading.passage
    return Quote(passage.article, passage.start, passage.end, reading.span, relation)


def _others(question: Question, chosen: Reading, readings: Sequence[Reading]) -> list[Quote]:
    """Other articles that answer as surely: the same, something older, or something else."""
    quotes: dict[str, Quote] = {}
    for reading in readings:
        slug = reading.passage.article.slug
        relation = _relation(question.kind, chosen, reading)
        if relation and slug != chosen.passage.article.slug:
            quotes.setdefault(slug, _quote(reading, relation))
    return list(quotes.values())[: MOST_QUOTES - 1]


def _relation(kind: AnswerKind, chosen: Reading, other: Reading) -> Relation | None:
    """How another source stands to the chosen one; None where it does not answer, or is unsure."""
    if other.probability < ANSWER:
        return None
    if _is_same(kind, _short(chosen), _short(other)):
        return "agrees"
    # Two lists, or two places, can both be right; a wrong "but another source says" cannot.
    if kind not in _SINGLE or other.probability < chosen.probability - AS_SURE:
        return None
    older = _date(other.passage.article) < _date(chosen.passage.article)
    return "older" if older else "conflicts"


def _is_same(kind: AnswerKind, mine: str | None, theirs: str | None) -> bool:
    if mine is None or theirs is None:
        return mine is theirs
    if kind == "date":  # "juni 2014" and "18 June 2014"
        return bool(set(_YEAR.findall(mine)) & set(_YEAR.findall(theirs)))
    if kind in ("number", "sum"):  # "40 deltakere" and "40 partnere"
        return _figures(mine) == _figures(theirs)
    return fold(mine) == fold(theirs)


def _figures(text: str) -> list[str]:
    """The digits of an amount; its first word where it is written out."""
    return re.findall(r"\d+", text) or fold(text).split()[:1]
