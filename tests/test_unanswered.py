import json
from pathlib import Path

import pytest
from fakes import answer, no_answer

from bot.database import Database
from bot.journal import Entry, Journal
from bot.main import main
from bot.unanswered import Group, unanswered
from bot.votes import Votes
from index.answer import Verdict
from knowledge.articles import Language


def entry(
    question: str, verdict: Verdict = "none", *votes: str, language: Language = "nb"
) -> Entry:
    return Entry(0, question, language, verdict, 1.0, votes)


def groups(*entries: Entry, limit: int = 20) -> list[Group]:
    return unanswered(entries, limit)


def test_only_what_was_not_answered_well_is_listed_with_why() -> None:
    found = groups(
        entry("Hvem leder ACT?", "answer"),
        entry("Hvem eier Sparebanken?", "answer", "up"),
        entry("Hvor mange er ansatt i Eyde?", "answer", "up", "old", "wrong"),
        entry("Hva koster medlemskap?", "maybe", "down"),
        entry("Når ble Subsea grunnlagt?"),
    )
    assert found == [
        Group("Hvor mange er ansatt i Eyde?", 1, {"old": 1, "wrong": 1}),
        Group("Hva koster medlemskap?", 1, {"maybe": 1, "down": 1}),
        Group("Når ble Subsea grunnlagt?", 1, {"none": 1}),
    ]


def test_case_punctuation_stop_words_and_endings_make_no_difference() -> None:
    found = groups(
        entry("hvem leder klyngen Blue Maritime"),
        entry("Hvem er det som leder klyngene BLUE Maritime??", "maybe"),
        entry("Hvem leder klyngen «Blue Maritime»?"),
        entry("hvem leder klyngen Blue Maritime"),
        entry("Hvor ligger Blue Maritime?"),
    )
    assert found == [
        Group("hvem leder klyngen Blue Maritime", 4, {"none": 3, "maybe": 1}),
        Group("Hvor ligger Blue Maritime?", 1, {"none": 1}),
    ]


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("Hvem leder NCE iKuben?", "Hvem leder iKuben?", 1),
        ("Hvem leder NCE iKuben?", "Hvem leder NCE Seafood?", 2),
        ("Hvor mange ansatte har ACT?", "Hvor mange ansatte har Eyde?", 2),
        ("Hvem leder iKuben?", "Hvem grunnla iKuben?", 2),
        ("???", "!", 1),
        ("???", "Hva?", 2),
        ("Hva er det?", "hva er det", 1),
    ],
)
def test_how_near_is_near(one: str, other: str, count: int) -> None:
    assert len(groups(entry(one), entry(other))) == count


def test_english_has_its_own_stems() -> None:
    found = groups(
        entry("Who manages the companies?", language="en"),
        entry("who is managing the company", language="en"),
    )
    assert [group.count for group in found] == [2]


def test_most_come_first_and_no_more_than_asked_for() -> None:
    twice, once = [entry("Hvem eier Eyde?")] * 2, [entry("Hva er ACT?"), entry("Hva er Z?")]
    assert [group.count for group in groups(*once, *twice, limit=2)] == [2, 1]


def test_wordings_count_together() -> None:
    alike = ("Hvem leder NCE iKuben?", "Hvem leder iKuben?", "Hvem leder egentlig NCE iKuben nå?")
    entries = [*[entry("Hvem eier Eyde?")] * 2, *map(entry, alike)]
    assert [group.question for group in groups(*entries)] == [alike[0], "Hvem eier Eyde?"]


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """With three questions, one of them older than a month and one voted down."""
    file = tmp_path / "journal.sqlite3"
    monkeypatch.setenv("KLYNGESVAR_JOURNAL", str(file))
    base = Database(file)
    Journal(base, clock=lambda: 0.0).note(no_answer())
    Journal(base).note(no_answer())
    number = Journal(base).note(answer("Hvor ligger\nEyde?"))
    Votes(base).cast(number or 0, 7, "source")
    return base


def test_the_command_lists_them(journal: Database, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["unanswered"]) == 0
    assert capsys.readouterr().out == (
        "    1  Hvem leder NCE iKuben?  (no answer 1)\n"
        "    1  Hvor ligger Eyde?  (wrong source 1)\n"
    )
    assert main(["unanswered", "--days", "99999", "--limit", "1", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == [
        {"question": "Hvem leder NCE iKuben?", "count": 2, "reasons": {"none": 2}}
    ]


def test_the_command_says_that_all_is_well(
    journal: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    Journal(journal, clock=lambda: 1e10).forget_older(1)
    assert main(["unanswered"]) == 0
    assert capsys.readouterr().out == "Every question got a good answer.\n"


def test_without_a_journal_the_command_makes_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "none.sqlite3"
    monkeypatch.setenv("KLYNGESVAR_JOURNAL", str(file))
    assert main(["unanswered"]) == 1
    assert capsys.readouterr().err.startswith(f"there is no journal at {file}: ")
    assert not file.exists()


@pytest.mark.parametrize("value", ["0", "-1", "x", "100000"])
def test_numbers_that_make_no_sense_are_refused(
    value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["unanswered", "--days", value])
    assert "is not a number from 1 to 99999" in capsys.readouterr().err
