import logging
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import telegram_standin
from bot_run import TOKEN, run_during
from fake_engine import make_engine
from fakes import Answers, answer, forgetful, guest_message, no_answer
from telegram_standin import Json, TelegramStandIn, read_html
from test_app import CARD, FIRST, SOURCE, UNKNOWN
from test_inline import journalled, until

from bot import turns
from bot.texts import TEXTS, load_texts
from index.answer import Answer
from knowledge.articles import Language

NB, NN = (load_texts(TEXTS)[language] for language in ("nb", "nn"))


@pytest.fixture
def telegram() -> Iterator[TelegramStandIn]:
    with TelegramStandIn(TOKEN) as stand_in:
        yield stand_in


def said(telegram: TelegramStandIn, ask: Answers, text: str) -> Json:
    """What the bot answers as a guest; the only thing that it does."""
    telegram.feed("guest_message", guest_message(text))
    run_during(telegram, forgetful(ask), lambda: telegram.wait_for("answerGuestQuery"))
    assert [method for method, _ in telegram.calls] == ["deleteWebhook", "answerGuestQuery"]
    assert telegram.refused == []
    [call] = telegram.params("answerGuestQuery")
    assert call["guest_query_id"] == "g1"
    result: Json = call["result"]
    return result


def words(result: Json) -> str:
    text: str = result["input_message_content"]["message_text"]
    return text


def never(question: str, language: Language | None) -> Answer:
    raise AssertionError(question)


@pytest.mark.parametrize(
    "text",
    [
        "@klyngesvar_bot Hvem leder NCE?",
        "@Klyngesvar_Bot: Hvem leder NCE?",
        "Hvem leder NCE? @klyngesvar_bot",
        "Hvem leder NCE?",  # a reply to the bot's card
    ],
)
def test_a_guest_gets_the_card_of_a_chat(telegram: TelegramStandIn, text: str) -> None:
    def ask(question: str, language: Language | None) -> Answer:
        assert (question, language) == ("Hvem leder NCE?", "nn")
        return answer(question)

    result = said(telegram, ask, text)
    assert words(result) == CARD
    assert result["reply_markup"] == {
        "inline_keyboard": [[{"text": "Åpne kilden", "url": SOURCE}]]
    }


def test_a_name_that_only_begins_like_the_bot_s_stays(telegram: TelegramStandIn) -> None:
    def ask(question: str, language: Language | None) -> Answer:
        assert question == "er @klyngesvar_bot2 din?"
        return no_answer()

    assert words(said(telegram, ask, "@klyngesvar_bot er @klyngesvar_bot2 din?")) == NB.none


def test_suggestions_are_left_out_for_their_buttons_would_do_nothing(
    telegram: TelegramStandIn,
) -> None:
    def ask(question: str, language: Language | None) -> Answer:
        return no_answer("nb", ("Hvem leder ACT?",))

    result = said(telegram, ask, "@klyngesvar_bot Hvem leder AKT?")
    assert words(result) == NB.none
    assert "reply_markup" not in result


def test_the_bare_name_gets_a_hint(telegram: TelegramStandIn) -> None:
    hint = read_html(words(said(telegram, never, "@klyngesvar_bot"))).plain
    assert hint == NN.guest_hint.format(bot="klyngesvar_bot")
    assert "@klyngesvar_bot Kven leier NCE iKuben?" in hint


def test_a_question_can_be_too_long(telegram: TelegramStandIn) -> None:
    assert words(said(telegram, never, "x" * 1001)) == NN.too_long.format(limit=1000)


def test_guests_have_no_dialogue(
    telegram: TelegramStandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def talk() -> None:
        for number, text in enumerate((FIRST, "and where are they based?"), start=1):
            telegram.feed("guest_message", guest_message(f"@klyngesvar_bot {text}", number))
            telegram.wait_for("answerGuestQuery", number)

    run_during(telegram, make_engine(tmp_path, monkeypatch).reply, talk)
    first, second = (words(call["result"]) for call in telegram.params("answerGuestQuery"))
    assert first.startswith("<b>Hilde Aspås</b>")
    assert second == UNKNOWN


def test_the_journal_holds_the_question_and_nobody(
    telegram: TelegramStandIn, tmp_path: Path
) -> None:
    file = tmp_path / "journal.sqlite3"
    telegram.feed("guest_message", guest_message("@klyngesvar_bot Hvem?"))
    ask = forgetful(lambda question, language: answer(question))
    metrics = run_during(
        telegram, ask, lambda: telegram.wait_for("answerGuestQuery"), journal=file
    )
    assert journalled(file) == [("Hvem?", "answer")]
    assert metrics.asked.values == {("guest",): 1}
    with sqlite3.connect(file) as database:
        columns = {row[1] for row in database.execute("PRAGMA table_info(questions)")}
    assert not any("user" in name or "chat" in name for name in columns)


def test_an_error_is_told_where_it_was_asked(
    telegram: TelegramStandIn, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(question: str, language: Language | None) -> Answer:
        raise ValueError("broken")

    assert words(said(telegram, break_down, "@klyngesvar_bot hemmelig?")) == NN.error
    assert "broken" in caplog.text
    assert "hemmelig?" not in caplog.text


def test_when_too_many_ask_a_guest_is_told(
    telegram: TelegramStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "MOST_WAITING", 0)
    assert words(said(telegram, never, "@klyngesvar_bot Kven?")) == NN.busy


def test_an_answer_that_comes_too_late_is_let_go(
    telegram: TelegramStandIn, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(telegram_standin, "QUERY_SECONDS", 0.0)
    telegram.feed("guest_message", guest_message("@klyngesvar_bot Hvem?"))
    ask = forgetful(lambda question, language: answer(question))
    run_during(telegram, ask, lambda: until(lambda: bool(telegram.refused)))
    assert [r for r in caplog.records if r.levelno >= logging.ERROR] == []
    assert telegram.params("sendMessage") == []
