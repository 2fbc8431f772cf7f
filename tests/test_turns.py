import asyncio
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from fake_library import serving
from fakes import GROUP, PRIVATE, USER, forgetful, no_answer, press, text_message
from telegram import Update
from telegram_standin import TelegramStandIn
from test_metrics import series

from bot import turns
from bot.app import build_application
from bot.metrics import Metrics
from bot.settings import Settings
from bot.source import Ask, Source
from bot.texts import TEXTS, load_texts
from bot.turns import Reason, Turns
from index.answer import Answer
from knowledge.articles import Language

TOKEN = "4242:hemmelig"
NN = load_texts(TEXTS)["nn"]


@pytest.fixture
def telegram() -> Iterator[TelegramStandIn]:
    with TelegramStandIn(TOKEN) as stand_in:
        yield stand_in


def poll(telegram: TelegramStandIn, ask: Ask, until: tuple[str, int]) -> dict[str, float]:
    """Run the bot until it has called a method so many times; its metrics at the end."""
    metrics = Metrics()

    async def run() -> None:
        application = build_application(
            Settings(TOKEN, telegram.url), serving(Source(ask)), metrics
        )
        updater = application.updater
        assert updater is not None
        async with application:
            await updater.start_polling()
            await application.start()
            await asyncio.to_thread(telegram.wait_for, *until)
            await updater.stop()
            await application.stop()

    asyncio.run(run())
    return series(metrics.text())


def of_user(number: int) -> dict[str, Any]:
    """The private chat of a user, and the user."""
    return {"chat": {**PRIVATE, "id": number}, "user": {**USER, "id": number}}


def feed(telegram: TelegramStandIn, text: str, user: int = 7) -> None:
    telegram.feed("message", text_message(text, **of_user(user)))


def sent(telegram: TelegramStandIn) -> list[tuple[int, str]]:
    """Chat and text of every message, in order."""
    return [(call["chat_id"], call["text"]) for call in telegram.params("sendMessage")]


def echo(question: str, language: Language | None) -> Answer:
    return no_answer("nn", (question,))


def questions(telegram: TelegramStandIn) -> list[tuple[int, str]]:
    """Chat and question of what `echo` has answered, in order."""
    return [
        (call["chat_id"], call["reply_markup"]["inline_keyboard"][0][0]["text"])
        for call in telegram.params("sendMessage")
        if "reply_markup" in call
    ]


def test_a_chat_that_is_held_back_keeps_its_order_and_nobody_else(
    telegram: TelegramStandIn,
) -> None:
    telegram.fail_next("sendMessage", 429, retry_after=1, chat=7)
    feed(telegram, "Ein?")

    def when_it_is_held_back() -> None:
        while not telegram.refused:
            time.sleep(0.01)
        for text, user in (("To?", 7), ("Tre?", 8), ("Fire?", 9), ("Fem?", 8)):
            feed(telegram, text, user)

    threading.Thread(target=when_it_is_held_back, daemon=True).start()
    poll(telegram, forgetful(echo), until=("sendMessage", 5))
    assert questions(telegram)[-2:] == [(7, "Ein?"), (7, "To?")]
    assert sorted(questions(telegram)[:3]) == [(8, "Fem?"), (8, "Tre?"), (9, "Fire?")]
    assert [text for chat, text in questions(telegram) if chat == 8] == ["Tre?", "Fem?"]
    assert len(telegram.refused) == 1


def test_who_asks_too_much_at_once_is_told_so_once(
    telegram: TelegramStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "MOST_OF_ONE", 2)
    refused = threading.Event()

    def ask(question: str, language: Language | None) -> Answer:
        assert refused.wait(5)
        return echo(question, language)

    for text in ("Ein?", "To?", "Tre?", "Fire?"):
        feed(telegram, text)
    feed(telegram, "Fem?", user=8)

    def until_refused() -> None:
        telegram.wait_for("sendMessage")
        refused.set()

    threading.Thread(target=until_refused).start()
    metrics = poll(telegram, forgetful(ask), until=("sendMessage", 4))
    assert sent(telegram)[0] == (7, NN.too_fast)
    assert len(sent(telegram)) == 4
    assert sorted(questions(telegram)) == [(7, "Ein?"), (7, "To?"), (8, "Fem?")]
    assert metrics['klyngesvar_refused_total{reason="too_fast"}'] == 2
    assert metrics["klyngesvar_waiting"] == 0


def test_when_too_many_wait_the_others_are_told(
    telegram: TelegramStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "MOST_WAITING", 3)
    refused = threading.Event()
    waiting = []

    def ask(question: str, language: Language | None) -> Answer:
        assert refused.wait(5)
        return echo(question, language)

    def until_refused() -> None:
        telegram.wait_for("sendMessage", 2)
        waiting.extend(sent(telegram))
        refused.set()

    for user in range(1, 6):
        feed(telegram, "Kva?", user)
    threading.Thread(target=until_refused).start()
    metrics = poll(telegram, forgetful(ask), until=("sendMessage", 5))
    assert sorted(waiting) == [(4, NN.busy), (5, NN.busy)]
    assert sorted(questions(telegram)) == [(1, "Kva?"), (2, "Kva?"), (3, "Kva?")]
    assert metrics['klyngesvar_refused_total{reason="busy"}'] == 2


def test_a_press_is_refused_in_an_alert(
    telegram: TelegramStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "MOST_WAITING", 0)
    telegram.feed("callback_query", press("ask0", [{"text": "Kva?", "callback_data": "ask0"}]))
    poll(telegram, forgetful(echo), until=("answerCallbackQuery", 1))
    alert = {"callback_query_id": "q1", "text": NN.busy, "show_alert": True}
    assert telegram.params("answerCallbackQuery") == [alert]
    assert sent(telegram) == []


def test_what_people_say_to_each_other_is_never_too_much(
    telegram: TelegramStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "MOST_OF_ONE", 1)
    for text in ("Hei!", "Kven er med?", "/ask Kva?"):
        telegram.feed("message", text_message(text, GROUP))
    metrics = poll(telegram, forgetful(echo), until=("sendMessage", 1))
    assert questions(telegram) == [(-70, "Kva?")]
    assert not any("refused" in name for name in metrics)


def test_who_writes_in_the_name_of_a_chat_has_a_limit_of_their_own(
    telegram: TelegramStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "MOST_OF_ONE", 1)
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group"}

    def ask(question: str, language: Language | None) -> Answer:
        time.sleep(0.2)  # so that the second comes while the first waits
        return echo(question, language)

    for number in (-70, -71):
        group = {**GROUP, "id": number}
        telegram.feed("message", text_message("/ask Kva?", group, anonymous, sender_chat=group))
    poll(telegram, forgetful(ask), until=("sendMessage", 2))
    assert sorted(questions(telegram)) == [(-71, "Kva?"), (-70, "Kva?")]


def test_a_user_s_limit_ends_with_the_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "MOST_OF_ONE", 1)
    handled = []

    async def handle(text: str) -> None:
        handled.append(text)

    async def refuse(update: Update, reason: Reason) -> None:
        raise AssertionError(reason)

    async def run() -> None:
        line = Turns(lambda _: True, refuse, Metrics())
        for text in ("Ein?", "To?"):
            update = Update.de_json({"update_id": 1, "message": text_message(text)}, None)
            await line.process_update(update, handle(text))

    asyncio.run(run())
    assert handled == ["Ein?", "To?"]
