import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import answer, no_answer, text_message
from talk import TOKEN, talk
from telegram_standin import TelegramStandIn, read_html

from bot import database
from bot.database import Database
from bot.journal import DAY, Asked, Entry, Journal, asked_again
from bot.settings import Settings
from bot.votes import Votes
from knowledge.errors import KlyngesvarError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "journal.sqlite3"


def rows(file: Path, table: str = "questions") -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(f"SELECT * FROM {table}").fetchall()


def test_what_is_noted_of_an_answer(file: Path) -> None:
    journal = Journal(Database(file), clock=lambda: 1000.5)
    assert journal.note(replace(answer("Hvem leder NCE iKuben?"), version=3)) == 1
    assert journal.note(no_answer("en")) == 2
    proven = (1, 1000.5, "Hvem leder NCE iKuben?", "nb", "answer", "ny-status", 0.9, 12.0)
    assert rows(file)[0] == (*proven, None, None, 3)
    assert rows(file)[1][3:6] == ("en", "none", None)
    assert file.stat().st_mode & 0o777 == 0o600


def test_addresses_and_phone_numbers_are_never_written(file: Path) -> None:
    Journal(Database(file)).note(answer("Er kari@x.no eller 912 34 567 leder i 2021?"))
    assert rows(file)[0][2] == "Er [e-mail] eller [phone] leder i 2021?"
    for part in file.parent.iterdir():  # the write-ahead log as well
        assert b"kari@" not in part.read_bytes()


def test_a_question_is_found_by_its_number_after_a_restart(file: Path) -> None:
    Journal(Database(file)).note(replace(answer("Kven leier NCE iKuben?"), language="nn"))
    journal = Journal(Database(file))
    assert journal.asked(1) == Asked("Kven leier NCE iKuben?", "nn")
    assert journal.asked(2) is None


def test_how_to_ask_again(file: Path) -> None:
    journal = Journal(Database(file))
    whole = Asked("where are NCE iKuben based?", "nb", "NCE iKuben · where based")
    assert journal.note(answer("and where?"), whole) == 1
    assert journal.note(answer("Hvem leder?", "nn")) == 2
    again = [journal.asked(number) for number in (1, 2, 3)]
    assert again == [whole, Asked("Hvem leder?", "nn", None), None]


def test_what_is_asked_again_is_masked_as_well() -> None:
    asked = asked_again("Er kari@x.no leder?", "nb", "NCE · 912 34 567")
    assert asked == Asked("Er [e-mail] leder?", "nb", "NCE · [phone]")


def test_a_file_that_is_no_journal_says_so(tmp_path: Path) -> None:
    file = tmp_path / "journal.sqlite3"
    file.write_text("not a database, but long enough to be looked at" * 20)
    with pytest.raises(KlyngesvarError, match=r"journal\.sqlite3 can not be opened: file is not"):
        Database(file)


def test_a_journal_of_the_first_version_is_brought_up_to_date(file: Path) -> None:
    file.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(file)) as old:
        old.executescript(f"{database._MIGRATIONS[0]}; PRAGMA user_version = 1;")
        old.execute("INSERT INTO questions VALUES (5, 1, 'Hvem?', 'nb', 'none', NULL, 0, 0)")
        old.commit()
    journal = Journal(Database(file))
    assert journal.asked(5) == Asked("Hvem?", "nb", None)
    assert journal.note(answer()) == 6
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (5,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_what_is_old_goes_with_its_votes_and_its_number_never_comes_back(file: Path) -> None:
    now = [0.0]
    base = Database(file)
    journal, votes = Journal(base, clock=lambda: now[0]), Votes(base)
    for day in (0, 1, 2):
        now[0] = day * DAY
        votes.cast(journal.note(answer(f"Spørsmål {day}?")) or 0, 7, "up")
    assert journal.forget_older(1) == 1
    assert [journal.asked(number) is None for number in (1, 2, 3)] == [True, False, False]
    assert [row[0] for row in rows(file, "votes")] == [2, 3]
    now[0] = 9 * DAY
    assert journal.forget_older(1) == 2
    assert journal.note(answer()) == 4


def test_the_last_days_with_their_votes() -> None:
    now = [0.0]
    base = Database(None)
    journal, votes = Journal(base, clock=lambda: now[0]), Votes(base)
    for day in (0, 1, 2):
        now[0] = day * DAY
        journal.note(answer(f"Spørsmål {day}?"))
    votes.cast(2, 7, "up")
    votes.cast(2, 8, "old")
    first, second = journal.last(1)
    assert sorted(first.votes) == ["old", "up"]
    assert replace(first, votes=()) == Entry(DAY, "Spørsmål 1?", "nb", "answer", 12.0, ())
    assert second == Entry(2 * DAY, "Spørsmål 2?", "nb", "answer", 12.0, ())


@pytest.fixture
def telegram() -> Iterator[TelegramStandIn]:
    with TelegramStandIn(TOKEN) as stand_in:
        yield stand_in


def test_a_journal_that_can_not_be_written_costs_only_the_votes(
    telegram: TelegramStandIn,
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(database, "LOCKED_SECONDS", 0.01)
    settings, base = Settings(TOKEN, telegram.url), Database(file)
    question = ("message", text_message("Hvem er så hemmelig?"))
    kept = talk(telegram, lambda *_: answer(), question, settings=settings, database=base)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        lost = talk(telegram, lambda *_: answer(), question, settings=settings, database=base)
    [(_, with_votes)], [(_, without)] = kept, lost
    assert without["text"] == with_votes["text"]
    assert read_html(without["text"]).plain.startswith("Hilde Aspås")
    labels = [
        [[button["text"] for button in row] for row in message["reply_markup"]["inline_keyboard"]]
        for message in (with_votes, without)
    ]
    source, share = ["Åpne kilden"], ["Del", "Kopier lenke"]
    assert labels == [[source, ["Vis sammenhengen"], share, ["👍", "👎"]], [source, share]]
    assert "The journal can not be written: database is locked" in caplog.text
    assert "hemmelig" not in caplog.text


def test_the_latest_are_those_of_the_last_days(file: Path) -> None:
    now = [0.0]
    journal = Journal(Database(file), clock=lambda: now[0])
    for day in (0, 5, 9):
        now[0] = day * DAY
        journal.note(answer(f"Spørsmål {day}?"))
    assert [entry.asked / DAY for entry in journal.latest(journal.last(30), 4)] == [5, 9]
