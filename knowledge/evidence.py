"""When a text was published, and what shows it; without evidence there is no date."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal
from urllib.parse import urlsplit

from knowledge.dates import address_date, written_dates
from knowledge.material import Line, Material, is_sentence, same

_LABEL = re.compile(
    r"(?:publisert|published|publiseringsdato|skrevet|skrive|posted|postet|lagt ut|dato)\b",
    re.IGNORECASE,
)
# A label counts where a line or a part of it begins; "the report was published 12 May" has none.
_OPENS_PART = re.compile(r"(?:^|[|•·,;(/–-])\s*$")
# Between a label and its date: who wrote it, a weekday, a time.
_GAP = re.compile(
    r"[\s:,.]*(?:(?:av|by|on|den|i|in|at)\b[^\d|]{0,60})?(?:[a-zæøå]+da[gy])?"
    r"(?:[\s,]*\d{1,2}[:.]\d\d)?[\s:,.]*",
    re.IGNORECASE,
)
_YEAR_AFTER_LABEL = re.compile(r"[\s:]*(?:(?:i|in)\s)?((?:19|20)\d\d)(?![\d.:/-])")
_CHANGED = re.compile(
    r"\b(?:revidert|revised|oppdatert|updated|endret|endra|modified|changed)\b", re.IGNORECASE
)
_CLOCK = re.compile(r"(?:\bkl\.?\s*)?\b\d{1,2}[:.]\d{2}(?::\d{2})?\b", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"\b(?:(?:man|tirs|ons|tors|fre|lør|laur|søn|sun|mon|tues|wednes|thurs|fri|satur)"
    r"(?:dag|day)|tysdag|sundag|måndag)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
# Dates of something else, or of a change.
_OTHER_DATES = re.compile(
    r"\b(?:frist|tid|når|arrangement|påmelding|deadline|when|event|søknads\w*|født|til|to)\b",
    re.IGNORECASE,
)
_REACH = 200  # characters; a label stands within them, and no date line is longer
_NEAR = 5  # lines from the title; a name, a job title and a category stand between at most


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows when a text was published: the very words, and where they stood."""

    words: str
    where: Literal["metadata", "text", "address"]


@dataclass(frozen=True, slots=True)
class Published:
    """A date (YYYY, YYYY-MM or YYYY-MM-DD) with its evidence."""

    value: str
    evidence: Evidence


def find_published(material: Material, addresses: Iterable[str], today: date) -> Published | None:
    """The best-shown date that is not in the future: metadata, then the text, then the address."""
    for published in _candidates(material, addresses):
        if published.value <= today.isoformat()[: len(published.value)]:
            return published
    return None


def _candidates(material: Material, addresses: Iterable[str]) -> Iterator[Published]:
    for stated in material.stated:
        if value := _first_value(stated.value):
            yield Published(value, Evidence(stated.words, "metadata"))
    for value, words in (*_labelled(material), *_near_title(material)):
        yield Published(value, Evidence(words, "text"))
    for address in addresses:
        if found := address_date(urlsplit(address).path):
            yield Published(found[0], Evidence(found[1], "address"))


def _first_value(text: str) -> str | None:
    written = next(iter(written_dates(text)), None)
    # 1970-01-01 is a computer's zero.
    return written.value if written and written.value != "1970-01-01" else None


def _labelled(material: Material) -> Iterator[tuple[str, str]]:
    """Dates after "Publisert" and the like: from the title on, else in the lines above it."""
    title = _titles(material.lines, material.title)[-1]
    last = max(place for place, line in enumerate(material.lines) if line.kept)
    after = material.lines[title : last + 1 + _NEAR]
    above = material.lines[max(0, title - _NEAR) : title]
    for line in (*after, *reversed(above)):
        if found := label_date(line.text):
            yield found


def label_date(text: str) -> tuple[str, str] | None:
    """The date that a line says it was published, and the words that say it."""
    for label in _LABEL.finditer(text, 0, _REACH):
        opens = _OPENS_PART.search(text[: label.start()])
        opens_sentence = text[label.start()].isupper() and not is_sentence(text)
        if (opens or opens_sentence) and (found := _date_after(text, label.end())):
            value, end = found
            return value, text[label.start() : end]
    return None


def _date_after(text: str, start: int) -> tuple[str, int] | None:
    """The date, or at least the year, that belongs to a label, and where it ends."""
    following = (written for written in written_dates(text) if written.start >= start)
    if written := next(following, None):
        gap = text[start : written.start]
        if written.value and _GAP.fullmatch(gap) and not _CHANGED.search(gap):
            return written.value, written.end
    year = _YEAR_AFTER_LABEL.match(text, start)
    return (year[1], year.end()) if year else None


def _near_title(material: Material) -> Iterator[tuple[str, str]]:
    """Lines that are a date and little more, nearest to the title first."""
    titles = _titles(material.lines, material.title)
    distances = [
        (min(abs(place - title) for title in titles), line)
        for place, line in enumerate(material.lines)
    ]
    for distance, line in sorted(distances, key=lambda pair: pair[0]):
        value = date_line(line.text) if distance <= _NEAR else None
        if value:
            yield value, line.text


def date_line(text: str) -> str | None:
    """The date of a line that is one date, with at most a time, a weekday and few words."""
    if len(text) > _REACH:
        return None
    dates = written_dates(text)
    if len(dates) != 1 or _CHANGED.search(text) or _OTHER_DATES.search(text):
        return None
    before, after = text[: dates[0].start], text[dates[0].end :]
    return dates[0].value if _is_beside_a_date(before, after) else None


def _is_beside_a_date(before: str, after: str) -> bool:
    """Whether a line's other words are a name or category; "Annual meeting 12 May" has neither."""
    before, after = (_CLOCK.sub(" ", _WEEKDAY.sub(" ", part)) for part in (before, after))
    words = _WORD.findall(before + after)
    parted = not _WORD.search(before) or re.search(r"[|•·,:/–-]\s*$", before)
    return len(words) <= 3 and bool(parted) and not re.search(r"\d", before + after)


def is_date_line(text: str) -> bool:
    """Whether a line holds nothing but dates, weekdays and times, and whose they are."""
    if len(text) > _REACH:
        return False
    rest = _CLOCK.sub(" ", _WEEKDAY.sub(" ", _CHANGED.sub(" ", _LABEL.sub(" ", _undated(text)))))
    says_when = rest != text
    return says_when and len(_WORD.findall(rest)) <= 3 and not is_sentence(text)


def _undated(text: str) -> str:
    edges = [0, *(edge for it in written_dates(text) for edge in (it.start, it.end)), len(text)]
    return " ".join(text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))


def is_changed(text: str) -> bool:
    """Whether a line says when something was changed."""
    return bool(_CHANGED.search(text))


def _titles(lines: tuple[Line, ...], title: str) -> list[int]:
    """The places of the title above the text, or of the first kept line where it has none."""
    kept = [place for place, line in enumerate(lines) if line.kept]
    text = next((place for place in kept if is_sentence(lines[place].text)), kept[0])
    places = (place for place in range(text + 1) if same(lines[place].text, title))
    return list(places) or kept[:1]
