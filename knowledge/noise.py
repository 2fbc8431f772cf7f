"""Lines that stand around articles and are none of their sentences; only whole lines go."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from knowledge.evidence import is_changed, is_date_line, label_date
from knowledge.material import Line, is_sentence, same

_SHARE = (
    r"(?:del|share|tweet|post|tips|skriv ut|print|kopier lenke|copy link|facebook|twitter|x"
    r"|linkedin|instagram|bluesky|whatsapp|e-?post|e-?mail|på|on|via|med|with|en venn|a friend"
    r"|this|denne|saken|artikkelen|artikkel|siden|sida|article|page)"
)
_NOISE = re.compile(
    "|".join(
        (
            r"(?:hopp|gå|rett) (?:rett )?(?:til|over til) (?:hoved)?(?:innhold|innhald)(?:et)?",
            r"(?:hopp|gå) (?:rett )?til hovud\w+",
            r"(?:skip|jump) to (?:the )?(?:main )?content",
            r"til toppen|(?:back )?to top|back|tilbake|attende|lukk|close|meny|menu|søk|search",
            rf"(?:del|share|tweet|skriv ut|print|kopier lenke)(?:[\s,|:•·]+{_SHARE})*[\s:]*",
            r"annonse|annonsørinnhold|advertisement|sponsored",
            r"(?:saken|saka|artikkelen) (?:fortsetter|held fram|fortset) under .{0,30}",
            r"se hele kalenderen|sjå heile kalenderen|see (?:the )?(?:full|whole) calendar",
            r"(?:les|lese) (?:mer|meir|også|òg)|read (?:more|also)|se også|sjå også|see also",
            r"(?:les også|les òg|se også|sjå også|read also|see also)\s*:.{0,200}",
            r"(?:nyheits?|nyhets)brev|newsletter",
            r"(?:ja takk[,!]? )?(?:meld (?:deg|dykk|dere) på|abonner|motta|sign up|subscribe|join)"
            r"\b.{0,120}(?:nyhetsbrev|nyheitsbrev|newsletter).{0,120}",
            r"(?:tekst (?:og|/) )?(?:foto(?:graf)?|photo|bilde|bilete|ill(?:ustrasjon)?)"
            r"(?: by| av)?\s*[:/].{0,150}",
            r"(?:skrevet av|skrive av|written by|translated by|tekst:|text:)[^.!?]{0,80}",
            r"\w+ image",
        )
    ),
    re.IGNORECASE,
)
_CREDITED = re.compile(r".{0,300}\b(?:foto|photo)\s*[:/]\s*[^.!?]{1,60}\.?", re.IGNORECASE)
_BYLINE_WORDS = 5
_BYLINES = 2  # lines between a byline and the date; a job title may stand between


def is_noise(text: str) -> bool:
    """Whether a line is a skip link, share line, newsletter line, photo credit or the like."""
    return bool(_NOISE.fullmatch(text) or _CREDITED.fullmatch(text))


def body_places(lines: Sequence[Line], title: str, shown: str | None) -> list[int]:
    """The places of the article's own lines; `shown` is what shows its date, so not the body's."""
    places = [
        place
        for place, line in enumerate(lines)
        if line.kept and not is_noise(line.text) and not same(line.text, title)
    ]
    around = {*_around_dates(lines, places)}
    return [
        place
        for place in _without_repeats(lines, places)
        if place not in around and lines[place].text != shown and not _is_dated(lines[place].text)
    ]


def _is_dated(text: str) -> bool:
    """Whether a line says when the text was published or changed; "12 May" may be a heading."""
    return is_date_line(text) and bool(label_date(text) or is_changed(text))


def _around_dates(lines: Sequence[Line], places: list[int]) -> Iterator[int]:
    """Above the first sentence, the dates and the names and categories that stand beside them."""
    opening = [*takewhile(lambda place: not is_sentence(lines[place].text), places)]
    dates = [rank for rank, place in enumerate(opening) if is_date_line(lines[place].text)]
    for rank, place in enumerate(opening):
        line = lines[place]
        is_short = len(line.text.split()) <= _BYLINE_WORDS and not line.heading
        if rank in dates or (is_short and any(abs(rank - date) <= _BYLINES for date in dates)):
            yield place


def _without_repeats(lines: Sequence[Line], places: list[int]) -> Iterator[int]:
    """A line that is repeated at once counts once."""
    yield from places[:1]
    for before, place in pairwise(places):
        if not same(lines[before].text, lines[place].text):
            yield place
