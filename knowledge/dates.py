"""Dates as Norwegian and English pages write them; the day stands first in numeric ones."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar january jan",
            "februar february feb",
            "mars march mar",
            "april apr",
            "mai may",
            "juni june jun",
            "juli july jul",
            "august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_DAY = r"(?<![\d.,])(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
# In this order, since "October 2017" is also a part of "18 October 2017".
_FORMS = [
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?<!\d)(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)",
        r"(?<![\d./-])(?P<day>\d{1,2})(?P<dot>\. ?|/|-)(?P<month>\d{1,2})(?P=dot)"
        r"(?P<year>\d{4}|\d\d)(?!\d)",
        rf"{_DAY}\.?\s*(?:of\s+)?{_MONTH},?\s*{_YEAR}",
        rf"\b{_MONTH}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}",
        rf"\b{_MONTH},?\s+{_YEAR}",
    )
]
_SEGMENT_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)-?(\d\d)-?(\d\d)(?!\d)")
_SEGMENT_YEAR = re.compile(r"(?:19[89]|20\d)\d")


@dataclass(frozen=True, slots=True)
class Written:
    """A date in a text; `value` is ISO (a day or a month), None where no calendar has it."""

    value: str | None
    start: int
    end: int


def written_dates(text: str) -> tuple[Written, ...]:
    """Every date in a text, in reading order, impossible ones included."""
    found: list[Written] = []
    taken = bytearray(len(text))  # 1 where a date stands
    for form in _FORMS:
        for match in form.finditer(text):
            place = slice(*match.span())
            if not any(taken[place]):
                taken[place] = b"\1" * len(match[0])
                found.append(Written(_iso(**match.groupdict()), *match.span()))
    return tuple(sorted(found, key=lambda written: written.start))


def _iso(year: str, month: str, day: str | None = None, dot: str | None = None) -> str | None:
    number = int(month) if month.isdigit() else _MONTHS[month.lower()]
    return calendar_date(_full(year), number, int(day) if day else None)


def _full(year: str) -> int:
    """Two digits as people mean them: 16 is 2016 and 98 is 1998."""
    return int(year) + (0 if len(year) == 4 else 2000 if int(year) < 70 else 1900)


def calendar_date(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """`2017`, `2017-10` or `2017-10-16`; None where no calendar has it."""
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return "-".join([f"{year:04}", *(f"{part:02}" for part in (month, day) if part is not None)])


def address_date(path: str) -> tuple[str, str] | None:
    """The date in an address's path, and the segments that say it: `/2017/10/` is 2017-10."""
    return next(_segment_dates(path.split("/")), None)


def _segment_dates(segments: list[str]) -> Iterator[tuple[str, str]]:
    """A year in the last segment is the page's name, and says what it is about."""
    for place, segment in enumerate(segments):
        if match := _SEGMENT_DAY.search(segment):
            if value := calendar_date(*map(int, match.groups())):
                yield value, match[0]
        elif _SEGMENT_YEAR.fullmatch(segment) and any(segments[place + 1 :]):
            yield _below_year(segment, segments[place + 1 :])


def _below_year(year: str, below: list[str]) -> tuple[str, str]:
    """What the segments below a year add to it: a month, and a day."""
    month = _number(below[0]) or _MONTHS.get(below[0].lower())
    if month is None or (value := calendar_date(int(year), month)) is None:
        return year, f"/{year}/"
    day = _number(below[1]) if len(below) > 1 else None
    if day is None or (whole := calendar_date(int(year), month, day)) is None:
        return value, f"/{year}/{below[0]}/"
    return whole, f"/{year}/{below[0]}/{below[1]}/"


def _number(segment: str) -> int | None:
    return int(segment) if re.fullmatch(r"\d{1,2}", segment) else None
