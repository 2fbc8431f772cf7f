"""How likely the best reading is right, seen beside all the others."""

import re
from collections.abc import Iterator, Sequence

from index.calibration import Features
from index.lexical import stemming_of
from index.question import AnswerKind, Question
from index.reader import Reading
from knowledge.names import fold

_LOWEST, _HIGHEST = -8.0, 8.0  # scores beyond these say no more
_KINDS: tuple[AnswerKind, ...] = (
    "person",
    "number",
    "sum",
    "date",
    "place",
    "organisation",
    "reason",
)
_YEAR = re.compile(r"(?:19|20)\d\d")


def verdict_features(question: Question, chosen: Reading, readings: Sequence[Reading]) -> Features:
    """What the probability of the chosen reading rests on."""
    rivals = [reading for reading in readings if not is_same(question.kind, chosen, reading)]
    lead = chosen.score - max((r.score for r in rivals), default=_LOWEST)
    read_lead = _read(chosen) - max(map(_read, rivals), default=_LOWEST)
    return tuple(
        [
            ("score", _bounded(chosen.score)),
            ("lead", _bounded(lead)),
            ("read lead", _bounded(read_lead)),
            ("short", float(chosen.span is not None)),
            ("translated", float(_is_translated(question, chosen))),
            *_kinds(question.kind),
        ]
    )


def _kinds(kind: AnswerKind) -> Iterator[tuple[str, float]]:
    return ((each, float(each == kind)) for each in _KINDS)


def _bounded(score: float) -> float:
    return min(max(score, _LOWEST), _HIGHEST)


def _read(reading: Reading) -> float:
    """The trained reader's margin; the lowest for what it did not read."""
    features = dict(reading.features)
    return _LOWEST if features.get("unread", 1.0) else _bounded(features["read"])


def _is_translated(question: Question, chosen: Reading) -> bool:
    """Whether one of them is English and the other Norwegian."""
    return stemming_of(question.language) != stemming_of(chosen.passage.article.language)


def is_same(kind: AnswerKind, one: Reading, other: Reading) -> bool:
    """Whether two readings answer alike."""
    mine, theirs = one.short, other.short
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
