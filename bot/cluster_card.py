"""How a cluster looks: what the register holds of it in, a `Card` out; nothing is sent here."""

from collections.abc import Iterable, Iterator
from html import escape
from textwrap import shorten
from urllib.parse import urlsplit

from bot.render import Button, Card, units
from bot.texts import Texts
from index.dates import written_date, written_years
from index.departures import Departure
from knowledge.articles import Article
from knowledge.register import Cluster, Leader, Level, Members

# Telegram takes 4,096 UTF-16 units after parsing: the facts may fill so many of them, markup
# counted in, and each fact so many letters.
FACTS_UNITS = 2300
LONGEST_FACT = 400
LONGEST_NAME = 100
LONGEST_LABEL = 60  # of a button
MOST_SOURCES = 20


def cluster_card(cluster: Cluster, articles: Iterable[Article], texts: Texts) -> Card:
    """All that the register holds of a cluster, marked as that, and what to read on it."""
    head = f"<b>{_short(cluster.name)}</b>\n<i>{texts.cluster_facts}</i>"
    facts = "\n".join(_fitting(_facts(cluster, texts)))
    parts = [head, facts, _sources(cluster.sources, texts)]
    rows = tuple((_article(article, texts),) for article in articles)
    return Card("\n\n".join(filter(None, parts)), rows)


def departure_note(departure: Departure, texts: Texts) -> str:
    """A line of HTML: that the person who is the answer has left since."""
    source = departure.source
    return texts.left.format(
        name=_short(departure.name),
        role=_short(departure.role),
        years=written_years(departure.start, departure.end, texts.until),
        source=_link(source, texts.left_source) if source else texts.left_source,
    )


def _facts(cluster: Cluster, texts: Texts) -> Iterator[str]:
    others = [name for name in cluster.names[1:] if name not in cluster.earlier_names]
    yield from _labelled(texts.cluster_names, ", ".join(others))
    yield from _labelled(texts.cluster_earlier, ", ".join(cluster.earlier_names))
    levels = " · ".join(_level(level, texts) for level in cluster.levels)
    yield from _labelled(texts.cluster_levels, levels)
    place = ", ".join(filter(None, (cluster.place, cluster.region)))
    yield from _labelled(texts.cluster_place, place)
    yield from _labelled(texts.cluster_theme, cluster.theme or "")
    yield from _labelled(texts.cluster_founded, str(cluster.founded or ""))
    if cluster.website:
        yield f"<b>{texts.cluster_website}:</b> {_link(cluster.website, _host(cluster.website))}"
    yield from _listed(texts.cluster_people, (_leader(each, texts) for each in cluster.leaders))
    yield from _listed(texts.cluster_members, (_members(each, texts) for each in cluster.members))
    yield from _labelled(texts.cluster_notes, cluster.notes or "")


def _labelled(label: str, value: str) -> Iterator[str]:
    if value:
        yield f"<b>{label}:</b> {_fact(value)}"


def _listed(label: str, values: Iterable[str]) -> Iterator[str]:
    """The values on lines of their own, below the label."""
    for number, value in enumerate(values):
        yield f"<b>{label}:</b>\n– {_fact(value)}" if number == 0 else f"– {_fact(value)}"


def _level(level: Level, texts: Texts) -> str:
    return " ".join(filter(None, (level.name, _period(level.start, level.end, texts))))


def _leader(leader: Leader, texts: Texts) -> str:
    """ "NN, leder 2012–2021, omtalt 2015–2021"; "NN, leder, per 2017" for who is only seen."""
    period = _period(leader.start, leader.end, texts)
    held = f"{leader.role} {period}".rstrip()
    return ", ".join([leader.name, held, *_seen(leader.seen, bool(period), texts)])


def _seen(years: tuple[int, ...], has_period: bool, texts: Texts) -> Iterator[str]:
    if years and not has_period:
        yield texts.as_of.format(year=years[-1])
    if len(years) > 1 or (years and has_period):
        yield texts.seen.format(years=written_years(years[0], years[-1], texts.until))
    if not years and not has_period:
        yield texts.undated


def _period(start: int | None, end: int | None, texts: Texts) -> str:
    """ "2012–2021", "fra 2012", "til 2021", or nothing."""
    if end is not None:
        return written_years(start, end, texts.until)
    return texts.since.format(start=start) if start is not None else ""


def _members(members: Members, texts: Texts) -> str:
    when = _when(members.as_of, texts)
    return (
        f"{members.count} {members.what} ({when})" if members.what else f"{members.count} ({when})"
    )


def _when(as_of: str | None, texts: Texts) -> str:
    """A time as people write it; `2014-2017` are two years, and no month."""
    is_period = as_of is not None and len(as_of) > len("2017-10")
    return (as_of or "").replace("-", "–") if is_period else written_date(as_of, texts)


def _sources(sources: tuple[str, ...], texts: Texts) -> str:
    links = [_link(url, _host(url)) for url in sources[:MOST_SOURCES]]
    left_out = len(sources) - len(links)
    more = [texts.more_sources.format(count=left_out)] if left_out else []
    return f"<b>{texts.cluster_sources}:</b> {' · '.join([*links, *more])}" if links else ""


def _article(article: Article, texts: Texts) -> Button:
    title = shorten(article.title, LONGEST_LABEL, placeholder=" …")
    date = written_date(article.published, texts)
    return Button(f"{title} ({date})", url=article.url)


def _short(text: str) -> str:
    return escape(shorten(text, LONGEST_NAME, placeholder=" …"), quote=False)


def _fact(text: str) -> str:
    return escape(shorten(text, LONGEST_FACT, placeholder=" …"), quote=False)


def _host(url: str) -> str:
    host = urlsplit(url).hostname or url
    return escape(shorten(host.removeprefix("www."), LONGEST_LABEL, placeholder="…"), quote=False)


def _link(url: str, text: str) -> str:
    return f'<a href="{escape(url)}">{text}</a>'


def _fitting(lines: Iterable[str]) -> Iterator[str]:
    """As many lines as there is room for; links count with their address, which is too much."""
    room = FACTS_UNITS
    for line in lines:
        room -= units(line) + 1
        if room < 0:
            yield "…"
            return
        yield line
