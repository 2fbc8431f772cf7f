import asyncio
import logging
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from fakes import GROUP, answer, no_answer
from talk import TOKEN
from telegram import Bot
from telegram_standin import TelegramStandIn, read_html
from test_drafts import DRAFT

from bot import jobs
from bot.database import Database
from bot.drafts import Drafts
from bot.jobs import next_monday, working
from bot.journal import Journal
from bot.settings import Settings
from bot.texts import TEXTS, load_texts

WORDS = load_texts(TEXTS)
MONDAY = datetime(2026, 11, 30, 8)


class Clock(datetime):
    """A local time that passes only while somebody sleeps."""

    at = datetime(2026, 11, 29, 20)

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        return cls.at


@pytest.fixture
def telegram() -> Iterator[TelegramStandIn]:
    with TelegramStandIn(TOKEN) as stand_in:
        stand_in.know(GROUP)
        yield stand_in


@pytest.fixture
def journal(monkeypatch: pytest.MonkeyPatch) -> Journal:
    monkeypatch.setattr(Clock, "at", datetime(2026, 11, 29, 20))
    monkeypatch.setattr(jobs, "datetime", Clock)
    return Journal(Database(None), clock=lambda: Clock.at.timestamp())


def work(telegram: TelegramStandIn, journal: Journal, days: float, **changes: object) -> None:
    """Let so much time pass while the jobs are at work."""
    settings = replace(Settings(TOKEN, digest_chat=-70), **changes)  # type: ignore[arg-type]
    end, sleep = Clock.at + timedelta(days=days), asyncio.sleep

    async def run() -> None:
        bot, drafts = Bot(TOKEN, f"{telegram.url}/bot"), Drafts(Database(None))
        async with bot, working(settings, journal, drafts, bot, WORDS):
            while Clock.at < end:
                await sleep(0.02)  # for what a thread or Telegram has to do
                Clock.at += timedelta(hours=6)

    async def nap(seconds: float) -> None:
        until = Clock.at + timedelta(seconds=seconds)
        while Clock.at < until:
            await sleep(0.005)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asyncio, "sleep", nap)
        asyncio.run(run())


def test_old_questions_go_at_the_start_and_every_day(
    telegram: TelegramStandIn, journal: Journal
) -> None:
    start = Clock.at
    for days in (31, 29, 27):
        Clock.at = start - timedelta(days=days)
        journal.note(answer())
    Clock.at = start
    work(telegram, journal, 0.25, retention_days=30, digest_chat=None)
    kept = [journal.asked(number) is not None for number in (1, 2, 3)]
    assert kept == [False, True, True]
    work(telegram, journal, 2, retention_days=30, digest_chat=None)
    kept = [journal.asked(number) is not None for number in (1, 2, 3)]
    assert kept == [False, False, True]
    assert telegram.calls == []


def test_the_digest_comes_on_monday(telegram: TelegramStandIn, journal: Journal) -> None:
    for words in (no_answer("nn"), no_answer("nn"), no_answer("en")):
        journal.note(words)
    work(telegram, journal, 0.25)
    assert telegram.calls == []
    work(telegram, journal, 1)
    [message] = telegram.params("sendMessage")
    assert message["chat_id"] == -70
    assert read_html(message["text"]).plain.splitlines() == [
        "Spørsmål utan godt svar, siste 7 dagar",
        "",
        "2  Hvem leder NCE iKuben? (ikkje svar 2)",
        "1  Hvem leder NCE iKuben? (ikkje svar 1)",
    ]


def test_a_week_without_questions_has_no_digest(
    telegram: TelegramStandIn, journal: Journal
) -> None:
    work(telegram, journal, 8)
    assert telegram.calls == []


def test_a_digest_that_fails_comes_again_the_next_week(
    telegram: TelegramStandIn, journal: Journal, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.fail_next("sendMessage", 403)
    journal.note(answer())
    with caplog.at_level(logging.ERROR):
        work(telegram, journal, 1)
    journal.note(answer())
    work(telegram, journal, 7)
    [message] = telegram.params("sendMessage")
    assert message["text"] == WORDS["nb"].unanswered_none.format(days=7)
    assert "A job has failed" in caplog.text


def test_a_locked_journal_is_tidied_the_next_day(
    telegram: TelegramStandIn, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def locked(days: int) -> int:
        tried.append(days)
        raise sqlite3.OperationalError("database is locked")

    monkeypatch.setattr(journal, "forget_older", locked)
    work(telegram, journal, 2.1)
    assert tried == [180] * 3


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (MONDAY - timedelta(days=6, hours=23), MONDAY),
        (MONDAY - timedelta(seconds=1), MONDAY),
        (MONDAY, MONDAY + timedelta(days=7)),
        (MONDAY + timedelta(hours=5, minutes=7), MONDAY + timedelta(days=7)),
    ],
)
def test_mondays_at_eight(now: datetime, then: datetime) -> None:
    assert next_monday(now) == then


def test_old_drafts_go_too() -> None:
    now = 0.0
    drafts = Drafts(Database(None), clock=lambda: now)
    drafts.add(7, 7, 1, DRAFT)
    for days, is_kept in ((29, True), (31, False)):
        now = days * 86400.0
        asyncio.run(jobs.forget_old(Journal(Database(None)), drafts, 180))
        assert (drafts.get(1) is not None) == is_kept
