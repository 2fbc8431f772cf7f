import asyncio
import logging
import threading
import time
from collections.abc import Iterator

import pytest
from fake_library import serving
from fakes import (
    GROUP,
    PRIVATE,
    SENTENCE,
    USER,
    Answers,
    answer,
    forgetful,
    message,
    no_answer,
    press,
    text_message,
)
from telegram import Update
from telegram_standin import Json, TelegramStandIn, read_html

from bot import conversation
from bot.app import build_application
from bot.settings import Settings
from bot.source import Source
from bot.texts import TEXTS, load_texts
from index.answer import Answer
from knowledge.articles import Language

TOKEN = "4242:hemmelig"
NN = load_texts(TEXTS)["nn"]
TYPING = ("sendChatAction", {"chat_id": 7, "action": "typing"})


@pytest.fixture
def telegram() -> Iterator[TelegramStandIn]:
    with TelegramStandIn(TOKEN) as stand_in:
        yield stand_in


def hear(
    telegram: TelegramStandIn, ask: Answers, *events: tuple[str, Json]
) -> list[tuple[str, Json]]:
    """Let the bot handle everything at once; what it then did in Telegram, in order."""

    async def handle() -> None:
        application = build_application(
            Settings(TOKEN, telegram.url), serving(Source(forgetful(ask)))
        )
        async with application:
            updates = [
                Update.de_json({"update_id": number, kind: content}, application.bot)
                for number, (kind, content) in enumerate(events)
            ]
            await asyncio.gather(*map(application.process_update, updates))

    for kind, content in events:
        telegram.feed(kind, content)
    asyncio.run(handle())
    return telegram.calls


def say(telegram: TelegramStandIn, ask: Answers, *messages: Json) -> list[tuple[str, Json]]:
    return hear(telegram, ask, *(("message", content) for content in messages))


def never(question: str, language: Language | None) -> Answer:
    raise AssertionError(question)


def sent(html: str, chat: int = 7, **rest: object) -> tuple[str, Json]:
    """A sendMessage call as the bot makes it."""
    return "sendMessage", {
        "chat_id": chat,
        "text": html,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
        **rest,
    }


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("/start", NN.start),
        ("/help", NN.help),
        ("/about", NN.about),
        ("/new", NN.new),
        ("/ask", NN.ask_hint),
        ("/ask   ", NN.ask_hint),
        ("/finnes_ikke", NN.help),
        ("x" * 1001, NN.too_long.format(limit=1000)),
    ],
)
def test_what_needs_no_answer(telegram: TelegramStandIn, text: str, html: str) -> None:
    assert say(telegram, never, text_message(text)) == [sent(html)]


@pytest.mark.parametrize(
    ("code", "source"),
    [
        ("nb", "Hei! Jeg svarer"),
        ("no", "Hei! Jeg svarer"),
        ("nb-NO", "Hei! Jeg svarer"),
        ("nn", "Hei! Eg svarar"),
        ("en-GB", "Hi! I answer"),
        ("de", "Hi! I answer"),
        (None, "Hi! I answer"),
    ],
)
def test_the_frame_speaks_the_users_language(
    telegram: TelegramStandIn, code: str | None, source: str
) -> None:
    user = {**USER, "language_code": code}
    [(_, params)] = say(telegram, never, text_message("/start", user=user))
    assert params["text"].startswith(source)


@pytest.mark.parametrize("text", ["Hvem leder NCE iKuben?", "/ask Hvem leder NCE iKuben?"])
def test_a_question_gets_a_card_in_its_own_language(telegram: TelegramStandIn, text: str) -> None:
    asked = []

    def ask(question: str, language: Language | None) -> Answer:
        asked.append((question, language))
        return answer(suggestions=("Hva er NCE?",))

    typing, (method, params) = say(telegram, ask, text_message(text))
    assert asked == [("Hvem leder NCE iKuben?", "nn")]
    assert typing == TYPING
    assert method == "sendMessage"
    assert read_html(params["text"]).plain.startswith(f"Hilde Aspås\n\n{SENTENCE}")
    [source], [_context], [share, _link], [suggestion], _votes = params["reply_markup"][
        "inline_keyboard"
    ]
    assert source["text"] == "Åpne kilden"
    assert share["switch_inline_query"] == "Hvem leder NCE iKuben?"
    assert suggestion == {"text": "Hva er NCE?", "callback_data": "ask4"}


def test_an_unknown_language_code_is_no_language(telegram: TelegramStandIn) -> None:
    asked = []

    def ask(question: str, language: Language | None) -> Answer:
        asked.append(language)
        return no_answer("en")

    say(telegram, ask, text_message("Hva?", user={**USER, "language_code": "de"}))
    assert asked == [None]


def test_a_thousand_characters_are_not_too_many(telegram: TelegramStandIn) -> None:
    calls = say(telegram, lambda *_: no_answer("nn"), text_message("x" * 1000))
    assert calls == [TYPING, sent(NN.none)]


def test_typing_goes_on_while_it_works(
    telegram: TelegramStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversation, "TYPING_SECONDS", 0.01)

    def ask(question: str, language: Language | None) -> Answer:
        telegram.wait_for("sendChatAction", 3)
        return no_answer("nn")

    *typing, last = say(telegram, ask, text_message("Hva?"))
    assert last == sent(NN.none)
    assert typing == [TYPING] * len(typing)


