import random
from pathlib import Path

from knowledge.strict_yaml import Sheet, compose, entries, scalar
from knowledge.yaml_text import OneLine, Value, yaml_text

MARKS = [
    *"ab Å 1-:#'\"[]{}&*!|>%@`,?~\\/.\t\n\r\x00\x85\u2028\ufeff",
    "😀",
    " #",
    ": ",
    "---",
    "no",
]


def read_back(text: str) -> str | None:
    sheet = Sheet(Path("a.md"), first_line=1)
    value = scalar(sheet, entries(sheet, compose(sheet, text))["title"][1], "title")
    assert sheet.problems == []
    return value


def test_quotes_only_where_the_syntax_needs_them() -> None:
    values = {
        "title": "Arena Pro: steget",
        "publisher": "Å & Ø",
        "published": "2024-05",
        "language": "no",
        "notes": '"Klynge #1" er ny',
        "url": "",
    }
    assert yaml_text(values) == (
        'title: "Arena Pro: steget"\npublisher: Å & Ø\npublished: 2024-05\nlanguage: no\n'
        'notes: "\\"Klynge #1\\" er ny"\nurl:\n'
    )


def test_an_entry_looks_like_those_of_the_register() -> None:
    entry: dict[str, Value] = {
        "name": "NCE Tang",
        "aliases": ["Tangklyngen"],
        "levels": [OneLine({"level": "Arena", "from": "2014"}), OneLine({"level": "NCE"})],
        "sources": ["https://www.example.no/tang?a=1#b"],
    }
    assert yaml_text([entry]) == (
        "- name: NCE Tang\n"
        "  aliases:\n"
        "    - Tangklyngen\n"
        "  levels:\n"
        "    - {level: Arena, from: 2014}\n"
        "    - {level: NCE}\n"
        "  sources:\n"
        "    - https://www.example.no/tang?a=1#b\n"
    )


def test_a_long_value_stays_on_its_line() -> None:
    assert yaml_text({"title": "ord " * 100 + "slutt"}).count("\n") == 1


def test_any_text_is_read_back_as_it_was() -> None:
    chance = random.Random(5)
    for _ in range(400):
        value = "".join(chance.choices(MARKS, k=chance.randint(1, 8)))
        if value.strip():
            assert read_back(yaml_text({"title": value})) == value.strip(), repr(value)
