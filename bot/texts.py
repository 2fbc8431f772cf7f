"""The bot's own words: `texts.yaml` in, one `Texts` for each language out."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from yaml.nodes import Node

from knowledge.articles import LANGUAGES, Language
from knowledge.strict_yaml import Sheet, fields, open_sheet, scalar

TEXTS = Path(__file__).with_name("texts.yaml")


@dataclass(frozen=True, slots=True)
class Texts:
    """Every text in one language; texts.yaml must hold exactly these."""

    start: str
    help: str
    about: str
    new: str
    ask_hint: str
    too_long: str
    not_text: str
    maybe: str
    none: str
    suggest: str
    gone: str
    error: str
    busy: str
    too_fast: str
    source: str
    older: str
    conflicts: str
    agreeing_source: str
    older_source: str
    conflicting_source: str
    more: str
    context: str
    quote_alone: str
    share: str
    copy_link: str
    old: str
    numbers: str
    about_cluster: str
    greetings: str
    greeted: str
    how_are_you: str
    well: str
    thanks: str
    thanked: str
    sticker: str
    picture: str
    voice: str
    forwarded: str
    undated: str
    day: str
    months: str
    menu_ask: str
    menu_new: str
    menu_help: str
    menu_about: str
    menu_start: str


def load_texts(file: Path) -> Mapping[Language, Texts]:
    """Read all texts; one that is unknown, missing or filled in differently is a ContentError."""
    names = tuple(field.name for field in dataclasses.fields(Texts))
    sheet, top = open_sheet(file)
    nodes = fields(sheet, top, 1, names, ())
    table = {name: _translations(sheet, name, node) for name, node in nodes.items()}
    sheet.finish()
    return {
        language: Texts(**{name: table[name][language] for name in names})
        for language in LANGUAGES
    }


def _translations(sheet: Sheet, name: str, node: Node) -> dict[str, str]:
    nodes = fields(sheet, node, node, LANGUAGES, ())
    texts = {language: scalar(sheet, text, language) or "" for language, text in nodes.items()}
    if len({frozenset(_placeholders(text)) for text in texts.values()}) > 1:
        sheet.note(
            node,
            f"«{name}» har ikke de samme {{feltene}} på alle språk: skriv de samme",
            f'"{name}" does not have the same {{placeholders}} in every language: make them equal',
        )
    return texts


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
