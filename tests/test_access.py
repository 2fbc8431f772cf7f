from collections.abc import Iterator

import pytest
from fakes import (
    GROUP,
    PRIVATE,
    USER,
    guest_message,
    inline_query,
    message,
    no_answer,
    press,
    text_message,
)
from talk import TOKEN, talk
from telegram import Update
from telegram_standin import Json, TelegramStandIn

from bot.access import Gate
from bot.database import Database
from bot.preferences import Preferences
from bot.settings import Settings
from bot.texts import TEXTS, load_texts
from index.answer import Answer
from knowledge.articles import Language

WORDS = load_texts(TEXTS)
NN = WORDS["nn"]
OLA: Json = {**USER, "id": 8}
OLAS: Json = {**PRIVATE, "id": 8}
OTHER_GROUP: Json = {**GROUP, "id": -71}


@pytest.fixture
def telegram() -> Iterator[TelegramStandIn]:
    with TelegramStandIn(TOKEN) as stand_in:
        yield stand_in


def hear(telegram: TelegramStandIn, *events: tuple[str, Json]) -> list[tuple[str, str]]:
    """What a bot says that is for the group, for chat 8 and for admin 9 only."""
    chats, admins = frozenset({-70, 8}), frozenset({9})
    settings = Settings(TOKEN, telegram.url, chats=chats, admins=admins)
    calls = talk(telegram, lambda *_: no_answer("nb"), *events, settings=settings)
    return [(str(params.get("chat_id", "")), params.get("text", "")) for _, params in calls]


def asked(chat: Json, user: Json) -> tuple[str, Json]:
    return "message", text_message("/ask Hvem leder?", chat, user)


def test_who_is_in_the_list_is_answered(telegram: TelegramStandIn) -> None:
    none = WORDS["nb"].none
    assert hear(telegram, asked(GROUP, USER), asked(OLAS, OLA)) == [("-70", none), ("8", none)]


def test_admins_are_answered_everywhere(telegram: TelegramStandIn) -> None:
    boss, own = {**USER, "id": 9}, {**PRIVATE, "id": 9}
    said = hear(telegram, asked(own, boss), asked(OTHER_GROUP, boss))
    assert [chat for chat, _ in said] == ["9", "-71"]


def test_others_hear_one_sentence_in_private_and_nothing_in_groups(
    telegram: TelegramStandIn,
) -> None:
    picture = ("message", message(location={"longitude": 7.1, "latitude": 62.7}))
    events = [asked(PRIVATE, USER), asked(OTHER_GROUP, OLA), picture]
    assert hear(telegram, *events) == [("7", NN.outside)] * 2


def test_presses_from_outside_do_nothing(telegram: TelegramStandIn) -> None:
    button = {"text": "Hva er NCE?", "callback_data": "ask0"}
    pressed = press("ask0", [button])
    assert hear(telegram, ("callback_query", pressed)) == [("", NN.outside)]
    in_group = {**pressed, "message": {**pressed["message"], "chat": OTHER_GROUP}}
    assert hear(telegram, ("callback_query", in_group)) == []


def test_without_a_list_everybody_is_answered(telegram: TelegramStandIn) -> None:
    calls = talk(telegram, lambda *_: no_answer("nb"), asked(OTHER_GROUP, USER))
    assert [params["text"] for _, params in calls] == [WORDS["nb"].none]


def inline(user: int) -> Json:
    asker = {**USER, "id": user}
    return {"inline_query": {"id": "i1", "from": asker, "query": "Hva?", "offset": ""}}


def guest(user: int) -> Json:
    """A message to the bot in a chat that it is no member of."""
    asker = {**USER, "id": user}
    return {"guest_message": text_message("Hva?", OLAS, asker, guest_query_id="g1")}


@pytest.mark.parametrize("query", [inline, guest])
def test_queries_from_elsewhere_are_judged_by_who_asks(query: type) -> None:
    settings = Settings(TOKEN, chats=frozenset({-70, 8}), admins=frozenset({9}))
    gate = Gate(settings, Preferences(Database(None), WORDS))
    updates = [Update.de_json({"update_id": 1, **query(user)}, None) for user in (7, 8, 9)]
    assert [gate.check_update(update) for update in updates] == [True, False, False]
    assert not gate.is_silent(updates[0])


def test_inline_and_guest_queries_from_outside_get_no_answer(telegram: TelegramStandIn) -> None:
    settings = Settings(TOKEN, telegram.url, chats=frozenset({-70, 8}))
    events = (
        ("inline_query", inline_query("Hvem leder?")),
        ("guest_message", guest_message("Hva?")),
    )
    (offer, offered), (reply, replied) = talk(telegram, no_one, *events, settings=settings)
    assert (offer, offered["results"]) == ("answerInlineQuery", [])
    assert reply == "answerGuestQuery"
    assert replied["result"]["input_message_content"]["message_text"] == NN.outside
    assert telegram.refused == []


def no_one(question: str, language: Language | None) -> Answer:
    raise AssertionError(question)
