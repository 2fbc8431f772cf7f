"""Telegram goes away while questions are asked, and comes back."""

import threading
import time

import pytest
from fakes import forgetful
from telegram_standin import TelegramStandIn
from test_turns import echo, feed, poll, questions, telegram

from bot import transport
from index.answer import Answer
from knowledge.articles import Language

__all__ = ["telegram"]  # the fixture


def test_no_question_is_lost_and_none_answered_twice(
    telegram: TelegramStandIn,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(transport, "PAUSES", (0.1,) * 100)
    away = threading.Event()

    def ask(question: str, language: Language | None) -> Answer:
        assert away.wait(5)
        return echo(question, language)

    def go_away() -> None:
        telegram.wait_for("sendChatAction", 3)  # one for each chat: all is accepted
        with telegram.away():
            away.set()
            feed(telegram, "Held?", 10)
            while caplog.text.count("an answer is tried again") < 10:
                time.sleep(0.01)
            assert questions(telegram) == []

    for text, user in (("Ein?", 7), ("To?", 7), ("Tre?", 8), ("Fire?", 9)):
        feed(telegram, text, user)
    threading.Thread(target=go_away).start()
    poll(telegram, forgetful(ask), until=("sendMessage", 5))
    found = questions(telegram)
    assert sorted(found) == [(7, "Ein?"), (7, "To?"), (8, "Tre?"), (9, "Fire?"), (10, "Held?")]
    assert [text for chat, text in found if chat == 7] == ["Ein?", "To?"]


@pytest.mark.parametrize("status", [200, 404])
def test_what_answers_in_telegram_s_place_is_not_asked_without_a_pause(
    telegram: TelegramStandIn, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    telegram.reply_next("getUpdates", ["this network wants you to log in"], status)
    feed(telegram, "Ein?")
    started = time.monotonic()
    poll(telegram, forgetful(echo), until=("sendMessage", 1))
    assert time.monotonic() - started > 1
    assert questions(telegram) == [(7, "Ein?")]
    assert "the reply is not Telegram's" in caplog.text
