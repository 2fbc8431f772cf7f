"""When an article was published, as people write it."""

from typing import Protocol


class DateWords(Protocol):
    """What a language needs for a date; `months` are twelve words."""

    @property
    def undated(self) -> str:
        """Where no date is known."""

    @property
    def day(self) -> str:
        """A whole date, with {day}, {month} and {year}."""

    @property
    def months(self) -> str:
        """January to December."""


def written_date(published: str | None, words: DateWords) -> str:
    """`2017`, `2017-10` or `2017-10-16` in words."""
    if published is None:
        return words.undated
    year, month, day = (*published.split("-"), "", "")[:3]
    if not month:
        return year
    name = words.months.split()[int(month) - 1]
    return words.day.format(day=int(day), month=name, year=year) if day else f"{name} {year}"


def written_years(start: int | None, end: int, until: str) -> str:
    """ "2012–2021", or `until` with {end} where nobody knows when it began."""
    if start is None:
        return until.format(end=end)
    return f"{start}–{end}" if start != end else str(end)