def test_an_answer_does_not_wait_for_typing_that_fails(telegram: TelegramStandIn) -> None:
    telegram.fail_next("sendChatAction", 500)
    calls = say(telegram, lambda *_: no_answer("nn"), text_message("Hva?"))
    assert calls == [sent(NN.none)]


def test_questions_take_turns_with_the_model(telegram: TelegramStandIn) -> None:
    inside, most = 0, 0

    def ask(question: str, language: Language | None) -> Answer:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        time.sleep(0.02)
        inside -= 1
        return no_answer("nn")

    calls = say(telegram, ask, *[text_message(f"Hva er {number}?") for number in range(5)])
    assert len([call for call in calls if call == sent(NN.none)]) == 5
    assert most == 1


def test_the_model_runs_outside_the_event_loop(telegram: TelegramStandIn) -> None:
    threads = []

    def ask(question: str, language: Language | None) -> Answer:
        threads.append(threading.current_thread())
        return no_answer("nn")

    say(telegram, ask, text_message("Hva?"))
    assert threads
    assert threading.main_thread() not in threads


def test_what_is_not_text_gets_a_reaction(telegram: TelegramStandIn) -> None:
    location = message(location={"longitude": 7.1, "latitude": 62.7})
    assert say(telegram, never, location) == [sent(NN.not_text)]


def test_what_telegram_itself_says_does_not(telegram: TelegramStandIn) -> None:
    assert say(telegram, never, message(delete_chat_photo=True)) == []


BUTTONS = [
    {"text": "Opne kjelda", "url": "https://x.no/"},
    {
        "text": "Hvem leder Arctic Cluster Team, som ble Arena-klynge i 2017?",
        "callback_data": "ask1",
    },
    {"text": "Hva er <NCE>?", "callback_data": "ask2"},
]


def test_a_pressed_suggestion_is_asked(telegram: TelegramStandIn) -> None:
    asked = []

    def ask(question: str, language: Language | None) -> Answer:
        asked.append((question, language))
        return no_answer("nb")

    calls = hear(telegram, ask, ("callback_query", press("ask1", BUTTONS)))
    assert asked == [("Hvem leder Arctic Cluster Team, som ble Arena-klynge i 2017?", "nn")]
    none = load_texts(TEXTS)["nb"].none
    confirmed = {"callback_query_id": "q1", "show_alert": False}
    assert calls == [("answerCallbackQuery", confirmed), TYPING, sent(none)]


def test_a_press_too_old_to_confirm_is_still_asked(telegram: TelegramStandIn) -> None:
    def ask(question: str, language: Language | None) -> Answer:
        return no_answer("nn")

    pressed = press("ask2", BUTTONS)
    telegram.fail_next("answerCallbackQuery", 400)
    calls = hear(telegram, ask, ("callback_query", pressed))
    assert calls == [TYPING, sent(NN.none)]


def test_a_suggestion_that_cannot_be_read_any_more_says_so(telegram: TelegramStandIn) -> None:
    pressed = press("ask1", BUTTONS)
    pressed["message"] = {"message_id": 1, "date": 0, "chat": PRIVATE}  # how Telegram sends it
    calls = hear(telegram, never, ("callback_query", pressed))
    alert = {"callback_query_id": "q1", "text": NN.gone, "show_alert": True}
    assert calls == [("answerCallbackQuery", alert)]


def test_an_error_is_logged_and_the_user_hears_one_sentence(
    telegram: TelegramStandIn, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(question: str, language: Language | None) -> Answer:
        raise RuntimeError("the index is broken")

    with caplog.at_level(logging.ERROR):
        calls = say(telegram, fail, text_message("En hemmelighet?"))
    error = {"chat_id": 7, "text": NN.error, "parse_mode": "HTML"}
    assert calls == [TYPING, ("sendMessage", error)]
    [record] = caplog.records
    assert record.message == "Something went wrong"
    assert "RuntimeError: the index is broken" in caplog.text
    assert "En hemmelighet?" not in caplog.text


def test_somebody_who_blocked_the_bot_is_not_told(
    telegram: TelegramStandIn, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.fail_next("sendMessage", 403)
    assert say(telegram, never, text_message("/help")) == []
    assert telegram.refused == [("sendMessage", "Forbidden: bot was blocked by the user")]
    assert "Forbidden" in caplog.text


IN_GROUP = {"reply_parameters": {"message_id": 1, "allow_sending_without_reply": True}}


def reply(author: int) -> Json:
    return {"reply_to_message": message(GROUP, {**USER, "id": author}, text="...")}


def test_in_a_group_it_answers_commands_and_replies_to_itself(telegram: TelegramStandIn) -> None:
    asked = []

    def ask(question: str, language: Language | None) -> Answer:
        asked.append(question)
        return no_answer("nn")

    calls = say(
        telegram,
        ask,
        text_message("Hvem leder NCE iKuben?", GROUP),
        text_message("Kanskje Kari?", GROUP, **reply(author=7)),
        text_message("/ask@en_annen_bot Hva?", GROUP),
        text_message("/finnes_ikke", GROUP),
        message(GROUP, location={"longitude": 7.1, "latitude": 62.7}),
        text_message("/ask@klyngesvar_bot Hva er NCE?", GROUP),
        text_message("Og når?", GROUP, **reply(author=4242)),
    )
    assert sorted(asked) == ["Hva er NCE?", "Og når?"]
    messages = [call for call in calls if call[0] == "sendMessage"]
    assert messages == [sent(NN.none, -70, **IN_GROUP)] * 2
