"""YAML read strictly: a file in, nodes with line numbers out, every problem noted on a sheet.

All scalars stay what the editor wrote (`no`, `2017`): PyYAML's BaseLoader resolves nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from knowledge.errors import KlyngesvarError
from knowledge.problems import ContentError, Problem, shown

Choice = TypeVar("Choice", bound=str)

# In C where PyYAML has it, ten times as fast; what is wrong is then told by the other, whose words
# and places `_ADVICE` and `_note_marked` know.
_FAST_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_TEXT_TAG = "tag:yaml.org,2002:str"

# PyYAML's own words are for programmers; these are for the person who wrote the line.
_ADVICE = {
    "mapping values are not allowed here": (
        "kolon og mellomrom inne i en verdi: sett anførselstegn rundt hele verdien, "
        'slik: title: "Klynger: en innføring"',
        "a colon and a space inside a value: put quotes around the whole value, "
        'like this: title: "Clusters: a primer"',
    ),
    "could not find expected ':'": (
        "linjen er ikke på formen «nøkkel: verdi»: skriv kolon og mellomrom etter nøkkelen "
        "(eller mangler linjen --- over brødteksten?)",
        'the line is not of the form "key: value": write a colon and a space after the key '
        "(or is the line --- missing above the body text?)",
    ),
    "expected <block end>, but found '<scalar>'": (
        "tekst etter et lukket anførselstegn: sett ' rundt hele verdien, "
        "slik: title: '\"Klyngen\" er ny'",
        "text after a closed quote: put ' around the whole value, "
        "like this: title: '\"The cluster\" is new'",
    ),
    "found unexpected end of stream": (
        "et anførselstegn åpnes her og lukkes aldri: skriv det samme tegnet til slutt",
        "a quote is opened here and never closed: write the same mark at the end",
    ),
    "found character '\\t' that cannot start any token": (
        "tabulator i linjen: bruk mellomrom",
        "a tab in the line: use spaces",
    ),
}
_NORWEGIAN_KEYS = {
    "tittel": "title",
    "utgiver": "publisher",
    "adresse": "url",
    "lenke": "url",
    "dato": "published",
    "publisert": "published",
    "språk": "language",
    "kilde": "sources",
    "kilder": "sources",
    "sjekket": "checked",
    "spørsmål": "question",
    "svar": "answers",
    "artikkel": "article",
    "navn": "name",
    "nivåer": "levels",
    "nivå": "level",
    "sted": "place",
    "fylke": "region",
    "fagområde": "theme",
    "tema": "theme",
    "nettsted": "website",
    "stiftet": "founded",
    "ledere": "leaders",
    "medlemmer": "members",
    "merknad": "notes",
    "rolle": "role",
    "verv": "role",
    "fra": "from",
    "til": "to",
    "sett": "seen",
    "antall": "count",
}
_ADDRESS = re.compile(r"https?://[^\s/?#.]+(\.[^\s/?#.]+)+([/?#]\S*)?")
_GLUED_KEY = re.compile(r"^ *\w+:(?=\w)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file being read: what is wrong is noted here, and the reading goes on."""

    file: Path
    first_line: int  # the file's line number of the first line of YAML
    problems: list[Problem] = field(default_factory=list)

    def line(self, node: Node) -> int:
        """The line of the file on which a node begins."""
        return int(node.start_mark.line) + self.first_line

    def note(self, at: Node | int, nb: str, en: str) -> None:
        """Note a problem at a node, or at a line of the file."""
        line = at if isinstance(at, int) else self.line(at)
        self.problems.append(Problem(self.file, line, nb, en))

    def finish(self) -> None:
        """Raise everything noted, or return when there is nothing."""
        if self.problems:
            raise ContentError(self.problems)


def read_text(file: Path) -> str:
    """The file's text as UTF-8, or a ContentError with the line of the first foreign byte."""
    data = file.read_bytes()
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = len(re.split(rb"\r\n|\r|\n", data[: error.start]))
        problem = Problem(
            file,
            line,
            f"tegnet 0x{data[error.start]:02x} er ikke UTF-8: lagre filen på nytt som UTF-8",
            f"the byte 0x{data[error.start]:02x} is not UTF-8: save the file again as UTF-8",
        )
        raise ContentError([problem]) from error


