"""What a format's reader hands on: every visible line, and what the document says of itself."""

import re
import unicodedata
from dataclasses import dataclass

# Soft hyphens, zero-width spaces and control characters: no reader sees them, but a word with
# one in it would not be found.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\x00-\x08\x0e-\x1f\x7f]")
_FEWEST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One visible line: a paragraph, heading, list item or table row."""

    text: str
    kept: bool = True  # whether the reader takes it for a part of the article
    tight: bool = False  # stands right below the line before: a list item, a row
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Stated:
    """A publication date in the metadata: its value, and how it is written there."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Material:
    """A document as lines, before its date is judged and noise is dropped."""

    lines: tuple[Line, ...]
    title: str
    publisher: str | None = None
    url: str | None = None  # as the document says
    stated: tuple[Stated, ...] = ()  # the most trustworthy first


def clean(text: str) -> str:
    """The text on one line with single spaces, composed (NFC), without invisible characters."""
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())


def is_sentence(text: str) -> bool:
    """Whether a line ends like a sentence and is long enough to be one."""
    is_ended = text.rstrip("»”\"')").endswith((".", "!", "?", "…"))
    return is_ended and len(text.split()) >= _FEWEST_WORDS


def same(one: str, other: str) -> bool:
    """Whether two lines read the same."""
    return one.casefold() == other.casefold()
