"""The register: `clusters.yaml` in, clusters with dated facts and a finder of their names out.

Its facts are dated and sourced, and they are never quoted as an answer.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from yaml.nodes import Node

from knowledge.names import NameFinder, fold, words
from knowledge.strict_yaml import (
    Sheet,
    address,
    addresses,
    choice,
    compose,
    fields,
    items,
    matching,
    normalise,
    open_sheet,
    scalar,
    scalars,
)

LevelName = Literal["Arena", "Arena Pro", "NCE", "GCE", "Moden klynge", "Hub-node"]

LEVELS: Mapping[LevelName, str] = {  # from the first one to the last
    "Arena": "",
    "Arena Pro": "",
    "NCE": "",
    "GCE": "",
    "Moden klynge": "mature cluster",
    "Hub-node": "",
}
_YEAR = re.compile(r"(?:18|19|20)\d\d")
_WHEN = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])|-(?:19|20)\d\d)?")
_OPTIONAL = (
    "aliases",
    "earlier_names",
    "levels",
    "place",
    "region",
    "theme",
    "website",
    "founded",
    "leaders",
    "members",
    "notes",
)


@dataclass(frozen=True, slots=True)
class Level:
    """A status in the cluster programme; no `end` does not mean that it still lasts."""

    name: LevelName
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Leader:
    """Somebody in a role; neither `seen` nor a missing `end` means that they still have it."""

    name: str
    role: str
    start: int | None = None
    end: int | None = None
    seen: tuple[int, ...] = ()  # years in which a source shows them in the role, in order
    source: str | None = None  # the one that tells of the change


@dataclass(frozen=True, slots=True)
class Members:
    """How many of what there were, in words such as "over 100", and when."""

    count: str
    as_of: str | None  # YYYY, YYYY-MM or YYYY-YYYY
    what: str | None


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster, every name it goes or went by, and what is known of it."""

    name: str
    aliases: tuple[str, ...]
    earlier_names: tuple[str, ...]
    levels: tuple[Level, ...] = ()
    place: str | None = None
    region: str | None = None
    theme: str | None = None
    website: str | None = None
    founded: int | None = None
    leaders: tuple[Leader, ...] = ()
    members: tuple[Members, ...] = ()
    notes: str | None = None
    sources: tuple[str, ...] = ()
    line: int = field(default=1, compare=False)  # of the file, on which its entry begins

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, the present one first and none twice."""
        return tuple(dict.fromkeys((self.name, *self.aliases, *self.earlier_names)))


@dataclass(frozen=True, slots=True)
class Register:
    """All clusters, and their names ready to be found in text."""

    clusters: tuple[Cluster, ...]
    names: NameFinder = field(repr=False)


def read_register(file: Path) -> Register:
    """Read the register; raises ContentError with all problems at once."""
    return _register(*open_sheet(file))


def register_in(folder: Path) -> Register:
    """The register of a folder of content; an empty one where it has none."""
    file = folder / "clusters.yaml"
    return read_register(file) if file.exists() else make_register(())


def parse_register(file: Path, text: str) -> Register:
    """The register in a text that is to be the file's; raises as `read_register` does."""
    sheet = Sheet(file, first_line=1)
    return _register(sheet, compose(sheet, normalise(text)))


def _register(sheet: Sheet, top: Node | None) -> Register:
    read = [(node, _cluster(sheet, node)) for node in items(sheet, top, "clusters.yaml")]
    clusters = [(node, cluster) for node, cluster in read if cluster]
    _check_names(sheet, clusters)
    sheet.finish()
    return make_register(tuple(cluster for _, cluster in clusters))


def make_register(clusters: tuple[Cluster, ...]) -> Register:
    """A register of these clusters; empty where a folder has no `clusters.yaml`."""
    return Register(clusters, NameFinder({cluster.name: cluster.names for cluster in clusters}))


def _check_names(sheet: Sheet, clusters: list[tuple[Node, Cluster]]) -> None:
    first: dict[str, Node] = {}
    for node, cluster in clusters:
        other = first.setdefault(fold(cluster.name), node)
        if other is not node:
            line = sheet.line(other)
            sheet.note(
                node,
                f"«{cluster.name}» står også på linje {line}: slå de to sammen",
                f'"{cluster.name}" also stands on line {line}: merge the two',
            )
        for name in cluster.names:
            if not words(name):
                sheet.note(
                    node,
                    f"«{name}» har verken bokstaver eller tall: skriv et navn, eller slett linjen",
                    f'"{name}" has neither letters nor digits: write a name, or delete the line',
                )


