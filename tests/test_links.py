import re
from hashlib import sha256
from pathlib import Path

import pytest
from fakes import answer

from bot.database import Database
from bot.journal import Journal
from bot.links import ExpiredError, Links, inline_query, question_link

LONG = "Hvem var den aller første lederen for klyngen NCE iKuben i Molde?"


def links(journal: Journal | None = None) -> Links:
    return Links(journal or Journal(Database(None)))


def payload(link: str | None) -> str:
    assert link
    start, found = link.split("=", 1)
    assert start == "https://t.me/klyngesvar_bot?start"
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", found, re.ASCII)
    return found


@pytest.mark.parametrize("question", ["Hvem leder NCE iKuben?", "Når får vi Ø? >>?~", "x" * 46])
def test_a_short_question_is_its_own_link(question: str) -> None:
    found = payload(question_link("klyngesvar_bot", 12, question))
    assert found.startswith("a-")
    assert links().question(found) == question


def test_a_longer_one_is_found_in_the_journal() -> None:
    journal = Journal(Database(None))
    number = journal.note(answer(LONG))
    found = payload(question_link("klyngesvar_bot", number, LONG))
    assert found.startswith("q1-")
    assert links(journal).question(found) == LONG
    assert payload(question_link("klyngesvar_bot", 1, "x" * 47)).startswith("q1-")


def test_nobody_can_leaf_through_the_journal() -> None:
    journal = Journal(Database(None))
    journal.note(answer(LONG))
    for guess in ("q1", "q1-", "q1-AAAAAAAA", "q1-" + sha256(b"?").hexdigest()[:8]):
        assert links(journal).question(guess) is None


def test_a_question_that_is_no_longer_kept() -> None:
    with pytest.raises(ExpiredError):
        links().question("q1-AAAAAAAA")


@pytest.mark.parametrize(
    "broken",
    ["", "c-", "c-finnes-ikke", "a-", "a-A", "a-AA", "a-____", "a-€", "a-CQ", "q", "q-AAAAAAAA",
     "q99999999999999999999-AAAAAAAA", "q²-AAAAAAAA", "hei", "b-AAAA"],
)  # fmt: skip
def test_a_payload_that_is_none_of_ours(broken: str) -> None:
    assert links().question(broken) is None


def test_inline_mode_takes_256_characters() -> None:
    assert inline_query("x" * 256) == "x" * 256
    assert inline_query("x" * 257) is None


def test_the_journal_keeps_how_to_ask_after_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "journal.sqlite3"
    number = Journal(Database(file)).note(answer(LONG))
    found = payload(question_link("klyngesvar_bot", number, LONG))
    assert links(Journal(Database(file))).question(found) == LONG


def test_without_a_number_only_a_short_question_has_a_link() -> None:
    assert payload(question_link("klyngesvar_bot", None, "Hvem leder?")).startswith("a-")
    assert question_link("klyngesvar_bot", None, LONG) is None
