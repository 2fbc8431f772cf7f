"""How likely the best reading is right, seen beside all the others."""

import re
from collections.abc import Iterator, Sequence

from index.answer_kind import AnswerKind
from index.calibration import Features
from index.lexical import stemming_of
from index.question import Question
from index.reader import Reading
from knowledge.names import fold, words

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
_THOUSANDS = re.compile(r"(?<!\d)\d{1,3}(?:[\s.,]\d{3})+(?!\d)")  # 1 500, 1.500 and 1,500
_SPELLED = {
    fold(word): str(number)
    for number, spellings in {
        1: "én ein ett eitt one",
        2: "to two",
        3: "tre three",
        4: "fire four",
        5: "fem five",
        6: "seks six",
        7: "sju syv seven",
        8: "åtte eight",
        9: "ni nine",
        10: "ti ten",
        11: "elleve eleven",
        12: "tolv twelve",
        13: "tretten thirteen",
        14: "fjorten fourteen",
        15: "femten fifteen",
        16: "seksten sixteen",
        17: "sytten seventeen",
        18: "atten eighteen",
        19: "nitten nineteen",
        20: "tjue twenty",
        30: "tretti thirty",
        40: "førti forty",
        50: "femti fifty",
        60: "seksti sixty",
        70: "sytti seventy",
        80: "åtti eighty",
        90: "nitti ninety",
        100: "hundre hundred",
        1000: "tusen thousand",
    }.items()
    for word in spellings.split()
}


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
            *_article_lead(chosen, readings),
            ("short", float(chosen.span is not None)),
            ("translated", float(_is_translated(question, chosen))),
            *_kinds(question.kind),
        ]
    )


def _article_lead(chosen: Reading, readings: Sequence[Reading]) -> Features:
    """By how much the search prefers the chosen article to all others; and whether there are none.

    Low where no article is about what was asked, however well some passage fits the question.
    """
    own, others = _LOWEST, []
    for reading in readings:
        found = dict(reading.features).get("search", 0.0)
        if reading.passage.article.slug == chosen.passage.article.slug:
            own = max(own, found)
        else:
            others.append(found)
    lead = own - max(others) if others else 0.0
    return ("article lead", _bounded(lead)), ("one article", float(not others))


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
    if _words(mine) == _words(theirs):
        return True
    if kind == "date":  # "juni 2014" and "18 June 2014"
        return bool(set(_YEAR.findall(mine)) & set(_YEAR.findall(theirs)))
    if kind in ("number", "sum"):  # "40 deltakere" and "over førti partnere"
        return bool(_figures(mine)) and _figures(mine) == _figures(theirs)
    if kind == "person":  # "Hilde Aspås", "Aspås" and "daglig leder Hilde Aspås"
        fewer, more = sorted((set(_words(mine)), set(_words(theirs))), key=len)
        return fewer <= more
    return False


def _words(text: str) -> list[str]:
    return [word.folded for word in words(text)]


def _figures(text: str) -> list[str]:
    """The digits of an amount, or what it says in words."""
    digits = re.findall(r"\d+", _THOUSANDS.sub(lambda match: re.sub(r"\D", "", match[0]), text))
    # "to" is two in Norwegian.
    spelled = " ".join(_words(text)).replace("up to ", "").split()
    return digits or [_SPELLED[word] for word in spelled if word in _SPELLED]