def normalise(text: str) -> str:
    """The text without a byte order mark and with every line end as a newline."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def open_sheet(file: Path) -> tuple[Sheet, Node | None]:
    """A whole YAML file: the sheet for its problems and the top node."""
    if not file.is_file():
        raise KlyngesvarError(
            f"finner ingen fil {shown(file)}: lag den, eller pek på en annen mappe "
            "med --knowledge\n"
            f"    no file {shown(file)}: make it, or point to another folder with --knowledge"
        )
    sheet = Sheet(file, first_line=1)
    return sheet, compose(sheet, normalise(read_text(file)))


def compose(sheet: Sheet, text: str) -> Node | None:
    """The top node of a YAML text; None, with a note, when there is none to be read."""
    try:
        if node := _compose(text):
            return node
        sheet.note(
            sheet.first_line,
            "her står det ingenting: skriv som i eksemplet i knowledge/README.md",
            "nothing is written here: follow the example in knowledge/README.md",
        )
    except yaml.MarkedYAMLError as error:
        _note_marked(sheet, error, text)
    except yaml.reader.ReaderError as error:
        sheet.note(
            text.count("\n", 0, error.position) + sheet.first_line,
            "usynlig styretegn i linjen: slett det og skriv ordet på nytt",
            "an invisible control character in the line: delete it and retype the word",
        )
    return None


def _compose(text: str) -> Node | None:
    try:
        # That one lets tabs pass, which look like spaces and are none.
        return yaml.compose(text, yaml.BaseLoader if "\t" in text else _FAST_LOADER)
    except yaml.YAMLError:
        return yaml.compose(text, yaml.BaseLoader)


def _note_marked(sheet: Sheet, error: yaml.MarkedYAMLError, text: str) -> None:
    problem = error.problem or "?"
    # These two are noticed on a later line; the context knows where the trouble began.
    late = "expected ':'" in problem or "end of stream" in problem
    mark = error.context_mark if late else error.problem_mark
    line = mark.line if mark else 0
    glued = _GLUED_KEY.search(text)
    if glued and text.count("\n", 0, glued.start()) <= line:
        line, problem = text.count("\n", 0, glued.start()), "could not find expected ':'"
    general = (
        f"YAML kan ikke leses her ({problem}): sett anførselstegn rundt hele verdien, "
        "' ytterst når teksten selv har \"",
        f"YAML cannot be read here ({problem}): put quotes around the whole value, "
        "' outermost when the text itself has \"",
    )
    sheet.note(line + sheet.first_line, *_ADVICE.get(problem, general))


def entries(sheet: Sheet, node: Node | None) -> dict[str, tuple[Node, Node]]:
    """Each key with its key node and value node; a key that stands twice is noted."""
    found: dict[str, tuple[Node, Node]] = {}
    for key, value in _pairs(sheet, node):
        name = str(key.value)
        if name in found:
            first = sheet.line(found[name][0])
            sheet.note(
                key,
                f"«{name}» står også på linje {first}: slett den ene",
                f'"{name}" also stands on line {first}: delete one of them',
            )
        found.setdefault(name, (key, value))
    return found


def _pairs(sheet: Sheet, node: Node | None) -> list[tuple[Node, Node]]:
    if isinstance(node, MappingNode):
        return list(node.value)
    if node is not None:
        sheet.note(
            node,
            "her skal det stå linjer på formen «nøkkel: verdi»",
            'write lines of the form "key: value" here',
        )
    return []


def fields(
    sheet: Sheet,
    node: Node | None,
    at: Node | int,
    required: tuple[str, ...],
    optional: tuple[str, ...],
) -> dict[str, Node]:
    """The mapping's known keys and values; unknown keys, and missing ones (at `at`), are noted."""
    found = entries(sheet, node)
    known = required + optional
    for name, (key, _) in found.items():
        if name not in known:
            _note_unknown(sheet, key, name, known)
    if isinstance(node, MappingNode):
        _note_missing(sheet, at, [name for name in required if name not in found])
    return {name: value for name, (_, value) in found.items() if name in known}


