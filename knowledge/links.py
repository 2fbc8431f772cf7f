"""Which web addresses of the content are dead or have moved.

One request for an address that an editor wrote is a visit, not a crawl: robots.txt is not asked.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Literal

import httpx
from tqdm import tqdm  # type: ignore[import-untyped]

from knowledge.articles import scan_articles
from knowledge.errors import KlyngesvarError
from knowledge.problems import Problem
from knowledge.register import read_register
from knowledge.strict_yaml import normalise, read_text
from knowledge.web import REDIRECTS, Session, UnknownHostError, WebError, parse

What = Literal["dead", "moved", "unreachable"]

_HOSTS_AT_ONCE = 8
_PAUSE = 0.5  # seconds between two requests to a host
_BETWEEN = re.compile(r"[\s\"'\[\]{}]+|,(?=\s|$)")  # what may surround an address in YAML


@dataclass(frozen=True, slots=True)
class Place:
    """A line that holds an address."""

    file: Path
    line: int
    address: str


@dataclass(frozen=True, slots=True)
class State:
    """What is the matter with an address; "unreachable" may be over tomorrow."""

    what: What
    nb: str
    en: str
    new: str | None = None  # where it has moved for good


@dataclass(frozen=True, slots=True)
class Finding:
    """An address that does not lead where it should, and the line that holds it."""

    place: Place
    state: State

    @property
    def problem(self) -> Problem:
        """The same as the other commands tell what is wrong."""
        return Problem(self.place.file, self.place.line, self.state.nb, self.state.en)


def places(folder: Path) -> list[Place]:
    """Every line with an address in the headers of the articles and in the register.

    Files that cannot be read are left out.
    """
    found: list[Place] = []
    with suppress(KlyngesvarError):
        for article in scan_articles(folder / "articles")[0]:
            file = folder / "articles" / f"{article.slug}.md"
            found += _lines(file, (article.url, *article.sources))
    with suppress(KlyngesvarError):
        clusters = read_register(folder / "clusters.yaml").clusters
        addresses = (a for cluster in clusters for a in (cluster.website, *cluster.sources))
        found += _lines(folder / "clusters.yaml", addresses)
    return found


def check_links(places: Iterable[Place], *, allow_private: bool = False) -> list[Finding]:
    """What is wrong with these addresses, each asked for once, with a progress bar on stderr.

    Eight hosts at a time, and one request at a time to each.
    """
    places = list(places)
    states = _states({place.address for place in places}, allow_private)
    return [Finding(place, state) for place in places if (state := states.get(place.address))]


def _lines(file: Path, addresses: Iterable[str | None]) -> Iterator[Place]:
    wanted = set(addresses)
    header = normalise(read_text(file)).split("\n---\n")[0]  # the body of an article is a quote
    for number, line in enumerate(header.split("\n"), 1):
        for word in _BETWEEN.split(line):
            if word in wanted:
                yield Place(file, number, word)


def _states(addresses: set[str], allow_private: bool) -> dict[str, State | None]:
    by_host: dict[str, list[str]] = defaultdict(list)
    for address in sorted(addresses):
        by_host[address.split("/")[2]].append(address)
    stopped = Event()
    with (
        tqdm(total=len(addresses), desc="lenker / links", disable=None) as bar,
        ThreadPoolExecutor(_HOSTS_AT_ONCE) as pool,
    ):

        def visit(addresses: Sequence[str]) -> dict[str, State | None]:
            found: dict[str, State | None] = {}
            for address in addresses:
                if stopped.wait(_PAUSE if found else 0):
                    break
                found[address] = _state(address, allow_private)
                bar.update()
            return found

        try:
            visited = pool.map(visit, by_host.values())
            return {address: state for found in visited for address, state in found.items()}
        finally:
            stopped.set()  # so that Ctrl-C is not kept waiting


def _state(address: str, allow_private: bool) -> State | None:
    try:
        with Session(allow_private=allow_private) as session:
            return _followed(session, parse(address))
    except UnknownHostError as error:
        return State("dead", *str(error).split("\n    "))
    except WebError as error:
        return State("unreachable", *str(error).split("\n    "))


def _followed(session: Session, url: httpx.URL) -> State | None:
    """What is found at the end of the redirects; only those for good, from the start, are told."""
    asked, new = url, None
    lasting = True
    for _ in range(REDIRECTS + 1):
        status, target = _ask(session, url)
        if target is None:
            return _judged(asked, status, new)
        lasting = lasting and status in (301, 308)
        new = target if lasting else new
        url = target
    return State(
        "unreachable",
        f"{asked} sender videre mer enn {REDIRECTS} ganger: se selv i nettleseren",
        f"{asked} redirects more than {REDIRECTS} times: look for yourself in the browser",
    )


def _ask(session: Session, url: httpx.URL) -> tuple[int, httpx.URL | None]:
    """The status and, of a redirect, the target; many servers answer HEAD with an error."""
    with session.request("HEAD", url) as reply:
        if reply.status < 400:
            return reply.status, reply.target
    with session.request("GET", url) as reply:
        return reply.status, reply.target


def _judged(asked: httpx.URL, status: int, new: httpx.URL | None) -> State | None:
    if status in (404, 410):
        return State(
            "dead",
            f"{asked} finnes ikke lenger ({status}): finn den nye adressen, eller en annen kilde",
            f"{asked} is gone ({status}): find its new address, or another source",
        )
    if status == 429 or status >= 500:
        return State(
            "unreachable",
            f"{asked} svarer {status} i dag: prøv igjen en annen dag",
            f"{asked} replies {status} today: try again another day",
        )
    if new is not None:
        return State(
            "moved",
            f"{asked} er flyttet: åpne {new} og skriv den, hvis det er samme side",
            f"{asked} has moved: open {new} and write that, if it is the same page",
            str(new),
        )
    return None  # 403 and the like: it is there, if not for programs
