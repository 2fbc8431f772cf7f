"""An article's body -> the sentences, headings, list items and table rows it can be quoted by.

Boundaries come from `sentencex`, Wikimedia's segmenter, and are mended where it is wrong for
Norwegian; `benchmarks/segmentation.py` counts what that is worth.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import sentencex

from index.spans import Span
from knowledge.articles import Article, Language


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of an article's body; its text is a slice and can not be anything else."""

    article: Article = field(repr=False)
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words of the passage."""
        return self.article.body[self.start : self.end]


# What a line may begin with that is layout and not words: a heading, list or quote mark.
_MARKER = re.compile(r"\s*(?:#{1,6}\s+|[-*+•–—]\s+|>\s+|\d{1,2}[.)]\s+(?=[A-ZÆØÅ]))?")
_TABLE_ROW = re.compile(r"\s*\|.*\|\s*$")
_TABLE_RULE = re.compile(r"[\s|:-]+$")
_QUOTATION_MARK = re.compile(r"[\"“”„«»]")
_OPENS_QUOTATION = re.compile(r"\s[\"“„«]\s*$")
# sentencex knows no Norwegian; its Danish is nearest ("17. mai", "bl.a.").
_SEGMENTER: dict[Language, str] = {"nb": "da", "nn": "da", "en": "en"}
_NO_END = re.compile(
    r"(?:^|[\s(–/-])(?:[Cc]a|[Bb]l\.\s?a|f\.\s?eks|m\.\s?[am]|f\.\s?o\.\s?m|t\.\s?o\.\s?m|jfr?|dvs|inkl"
    r"|ekskl|evt|kl|nr|tlf|pst|mill|mrd|maks|min|gj|adm|dir|prof|dr|red|avd|St|Mr|Mrs|Ms|No"
    r"|approx|e\.g|i\.e|vs)\.\s*$"
)
_NO_START = re.compile(r"[–-]\s?\d|[a-zæøå]+\b")  # "akvARENA" starts a sentence too
_MISSED_END = re.compile(
    r"(?<=[a-zæøå\d]{2}\.)\s+(?=[a-zæøå]{0,4}[A-ZÆØÅ])|(?<=[a-zæøå]{3}\.)\s+(?=\d)"
)


def split(article: Article) -> tuple[Passage, ...]:
    """The article's passages in reading order."""
    return tuple(Passage(article, start, end) for start, end in _spans(article))


def _spans(article: Article) -> Iterator[Span]:
    for start, line in _lines(article.body):
        if not _TABLE_ROW.match(line):
            marker = _MARKER.match(line)
            offset = marker.end() if marker else 0
            for left, right in _sentences(line[offset:], article.language):
                yield start + offset + left, start + offset + right
        elif not _TABLE_RULE.match(line):
            left, right = _trim(line, 0, len(line))
            yield start + left, start + right


def _lines(body: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in body.split("\n"):
        if line.strip():
            yield start, line
        start += len(line) + 1


def _sentences(text: str, language: Language) -> Iterator[Span]:
    edges = [edge for edge in _edges(text, language) if not _is_inside(text, edge)]
    for left, right in pairwise([0, *edges, len(text)]):
        left, right = _trim(text, left, right)
        if left < right:
            yield left, right


def _edges(text: str, language: Language) -> list[int]:
    """Offsets where a new sentence may begin."""
    # The segmenter never ends a sentence inside quotation marks, where whole interviews stand.
    masked = _QUOTATION_MARK.sub(" ", text)
    found = sentencex.get_sentence_boundaries(_SEGMENTER[language], masked)
    edges = {sentence["end_index"] for sentence in found} - {len(text)}
    edges |= {missed.end() for missed in _MISSED_END.finditer(masked)}
    return sorted({_before_opening_mark(text, edge) for edge in edges})


def _before_opening_mark(text: str, edge: int) -> int:
    """Leave a quotation mark that opens the next sentence to that sentence."""
    opening = _OPENS_QUOTATION.search(text[:edge])
    return opening.start() + 1 if opening else edge


def _is_inside(text: str, edge: int) -> bool:
    """Whether the edge cuts a date, a range or an abbreviation in two."""
    return bool(_NO_END.search(text[:edge]) or _NO_START.match(text[edge:].lstrip()))


def _trim(text: str, start: int, end: int) -> Span:
    stripped = text[start:end].strip()
    start = text.index(stripped, start) if stripped else end
    return start, start + len(stripped)
