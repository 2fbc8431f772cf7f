"""Drafts in the database (`bot/drafts.py`)."""

from dataclasses import replace
from pathlib import Path

import pytest
from fakes import USER
from telegram import User
from test_drafts import DRAFT

from bot.database import Database
from bot.drafts import Drafts, Kept
from knowledge.articles import Article
from knowledge.copies import Copy
from knowledge.drafts import Draft
from knowledge.evidence import Evidence

HELD = Article("gammel", "Gammel", "Avisa", None, "2017", "nn", "Tekst.\n", ("https://a.no",))
WHOLE = replace(
    DRAFT,
    evidence=Evidence("14. mai 2024", "text"),
    clusters=("Tangklyngen",),
    unregistered=("Arena Rur",),
    copies=(Copy(HELD, 0.5, ("+ Nytt.", "- Gammelt.")),),
    dropped=("Meny",),
)


@pytest.fixture
def drafts() -> Drafts:
    return Drafts(Database(None), clock=lambda: 1_000_000.0)


def test_a_draft_comes_back_as_it_was_also_after_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "journal.sqlite3"
    kept = Drafts(Database(file)).add(7, 8, 9, WHOLE)
    assert kept == Kept(1, 7, 8, 9, WHOLE, None)
    drafts = Drafts(Database(file))
    assert drafts.get(1) == kept
    drafts.note_answers(1, ["Hvem leder?"])
    drafts.change(1, DRAFT)
    assert drafts.get(1) == replace(kept, draft=DRAFT, answers=("Hvem leder?",))
    assert drafts.get(2) is None


@pytest.mark.parametrize(
    ("change", "is_like"),
    [
        ({"title": "Noe annet", "body": "Noe annet.\n"}, True),  # the address is the same
        ({"url": None, "body": "Noe annet.\n", "title": f"{DRAFT.title}!"}, True),
        ({"url": None, "title": "Noe annet"}, True),
        ({"url": None, "title": "Noe annet", "body": "Noe annet.\n"}, False),
    ],
)
def test_drafts_of_the_same_are_found(
    drafts: Drafts, change: dict[str, str], is_like: bool
) -> None:
    drafts.add(7, 7, 1, DRAFT)
    other: Draft = replace(DRAFT, **change)  # type: ignore[arg-type]
    assert [kept.number for kept in drafts.like(other)] == ([1] if is_like else [])


def test_untitled_drafts_are_not_the_same_for_that(drafts: Drafts) -> None:
    drafts.add(7, 7, 1, replace(DRAFT, title="", url=None))
    assert drafts.like(replace(DRAFT, title="", url=None, body="Noe annet.\n")) == []


def test_what_a_message_asks_for_goes_with_the_draft(drafts: Drafts) -> None:
    drafts.add(7, 7, 1, DRAFT)
    drafts.note_question(7, 2, 1, "title")
    assert drafts.asked_for(7, 2) == (1, "title")
    assert drafts.asked_for(8, 2) is None
    drafts.remove(1)
    assert drafts.asked_for(7, 2) is None


def test_old_drafts_are_deleted_and_those_of_who_wants_to_be_forgotten() -> None:
    now, database = 0.0, Database(None)
    drafts = Drafts(database, clock=lambda: now)
    for owner in (7, 8, 9):
        drafts.add(owner, owner, 1, DRAFT)
    now = 20 * 86400.0
    drafts.change(3, DRAFT)
    drafts.forget(User.de_json({**USER, "id": 8}, None))
    now = 31 * 86400.0
    assert drafts.forget_older(30) == 1
    assert database.read("SELECT owner FROM drafts") == [(9,)]
