"""The glossary: `glossary.yaml` in, concepts with their words in nb, nn and en out."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from yaml.nodes import Node

from knowledge.articles import LANGUAGES, Language
from knowledge.strict_yaml import Sheet, choice, entries, fields, open_sheet, scalars

AnswerKind = Literal["person", "number", "sum", "date", "place", "organisation"]

_KINDS: dict[AnswerKind, str] = {
    "person": "hvem / who",
    "number": "hvor mange / how many",
    "sum": "hvor mye penger / how much money",
    "date": "når / when",
    "place": "hvor / where",
    "organisation": "hvilken bedrift / which organisation",
}


@dataclass(frozen=True, slots=True)
class Concept:
    """Words that mean the same, and the kind of answer that a question with one wants."""

    name: str
    asks: AnswerKind | None
    words: tuple[tuple[Language, str], ...]


def read_glossary(file: Path) -> tuple[Concept, ...]:
    """All concepts in the order of the file; raises a ContentError with all problems."""
    sheet, top = open_sheet(file)
    concepts = [
        _concept(sheet, name, key, value) for name, (key, value) in entries(sheet, top).items()
    ]
    sheet.finish()
    return tuple(concepts)


def _concept(sheet: Sheet, name: str, key: Node, value: Node) -> Concept:
    known = fields(sheet, value, key, LANGUAGES, ("asks",))
    return Concept(
        name=name,
        asks=choice(sheet, known.get("asks"), "asks", _KINDS),
        words=tuple(
            (language, word) for language in LANGUAGES for word in _words(sheet, known, language)
        ),
    )


def _words(sheet: Sheet, known: Mapping[str, Node], language: Language) -> list[str]:
    node = known.get(language)
    found = scalars(sheet, node, language)
    if node is not None and node.value == []:
        sheet.note(
            node,
            f"«{language}» har ingen ord: skriv minst ett",
            f'"{language}" has no words: write at least one',
        )
    _check_twice(sheet, found, language)
    return [word for _, word in found]


def _check_twice(sheet: Sheet, found: list[tuple[Node, str]], language: Language) -> None:
    seen: set[str] = set()
    for node, word in found:
        if word.lower() in seen:
            sheet.note(
                node,
                f"«{word}» står to ganger i {language}: slett det ene",
                f'"{word}" stands twice in {language}: delete one of them',
            )
        seen.add(word.lower())