def _cluster(sheet: Sheet, node: Node) -> Cluster | None:
    known = fields(sheet, node, node, ("name", "sources"), _OPTIONAL)
    sources = addresses(sheet, known.get("sources"), "sources")
    name = scalar(sheet, known.get("name"), "name")
    cluster = Cluster(
        name=name or "",
        aliases=_texts(sheet, known, "aliases"),
        earlier_names=_texts(sheet, known, "earlier_names"),
        levels=tuple(_level(sheet, item) for item in items(sheet, known.get("levels"), "levels")),
        place=scalar(sheet, known.get("place"), "place"),
        region=scalar(sheet, known.get("region"), "region"),
        theme=scalar(sheet, known.get("theme"), "theme"),
        website=address(sheet, known.get("website"), "website"),
        founded=_year(sheet, known.get("founded"), "founded"),
        leaders=tuple(
            _leader(sheet, item, sources) for item in items(sheet, known.get("leaders"), "leaders")
        ),
        members=tuple(
            _members(sheet, item) for item in items(sheet, known.get("members"), "members")
        ),
        notes=scalar(sheet, known.get("notes"), "notes"),
        sources=sources,
        line=sheet.line(node),
    )
    return cluster if name else None


def _texts(sheet: Sheet, known: Mapping[str, Node], key: str) -> tuple[str, ...]:
    return tuple(value for _, value in scalars(sheet, known.get(key), key))


def _level(sheet: Sheet, node: Node) -> Level:
    known = fields(sheet, node, node, ("level",), ("from", "to"))
    name = choice(sheet, known.get("level"), "level", LEVELS)
    return Level(name or "Arena", *_period(sheet, known))


def _leader(sheet: Sheet, node: Node, sources: tuple[str, ...]) -> Leader:
    known = fields(sheet, node, node, ("name", "role"), ("from", "to", "seen", "source"))
    start, end = _period(sheet, known)
    return Leader(
        name=scalar(sheet, known.get("name"), "name") or "",
        role=scalar(sheet, known.get("role"), "role") or "",
        start=start,
        end=end,
        seen=_years(sheet, known.get("seen"), "seen"),
        source=_one_of(sheet, known.get("source"), sources),
    )


def _one_of(sheet: Sheet, node: Node | None, sources: tuple[str, ...]) -> str | None:
    """The source of one fact, which the cluster's list must have as well."""
    value = scalar(sheet, node, "source")
    if node is not None and value is not None and value not in sources:
        sheet.note(
            node,
            f"«{value}» står ikke i sources: før den opp der også",
            f'"{value}" is not in sources: list it there too',
        )
    return value


def _members(sheet: Sheet, node: Node) -> Members:
    known = fields(sheet, node, node, ("count",), ("as_of", "what"))
    return Members(
        count=scalar(sheet, known.get("count"), "count") or "",
        as_of=_when(sheet, known.get("as_of")),
        what=scalar(sheet, known.get("what"), "what"),
    )


def _period(sheet: Sheet, known: Mapping[str, Node]) -> tuple[int | None, int | None]:
    start, end = (_year(sheet, known.get(key), key) for key in ("from", "to"))
    if start is not None and end is not None and end < start:
        sheet.note(
            known["to"],
            f"«to: {end}» er før «from: {start}»: rett det ene årstallet",
            f'"to: {end}" is before "from: {start}": correct one of the years',
        )
    return start, end


def _years(sheet: Sheet, node: Node | None, name: str) -> tuple[int, ...]:
    years = [_year(sheet, item, name) for item in items(sheet, node, name)]
    return tuple(sorted(year for year in years if year is not None))


def _year(sheet: Sheet, node: Node | None, name: str) -> int | None:
    value = matching(
        sheet,
        node,
        name,
        _YEAR,
        f"«{name}: {{value}}» er ikke et årstall: skriv fire sifre, slik: 2017",
        f'"{name}: {{value}}" is not a year: write four digits, like this: 2017',
    )
    return int(value) if value and _YEAR.fullmatch(value) else None


def _when(sheet: Sheet, node: Node | None) -> str | None:
    return matching(
        sheet,
        node,
        "as_of",
        _WHEN,
        "«as_of: {value}» er ingen tid: skriv den slik: 2017, 2017-10 eller 2014-2017",
        '"as_of: {value}" is no time: write it like this: 2017, 2017-10 or 2014-2017',
    )
