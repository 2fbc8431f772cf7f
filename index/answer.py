"""Readings -> the verdict: which quote proves it, which other sources agree, or nothing at all."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from index.calibration import Calibration, probability
from index.names import Names
from index.question import Question
from index.quoting import extent
from index.reader import Reading
from index.spans import Span
from index.verdict import is_same, verdict_features
from knowledge.articles import Article, Language

Verdict = Literal["answer", "maybe", "none"]
Relation = Literal["proof", "agrees", "older", "conflicts"]

COUNTS = 0.85  # the least probability, seen alone, of a source that is shown beside the answer
AS_SURE = 0.05  # how far below the best a reading may be to count as much
MOST_QUOTES = 5
SUGGESTIONS = 3
_SINGLE = ("person", "number", "sum", "date")  # kinds of which only one answer is right
_CHANGING = ("person", "number", "sum")  # kinds that a newer source may know better


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
    ms: float = 0.0
    is_role: bool = False  # it names who holds a role now, which changes
    version: int | None = None  # of the content; None where it is being worked on


def decide(
    question: Question, readings: Sequence[Reading], names: Names, calibration: Calibration
) -> Answer:
    """The answer that the readings support, newest source first, or an honest none."""
    if question.unknown or not readings:
        return _nothing(question, 0.0, _suggestions(question, names))
    chosen, confidence = judged(question, readings, calibration)
    if confidence < calibration.maybe:
        return _nothing(question, confidence, ())
    others = [
        (reading, relation)
        for reading in readings
        if reading.probability >= COUNTS and (relation := _relation(question, chosen, reading))
    ]
    return Answer(
        question=question.text,
        language=question.language,
        verdict="answer" if confidence >= calibration.answer else "maybe",
        text=chosen.short,
        confidence=confidence,
        quotes=(_quote(question, chosen, "proof"), *_others(question, others)),
        suggestions=(),
        is_role=question.kind == "person" and bool(question.roles) and not question.is_past,
    )


def judged(
    question: Question, readings: Sequence[Reading], calibration: Calibration
) -> tuple[Reading, float]:
    """The reading to answer with, of at least one, and how likely it is right."""
    chosen = newest(question, readings)
    features = verdict_features(question, chosen, readings)
    return chosen, probability(calibration.verdict.logit(features))


def _nothing(question: Question, confidence: float, suggestions: tuple[str, ...]) -> Answer:
    return Answer(question.text, question.language, "none", None, confidence, (), suggestions)


def _suggestions(question: Question, names: Names) -> tuple[str, ...]:
    unknown = question.unknown[:1]
    return tuple(s for name in unknown for s in names.nearest(name, question.text, SUGGESTIONS))


def newest(question: Question, readings: Sequence[Reading]) -> Reading:
    """The best reading, or a newer source's that is as sure and says something else."""
    best = readings[0]
    if question.is_past or best.span is None or question.kind not in _CHANGING:
        return best
    least = max(COUNTS, best.probability - AS_SURE)
    equal = [r for r in readings if r.span and r.probability >= least]
    return max([best, *equal], key=lambda reading: _date(reading.passage.article))


def _date(article: Article) -> str:
    """Comparable: "2017" < "2017-10-16"; undated sorts as oldest."""
    return article.published or ""


def _quote(question: Question, reading: Reading, relation: Relation) -> Quote:
    start, end = extent(reading.passage, question.kind)
    return Quote(reading.passage.article, start, end, reading.span, relation)


def _others(question: Question, found: Sequence[tuple[Reading, Relation]]) -> list[Quote]:
    """One quote from each other article."""
    quotes: dict[str, Quote] = {}
    for reading, relation in found:
        quotes.setdefault(reading.passage.article.slug, _quote(question, reading, relation))
    return list(quotes.values())[: MOST_QUOTES - 1]


def _relation(question: Question, chosen: Reading, other: Reading) -> Relation | None:
    """How another article that answers stands to the chosen one."""
    if other.passage.article.slug == chosen.passage.article.slug:
        return None
    if is_same(question.kind, chosen, other):
        return "agrees"
    # Two lists, two places, or two that led it once can both be right.
    is_one_of_many = question.kind == "person" and question.is_past
    is_less_sure = other.probability < chosen.probability - AS_SURE
    if is_one_of_many or question.kind not in _SINGLE or is_less_sure:
        return None
    ours, theirs = _date(chosen.passage.article), _date(other.passage.article)
    # "2017" may be after "2017-10", and what is undated after anything.
    is_older = theirs < ours and not ours.startswith(theirs)
    return "older" if is_older else "conflicts"
