import dataclasses
from pathlib import Path

import pytest
from telegram_standin import read_html

from bot.texts import TEXTS, Texts, load_texts
from knowledge.articles import LANGUAGES
from knowledge.problems import ContentError

NAMES = [field.name for field in dataclasses.fields(Texts)]


def test_every_text_stands_in_every_language() -> None:
    texts = load_texts(TEXTS)
    assert tuple(texts) == LANGUAGES
    assert all(getattr(words, name).strip() for words in texts.values() for name in NAMES)


def test_the_languages_are_not_mixed_up() -> None:
    texts = load_texts(TEXTS)
    assert [texts[language].source for language in LANGUAGES] == [
        "Åpne kilden",
        "Opne kjelda",
        "Open the source",
    ]


def test_every_text_is_html_that_telegram_takes() -> None:
    for words in load_texts(TEXTS).values():
        for name in NAMES:
            assert read_html(getattr(words, name)).plain


def test_there_are_twelve_months() -> None:
    assert all(len(words.months.split()) == 12 for words in load_texts(TEXTS).values())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("\nnone:\n", "\nnothing:\n", '"none" is missing'),
        ("\nnone:\n", "\nnothing:\n", 'unknown key "nothing"'),
        ("  nn: udatert\n", "", '"nn" is missing'),
        ("  nn: udatert\n", "  nn:\n", '"nn" is empty'),
        ("  nn: udatert\n", "  nn: udatert\n  se: x\n", 'unknown key "se"'),
        ("med høgst {limit} teikn", "med høgst {grense} teikn", '"too_long" does not have the'),
    ],
)
def test_what_is_wrong_stops_the_bot(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = TEXTS.read_text()
    assert text.count(old) == 1
    (file := tmp_path / "texts.yaml").write_text(text.replace(old, new))
    with pytest.raises(ContentError) as raised:
        load_texts(file)
    assert said in str(raised.value)
