"""How old a source is, where that matters: people change roles, and articles do not follow."""

from datetime import date

from bot.texts import Texts
from index.answer import Answer, Quote

OLD_YEARS = 2


def age_note(answer: Answer, quote: Quote, texts: Texts, today: date) -> str | None:
    """A sentence on the source of who holds a role, if it is over two years old."""
    if not answer.is_role or quote.article.published is None:
        return None
    # Where only the year is known, it may be as old as that.
    year, month, day = map(int, (*quote.article.published.split("-"), "1", "1")[:3])
    latest = today.year - ((today.month, today.day) < (month, day))
    years = latest - year
    if (today.year - OLD_YEARS, today.month, today.day) <= (year, month, day):
        return None
    return texts.old.format(year=year, years=_in_words(years, texts))


def _in_words(number: int, texts: Texts) -> str:
    names = texts.numbers.split()
    return names[number] if number < len(names) else str(number)
