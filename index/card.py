"""How an answer looks in a terminal: an `Answer` in, lines of text out.

The quote stays word for word; only line breaks replace spaces. So the answer in it is marked with
the terminal's bold, and with nothing where there is no terminal.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.answer import Answer, Quote
from index.dates import written_date, written_years
from index.departures import Departure
from index.link import passage_link
from index.spans import Span
from knowledge.articles import Language

_INDENT = "  "

_NORWEGIAN_MONTHS = (
    "januar februar mars april mai juni juli august september oktober november desember"
)
_ENGLISH_MONTHS = (
    "January February March April May June July August September October November December"
)


@dataclass(frozen=True, slots=True)
class _Words:
    """What frames an answer, in one language."""

    maybe: str
    none: str
    suggest: str
    agrees: str
    older: str
    conflicts: str
    left: str
    until: str
    undated: str
    day: str
    months: str


_WORDS: dict[Language, _Words] = {
    "nb": _Words(
        maybe="Ikke sikkert, men dette kan være svaret:",
        none="Kildene har ikke svaret på det.",
        suggest="Mente du kanskje:",
        agrees="Det samme sier",
        older="En eldre kilde:",
        conflicts="En annen kilde sier noe annet:",
        left="Ifølge registeret var {name} {role} {years}:",
        until="til {end}",
        undated="udatert",
        day="{day}. {month} {year}",
        months=_NORWEGIAN_MONTHS,
    ),
    "nn": _Words(
        maybe="Ikkje sikkert, men dette kan vere svaret:",
        none="Kjeldene har ikkje svaret på det.",
        suggest="Meinte du kanskje:",
        agrees="Det same seier",
        older="Ei eldre kjelde:",
        conflicts="Ei anna kjelde seier noko anna:",
        left="Ifølgje registeret var {name} {role} {years}:",
        until="til {end}",
        undated="udatert",
        day="{day}. {month} {year}",
        months=_NORWEGIAN_MONTHS,
    ),
    "en": _Words(
        maybe="Not certain, but this may be the answer:",
        none="The sources do not hold the answer to that.",
        suggest="Did you perhaps mean:",
        agrees="The same says",
        older="An older source:",
        conflicts="Another source says otherwise:",
        left="According to the register, {name} was “{role}” {years}:",
        until="until {end}",
        undated="undated",
        day="{day} {month} {year}",
        months=_ENGLISH_MONTHS,
    ),
}


@dataclass(frozen=True, slots=True)
class Page:
    """Where a card is shown: how many columns it has, and whether it can show bold."""

    width: int
    has_bold: bool

    def bold(self, text: str) -> str:
        """The text in bold, where that can be shown."""
        return f"\x1b[1m{text}\x1b[0m" if self.has_bold and text else text


def card(answer: Answer, page: Page, departure: Departure | None = None) -> str:
    """The whole card, without a line end after its last line."""
    words = _WORDS[answer.language]
    if not answer.quotes:
        return "\n".join(_nothing(answer, words, page))
    proof, *others = answer.quotes
    parts = [
        words.maybe if answer.verdict == "maybe" else "",
        page.bold(answer.text or ""),
        "\n".join([*_quoted(proof, page), *_origin(proof, words, page)]),
        "\n".join(_left(departure, words)) if departure else "",
        *("\n".join(_further(quote, words, page)) for quote in others),
    ]
    return "\n\n".join(filter(None, parts))


def _nothing(answer: Answer, words: _Words, page: Page) -> Iterator[str]:
    yield words.none
    if answer.suggestions:
        yield f"\n{words.suggest}"
        yield from (line for text in answer.suggestions for line in _wrapped(text, page))


def _quoted(quote: Quote, page: Page) -> Iterator[str]:
    """The quote's lines, its answer in bold."""
    text = quote.text
    left, right = (at - quote.start for at in quote.highlight or (quote.start, quote.start))
    for start, end in _lines(text, page.width - len(_INDENT)):
        a, b = (min(max(at, start), end) for at in (left, right))
        yield _INDENT + text[start:a] + page.bold(text[a:b]) + text[b:end]


def _origin(quote: Quote, words: _Words, page: Page) -> Iterator[str]:
    """Title, publisher and date, and a link that shows the passage."""
    article = quote.article
    yield ""
    yield from _wrapped(article.title, page)
    yield from _wrapped(f"{article.publisher} · {written_date(article.published, words)}", page)
    link = passage_link(article, quote.start, quote.end)
    yield from [_INDENT + link] if link else []


def _left(departure: Departure, words: _Words) -> Iterator[str]:
    """That the person who is the answer has left since, and where that stands."""
    years = written_years(departure.start, departure.end, words.until)
    yield words.left.format(name=departure.name, role=departure.role, years=years)
    yield from [_INDENT + departure.source] if departure.source else []


def _further(quote: Quote, words: _Words, page: Page) -> Iterator[str]:
    """Another source in brief: how it stands to the answer, whose, when, and what it says."""
    article = quote.article
    label = {"older": words.older, "conflicts": words.conflicts}.get(quote.relation, words.agrees)
    date = written_date(article.published, words)
    yield f"{label} {article.publisher} · {date}"
    yield from _quoted(quote, page)
    link = passage_link(article, quote.start, quote.end)
    yield from [_INDENT + link] if link else []


def _wrapped(text: str, page: Page) -> Iterator[str]:
    lines = _lines(text, page.width - len(_INDENT))
    return (_INDENT + text[start:end] for start, end in lines)


def _lines(text: str, width: int) -> Iterator[Span]:
    """Where each line of at most `width` columns stands in the text; no word is ever cut."""
    start = end = 0
    for word in re.finditer(r"\S+", text):
        if word.end() - start > width and end > start:
            yield start, end
            start = word.start()
        end = word.end()
    yield start, end
