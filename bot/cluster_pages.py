"""Browsing the clusters: a place in, the `Card` that shows it out; nothing is sent here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from textwrap import shorten
from typing import Self

from bot.cluster_card import LONGEST_LABEL, cluster_card
from bot.clusters import Directory, Group, Kind, slug_of
from bot.render import Button, Card, Row
from bot.texts import Texts

PAGE = 8  # rows of buttons, besides those that lead elsewhere
WIDE = 2  # names of regions and levels are short: two of them stand in a row
_KINDS: tuple[Kind, ...] = ("region", "level")
_DATA = re.compile(
    r"clusters(?::(?P<kind>region|level):(?P<group>\d{0,3}):(?P<page>\d{1,3})"
    r"(?::(?P<slug>[a-z0-9-]+))?)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is: at the start, among the groups of a kind, in a group, or at a cluster."""

    kind: Kind | None = None
    group: int | None = None
    page: int = 0
    slug: str | None = None

    @classmethod
    def read(cls, data: str) -> Self | None:
        """The place that a button's data names; None where no button of ours has such data."""
        found = _DATA.fullmatch(data)
        if not found:
            return None
        kind = next((kind for kind in _KINDS if kind == found["kind"]), None)
        group = int(found["group"]) if found["group"] else None
        return cls(kind, group, int(found["page"] or 0), found["slug"])

    @property
    def data(self) -> str:
        """At most 64 bytes, from which the place can be read again."""
        if self.kind is None:
            return "clusters"
        group = "" if self.group is None else self.group
        slug = f":{self.slug}" if self.slug else ""
        return f"clusters:{self.kind}:{group}:{self.page}{slug}"


START = Place()


def browse(directory: Directory, place: Place, texts: Texts) -> Card | None:
    """What there is to see at a place; None where the register no longer has it."""
    if place.kind is None:
        return _start(directory, texts)
    groups = directory.groups[place.kind]
    if place.group is None:
        return _groups(groups, place, texts)
    if place.group >= len(groups):
        return None
    if place.slug is None:
        return _clusters(groups[place.group], place, texts)
    return _cluster(directory, place, texts)


def _start(directory: Directory, texts: Texts) -> Card:
    if not directory.groups["region"]:
        return Card(texts.clusters_none, ())
    labels = {"region": texts.clusters_by_region, "level": texts.clusters_by_level}
    return Card(
        texts.clusters_start,
        (tuple(_button(labels[kind], Place(kind)) for kind in _KINDS),),
    )


def _groups(groups: Sequence[Group], place: Place, texts: Texts) -> Card | None:
    title = texts.clusters_regions if place.kind == "region" else texts.clusters_levels
    buttons = [
        _button(f"{group.name or texts.clusters_unknown} ({len(group.clusters)})", inside)
        for number, group in enumerate(groups)
        if (inside := replace(place, group=number, page=0))
    ]
    return _paged(title, buttons, WIDE, place, START, texts)


def _clusters(group: Group, place: Place, texts: Texts) -> Card | None:
    title = f"<b>{escape(group.name or texts.clusters_unknown, quote=False)}</b>"
    buttons = [
        _button(cluster.name, replace(place, page=number // PAGE, slug=slug_of(cluster)))
        for number, cluster in enumerate(group.clusters)
    ]
    back = Place(place.kind, None, (place.group or 0) // (PAGE * WIDE))
    return _paged(title, buttons, 1, place, back, texts)


def _cluster(directory: Directory, place: Place, texts: Texts) -> Card | None:
    cluster = directory.find(place.slug or "")
    if cluster is None:
        return None
    card = cluster_card(cluster, directory.articles.get(cluster.name, ()), texts)
    back = (_button(texts.back, replace(place, slug=None)),)
    return replace(card, buttons=(*card.buttons, back))


def _paged(
    title: str,
    buttons: Sequence[Button],
    wide: int,
    place: Place,
    back: Place,
    texts: Texts,
) -> Card | None:
    """One page of the buttons, with the ways to the pages beside it and back."""
    size = PAGE * wide
    pages = -(-len(buttons) // size)
    if place.page >= pages:
        return None
    shown = buttons[place.page * size :][:size]
    rows = [tuple(shown[at : at + wide]) for at in range(0, len(shown), wide)]
    count = texts.page.format(page=place.page + 1, pages=pages)
    html = f"{title}\n{count}" if pages > 1 else title
    return Card(html, (*rows, *_beside(place, pages, texts), (_button(texts.back, back),)))


def _beside(place: Place, pages: int, texts: Texts) -> tuple[Row, ...]:
    last, page = pages - 1, place.page
    before = [_button(texts.previous, replace(place, page=page - 1))] if page > 0 else []
    after = [_button(texts.following, replace(place, page=page + 1))] if page < last else []
    return ((*before, *after),) if pages > 1 else ()


def _button(text: str, place: Place) -> Button:
    label = shorten(text, LONGEST_LABEL, placeholder=" …")
    return Button(label, data=place.data)
