import sqlite3
from pathlib import Path

import pytest
from fakes import answer, no_answer

from bot.journal import _MIGRATIONS, Asked, Journal
from knowledge.errors import KlyngesvarError


def rows(file: Path) -> list[tuple[object, ...]]:
    database = sqlite3.connect(file)
    try:
        return database.execute("SELECT * FROM questions").fetchall()
    finally:
        database.close()


def test_what_is_noted_of_an_answer(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "journal.sqlite3"
    journal = Journal(file, clock=lambda: 1000.5)
    first = journal.note(answer("Hvem leder NCE iKuben?"))
    assert journal.note(no_answer("en")) != first
    proven = (
        1,
        1000.5,
        "Hvem leder NCE iKuben?",
        "nb",
        "answer",
        "ny-status",
        0.9,
        12.0,
        None,
        None,
    )
    assert rows(file)[0] == proven
    assert rows(file)[1][3:6] == ("en", "none", None)


def test_a_question_is_found_by_its_number_after_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "journal.sqlite3"
    number = Journal(file).note(answer("Hvem leder NCE iKuben?"))
    assert Journal(file).question(number) == "Hvem leder NCE iKuben?"
    assert Journal(file).question(number + 1) is None


def test_how_to_ask_again(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.sqlite3")
    whole = Asked("where are NCE iKuben based?", "nb", "NCE iKuben · where based")
    number = journal.note(answer("and where?"), whole)
    assert journal.asked(number) == whole
    plain = journal.note(answer("Hvem leder?", "nn"))
    assert journal.asked(plain) == Asked("Hvem leder?", "nn", None)
    assert journal.asked(plain + 1) is None


def test_a_journal_of_before_follow_ups_could_be_asked_again(tmp_path: Path) -> None:
    file = tmp_path / "journal.sqlite3"
    old = sqlite3.connect(file)
    old.executescript(f"{_MIGRATIONS[0]}; PRAGMA user_version = 1;")
    old.execute("INSERT INTO questions VALUES (5, 0, 'Hvem?', 'nb', 'none', NULL, 0, 0)")
    old.commit()
    old.close()
    assert Journal(file).asked(5) == Asked("Hvem?", "nb", None)


def test_a_file_that_is_no_journal_says_so(tmp_path: Path) -> None:
    file = tmp_path / "journal.sqlite3"
    file.write_text("not a database, but long enough to be looked at" * 20)
    with pytest.raises(KlyngesvarError, match=r"journal\.sqlite3 can not be opened: file is not"):
        Journal(file)
