"""How much of the text is quoted: the sentence, and a neighbour where it would mislead alone."""

import re
from itertools import takewhile

from index.answer_kind import AnswerKind
from index.passages import Passage
from index.spans import Span
from index.windows import sentences

MOST = 400  # characters of a quote that is more than one sentence
# "She took over in 2019" does not say who. English "her" is left out: in Norwegian it is "here".
_LEANS_BACK = re.compile(
    r"[\W_]*(?:han|hun|ho|hen|he|she|they|it|hans|hennes|hennar|his|its|their|den|de|dei|deira|deres"
    r"|dette|this|these|those|begge|both)\b",
    re.IGNORECASE,
)
_ITEM = re.compile(r"(?:^|\n)[ \t]*(?:[-*+•–—]|\d{1,2}[.)])[ \t]+$")


def extent(passage: Passage, kind: AnswerKind) -> Span:
    """Where the quote of a passage begins and ends, for a question of this kind."""
    around = sentences(passage.article)
    at = next(row for row, each in enumerate(around) if each.start == passage.start)
    if _LEANS_BACK.match(passage.text) and at and _is_beside(around[at - 1], passage):
        return _within(passage, around[at - 1].start, passage.end)
    if passage.text.endswith(":"):
        items = list(takewhile(_is_item, around[at + 1 :]))
        return _longest(passage, passage.start, items)
    if kind == "organisation" and _is_item(passage):
        before = list(takewhile(_is_item, reversed(around[: at + 1])))
        after = list(takewhile(_is_item, around[at:]))
        return _longest(passage, before[-1].start, after)
    return passage.start, passage.end


def _is_beside(one: Passage, other: Passage) -> bool:
    """Whether both stand on one line."""
    return "\n" not in one.article.body[one.end : other.start]


def _is_item(passage: Passage) -> bool:
    return bool(_ITEM.search(passage.article.body[: passage.start]))


def _longest(passage: Passage, start: int, items: list[Passage]) -> Span:
    """As many of the items as may be quoted."""
    fitting = [item.end for item in items if item.end - start <= MOST]
    return _within(passage, start, max(fitting, default=passage.end))


def _within(passage: Passage, start: int, end: int) -> Span:
    """The wider quote, unless it is too long."""
    return (start, end) if end - start <= MOST else (passage.start, passage.end)
