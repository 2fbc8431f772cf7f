"""The register: `clusters.yaml` in, clusters and a finder of their names out.

Its facts are dated and sourced, and they are never quoted as an answer.
"""

from dataclasses import dataclass, field
from pathlib import Path

from yaml.nodes import Node

from knowledge.names import NameFinder
from knowledge.strict_yaml import Sheet, fields, items, open_sheet, scalar, scalars


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster and every name it goes or went by."""

    name: str
    aliases: tuple[str, ...]
    earlier_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Register:
    """All clusters, and their names ready to be found in text."""

    clusters: tuple[Cluster, ...]
    names: NameFinder = field(repr=False)


_OTHER_KEYS = (
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


def read_register(file: Path) -> Register:
    """Read the register; raises ContentError with all problems at once."""
    sheet, top = open_sheet(file)
    clusters = tuple(
        cluster
        for node in items(sheet, top, "clusters.yaml")
        if (cluster := _cluster(sheet, node)) is not None
    )
    sheet.finish()
    return make_register(clusters)


def make_register(clusters: tuple[Cluster, ...]) -> Register:
    """A register of these clusters; empty where a folder has no `clusters.yaml`."""
    spellings = {
        cluster.name: (cluster.name, *cluster.aliases, *cluster.earlier_names)
        for cluster in clusters
    }
    return Register(clusters, NameFinder(spellings))


def _cluster(sheet: Sheet, node: Node) -> Cluster | None:
    known = fields(
        sheet, node, node, ("name", "sources"), ("aliases", "earlier_names", *_OTHER_KEYS)
    )
    name = scalar(sheet, known.get("name"), "name")
    scalars(sheet, known.get("sources"), "sources")
    aliases = _texts(sheet, known, "aliases")
    earlier = _texts(sheet, known, "earlier_names")
    return Cluster(name, aliases, earlier) if name else None


def _texts(sheet: Sheet, known: dict[str, Node], key: str) -> tuple[str, ...]:
    return tuple(value for _, value in scalars(sheet, known.get(key), key))
