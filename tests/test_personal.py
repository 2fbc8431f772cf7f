from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_engine import make_engine
from fakes import GROUP, USER, answer, no_answer, press, text_message
from talk import TOKEN, talk
from telegram_standin import Json, TelegramStandIn, read_html

from bot.database import Database
from bot.settings import Settings
from bot.texts import TEXTS, load_texts
from index.answer import Answer
from knowledge.articles import Language

NB, NN, EN = load_texts(TEXTS).values()
OLA = {**USER, "id": 8}


@pytest.fixture
def telegram() -> Iterator[TelegramStandIn]:
    with TelegramStandIn(TOKEN) as stand_in:
        yield stand_in


def ask(question: str, language: Language | None) -> Answer:
    """Understands bokmål, whatever the asker speaks."""
    return no_answer("nb")


def choice(language: str, user: Json = USER) -> tuple[str, Json]:
    buttons = [{"text": "English", "callback_data": f"language:{language}"}]
    return "callback_query", press(f"language:{language}", buttons, user)


def text(words: str, user: Json = USER) -> tuple[str, Json]:
    return "message", text_message(words, user=user)


def said(calls: list[tuple[str, Json]]) -> list[str]:
    return [params.get("text", "") for _, params in calls]


def test_language_offers_three_and_none(telegram: TelegramStandIn) -> None:
    [(method, params)] = talk(telegram, ask, text("/language"))
    assert (method, params["text"]) == ("sendMessage", NN.language_ask)
    assert params["reply_markup"]["inline_keyboard"] == [
        [
            {"text": "Bokmål", "callback_data": "language:nb"},
            {"text": "Nynorsk", "callback_data": "language:nn"},
            {"text": "English", "callback_data": "language:en"},
        ],
        [{"text": "Same språk som spørsmålet", "callback_data": "language:question"}],
    ]


def test_a_chosen_language_frames_everything_also_after_a_restart(
    telegram: TelegramStandIn, tmp_path: Path
) -> None:
    settings = Settings(TOKEN, telegram.url, journal=tmp_path / "journal.sqlite3")
    question = text("Hvem leder?")
    before = talk(telegram, ask, text("/help"), question, settings=settings)
    assert said(before) == [NN.help, NB.none]
    assert said(talk(telegram, ask, choice("en"), settings=settings)) == [EN.language_set]
    everything = [text("/help"), question, text("/start"), text("x" * 1001), text("hei")]
    after = talk(telegram, ask, *everything, settings=settings)
    too_long = EN.too_long.format(limit=1000)
    assert said(after) == [EN.help, EN.none, EN.start, too_long, EN.greeted]
    others = talk(telegram, ask, text("/help", OLA), text("Hvem?", OLA), settings=settings)
    assert said(others) == [NN.help, NB.none]
    back = talk(telegram, ask, choice("question"), text("/help"), question, settings=settings)
    assert said(back) == [NN.language_unset, NN.help, NB.none]


def test_the_frame_of_a_card_is_in_the_chosen_language_and_the_quote_is_not(
    telegram: TelegramStandIn,
) -> None:
    calls = talk(telegram, lambda *_: answer(verdict="maybe"), choice("en"), text("Hvem?"))
    card = calls[-1][1]
    assert read_html(card["text"]).plain.startswith(f"{EN.maybe}\n\nHilde Aspås\n\n- NCE-statusen")
    assert card["reply_markup"]["inline_keyboard"][0][0]["text"] == EN.source


def test_the_question_s_language_falls_back_on_the_chosen_one(telegram: TelegramStandIn) -> None:
    fallbacks = []

    def hear(question: str, language: Language | None) -> Answer:
        fallbacks.append(language)
        return no_answer("nb")

    talk(telegram, hear, text("Hvem?"), choice("en"), text("Hvem?"))
    assert fallbacks == ["nn", "en"]


def test_privacy_says_for_how_long(telegram: TelegramStandIn) -> None:
    settings = Settings(TOKEN, telegram.url, retention_days=31)
    [html] = said(talk(telegram, ask, text("/privacy"), settings=settings))
    assert html == NN.privacy.format(days=31)
    assert "Etter 31 dagar blir alt sletta." in html


def test_forget_deletes_the_choice_of_this_user_only(telegram: TelegramStandIn) -> None:
    database = Database(None)
    events = [choice("en"), choice("nb", OLA), text("/forget"), text("/help"), text("/help", OLA)]
    calls = talk(telegram, ask, *events, database=database)
    assert said(calls)[2:] == [NN.forgotten, NN.help, NB.help]
    assert database.read("SELECT * FROM languages") == [(8, "nb")]


def test_forget_ends_the_conversations_in_every_chat(
    telegram: TelegramStandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = make_engine(tmp_path, monkeypatch)
    monkeypatch.setattr("talk.forgetful", lambda _: engine.reply)
    first, follow_up = "/ask Who leads NCE iKuben?", "/ask and where are they based?"
    in_group = ("message", text_message(first, GROUP))
    asked_on = ("message", text_message(follow_up, GROUP))
    ola = [("message", text_message(words, GROUP, OLA)) for words in (first, follow_up)]
    calls = talk(telegram, ask, in_group, text(first), ola[0], text("/forget"), asked_on, ola[1])
    cards = [read_html(html).plain for html in said(calls)]
    assert cards[4] == EN.none
    assert cards[5].startswith("NCE iKuben · where based\n\nMolde")
    assert said(talk(telegram, ask, in_group, text("/help"), asked_on))[-1] != EN.none