def _note_unknown(sheet: Sheet, key: Node, name: str, known: tuple[str, ...]) -> None:
    translated = _NORWEGIAN_KEYS.get(name.lower())
    near = [translated] if translated in known else get_close_matches(name, known, 1, 0.75)
    choices = " / ".join(near or known)
    sheet.note(
        key,
        f"ukjent nøkkel «{name}»: skriv {choices}, eller slett linjen",
        f'unknown key "{name}": write {choices}, or delete the line',
    )


def _note_missing(sheet: Sheet, at: Node | int, names: list[str]) -> None:
    for name in names:
        sheet.note(
            at,
            f"«{name}» mangler: skriv en linje «{name}: ...»",
            f'"{name}" is missing: write a line "{name}: ..."',
        )


def scalar(sheet: Sheet, node: Node | None, name: str) -> str | None:
    """The node's text; None when there is no node or, with a note, no text in it."""
    if node is None:
        return None
    if not isinstance(node, ScalarNode) or node.tag != _TEXT_TAG:
        sheet.note(
            node,
            f"«{name}» skal være én tekst: sett anførselstegn rundt den",
            f'"{name}" should be one text: put quotes around it',
        )
        return None
    value = str(node.value).strip()
    if not value:
        sheet.note(
            node,
            f"«{name}» er tom: skriv en verdi, eller slett linjen om nøkkelen er valgfri",
            f'"{name}" is empty: write a value, or delete the line if the key is optional',
        )
    return value or None


def choice(
    sheet: Sheet, node: Node | None, name: str, choices: Mapping[Choice, str]
) -> Choice | None:
    """The one of the choices that the node names; the values explain them to the editor."""
    value = scalar(sheet, node, name)
    chosen = next((choice for choice in choices if choice == value), None)
    if node is not None and value is not None and chosen is None:
        listed = ", ".join(f"{key} ({gloss})" if gloss else key for key, gloss in choices.items())
        sheet.note(
            node,
            f"«{name}: {value}» finnes ikke: skriv en av {listed}",
            f'"{name}: {value}" does not exist: write one of {listed}',
        )
    return chosen


def items(sheet: Sheet, node: Node | None, name: str) -> list[Node]:
    """The nodes of a list; none when there is no node or, with a note, no list."""
    if node is None:
        return []
    if isinstance(node, SequenceNode):
        return list(node.value)
    sheet.note(
        node,
        f"«{name}» skal være en liste: skriv hver verdi på sin egen linje etter «- »",
        f'"{name}" should be a list: write each value on a line of its own after "- "',
    )
    return []


def scalars(sheet: Sheet, node: Node | None, name: str) -> list[tuple[Node, str]]:
    """The texts of a list, each with its node; what is no text is noted and left out."""
    read = [(item, scalar(sheet, item, name)) for item in items(sheet, node, name)]
    return [(item, value) for item, value in read if value is not None]


def matching(
    sheet: Sheet,
    node: Node | None,
    name: str,
    pattern: re.Pattern[str],
    norwegian: str,
    english: str,
) -> str | None:
    """The node's text; one that the pattern does not fit is noted, in words that hold {value}."""
    value = scalar(sheet, node, name)
    if node is not None and value is not None and not pattern.fullmatch(value):
        sheet.note(node, norwegian.format(value=value), english.format(value=value))
    return value


def address(sheet: Sheet, node: Node | None, name: str) -> str | None:
    """The web address; one that can not be right is noted."""
    return matching(
        sheet,
        node,
        name,
        _ADDRESS,
        "«{value}» er ingen nettadresse: skriv hele adressen, slik: https://www.eksempel.no/sak",
        '"{value}" is no web address: write all of it, like this: https://www.example.com/news',
    )


def addresses(sheet: Sheet, node: Node | None, name: str) -> tuple[str, ...]:
    """The web addresses of a list."""
    found = [address(sheet, item, name) for item in items(sheet, node, name)]
    return tuple(value for value in found if value is not None)
