"""The address of a passage: an article and offsets in, a link that makes the browser show it out.

The fragment follows https://wicg.github.io/scroll-to-text-fragment/:
`#:~:text=[prefix-,]textStart[,textEnd]`, where no term may cross a block of the page.
"""

import re
from urllib.parse import quote

from knowledge.articles import Article

_WHOLE = 80  # a quote of one line and at most so many characters stands whole in the link
_WORDS = 5  # a longer one is named by so many words at each end
_MOST = 20  # and by no more than so many, where fewer are not unique

# No term may cross a line's end, nor the border of a table cell.
_BORDER = re.compile(r"[\n|]")
# Markdown writes list items, headings and quotations with marks that the page does not show.
_MARKS = r"(?:(?:[-*+>]|#{1,6})\s+)*"
_GAP = rf"[\s|]+{_MARKS}"


def passage_link(article: Article, start: int, end: int) -> str | None:
    """The article's address, pointing at `body[start:end]`; None when it has no address."""
    if not article.url:
        return None
    page = article.url.partition(":~:")[0]
    return f"{page}{'' if '#' in page else '#'}:~:text={_directive(article.body, start, end)}"


def _directive(body: str, start: int, end: int) -> str:
    at = _first_word(body, start)
    terms = _terms(body, at, end)
    prefix = _prefix(body, at, terms[0])
    return ",".join([*([f"{_encode(prefix)}-"] if prefix else []), *map(_encode, terms)])


def _first_word(body: str, start: int) -> int:
    lead = re.compile(rf"[\s|]*{_MARKS}").match(body, start)
    return lead.end() if lead else start


def _lines(text: str) -> list[list[str]]:
    """The words of each line or cell that has any, without Markdown's marks."""
    lines = (re.sub(rf"^\s*{_MARKS}", "", line).split() for line in _BORDER.split(text))
    return [words for words in lines if words]


def _terms(body: str, at: int, end: int) -> list[list[str]]:
    """The whole of a short quote, or the words that open it and those that close it."""
    first, *others = _lines(body[at:end])
    if others:
        opening, last = first[:_WORDS], others[-1]
    elif len(first) == 1 or len(" ".join(first)) <= _WHOLE:
        return [first]
    else:  # within one line the two must not meet
        half = len(first) // 2
        opening, last = first[: min(_WORDS, half)], first[half:]
    return [opening, _closing(body, _end(body, at, opening), end, last)]


def _closing(body: str, after: int, end: int, last: list[str]) -> list[str]:
    """As few of the last words as it takes to meet them at the passage's end and not before."""
    stop = len(body[:end].rstrip(" \n|"))
    last = last[-_MOST:]
    for count in range(_WORDS, len(last)):
        met = _pattern(last[-count:]).search(body, after)
        if met and met.end() == stop:
            return last[-count:]
    return last


def _prefix(body: str, at: int, opening: list[str]) -> list[str]:
    """As few of the words before the passage as tell its opening from the same words above."""
    before = (_lines(body[:at]) or [[]])[-1][-_MOST:]
    end = _end(body, at, opening)
    for count in range(len(before)):
        prefix = before[len(before) - count :]
        met = _pattern([*prefix, *opening]).search(body)
        if met and met.end() == end:
            return prefix
    return before


def _end(body: str, at: int, words: list[str]) -> int:
    met = _pattern(words).match(body, at)
    return met.end() if met else at


def _pattern(words: list[str]) -> re.Pattern[str]:
    """Finds the words as browsers do: whole, in any case, with any white space between."""
    return re.compile(rf"(?<!\w){_GAP.join(map(re.escape, words))}(?!\w)", re.IGNORECASE)


def _encode(words: list[str]) -> str:
    # A dash is an unreserved character, but in a text fragment it marks a prefix.
    return quote(" ".join(words), safe="").replace("-", "%2D")
