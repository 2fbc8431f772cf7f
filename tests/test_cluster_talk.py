"""Clusters in a chat, over HTTP."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from bot_run import TOKEN, run_during
from fake_engine import make_engine
from fake_register import IKUBEN, make
from fakes import GROUP, PRIVATE, USER, answer, forgetful, message, no_answer, press, text_message
from telegram_standin import BOT, Json, TelegramStandIn, read_html

from bot.cluster_card import cluster_card
from bot.clusters import NO_CLUSTERS, Directory, make_directory
from bot.source import Ask
from bot.texts import TEXTS, Texts, load_texts
from index.answer import Answer
from index.departures import Departure
from index.followup import Memory, Reply
from knowledge.articles import Language

TEXTS_IN = load_texts(TEXTS)
NB, NN, EN = TEXTS_IN["nb"], TEXTS_IN["nn"], TEXTS_IN["en"]
DIRECTORY = make()


def card(words: Texts) -> str:
    return cluster_card(IKUBEN, (), words).html


@pytest.fixture
def telegram() -> Iterator[TelegramStandIn]:
    with TelegramStandIn(TOKEN) as stand_in:
        yield stand_in


def never(question: str, language: Language | None, memory: Memory | None) -> Reply:
    raise AssertionError(question)


def say(
    telegram: TelegramStandIn,
    *messages: Json,
    ask: Ask = never,
    directory: Directory = DIRECTORY,
) -> list[Json]:
    """One message after the other, each once the one before is answered; the answers."""

    def talk() -> None:
        for number, content in enumerate(messages, start=1):
            telegram.feed("message", content)
            telegram.wait_for("sendMessage", number)

    run_during(telegram, ask, talk, directory=directory)
    assert telegram.refused == []
    return telegram.params("sendMessage")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/cluster iKuben", NN),
        ("/cluster  nce ikuben ", NN),
        ("tell me about iKuben", EN),
        ("Fortell om iKuben", NB),
        ("fortel om iKuben", NN),
        ("iKuben", NN),
    ],
)
def test_a_card_shows_what_the_register_holds(
    telegram: TelegramStandIn, text: str, words: Texts
) -> None:
    [sent] = say(telegram, text_message(text))
    assert sent == {
        "chat_id": 7,
        "text": card(words),
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
        "reply_markup": {
            "inline_keyboard": [
                [{"text": "Nytt (2018)", "url": "https://avisa.no/ofte"}],
                [{"text": "iKuben er ti år (2009)", "url": "https://avisa.no/gammel"}],
                [{"text": f"Om NCE iKuben ({words.undated})", "url": "https://avisa.no/udatert"}],
            ]
        },
    }


MENTION: Json = {"type": "mention", "offset": 0, "length": len("@klyngesvar_bot")}


@pytest.mark.parametrize(
    "asked",
    [
        text_message("hva er iKuben?"),
        text_message("/ask hva er iKuben?"),
        text_message("/ask hva er iKuben?", GROUP),
        text_message("@klyngesvar_bot hva er iKuben?", GROUP, entities=[MENTION]),
    ],
)
def test_the_words_decide_and_not_how_they_came(telegram: TelegramStandIn, asked: Json) -> None:
    [sent] = say(telegram, asked)
    assert sent["text"] == card(NB)


def test_who_asks_more_is_answered_from_the_articles(telegram: TelegramStandIn) -> None:
    asked = []

    def ask(question: str, language: Language | None) -> Answer:
        asked.append(question)
        return no_answer("nn")

    texts = ["hva er ACT sitt mål?", "Hvem leder iKuben?", "hva med ACT?"]
    say(telegram, *map(text_message, texts), ask=forgetful(ask))
    assert asked == texts


def test_without_a_name_it_says_how(telegram: TelegramStandIn) -> None:
    assert say(telegram, text_message("/cluster"))[0]["text"] == NN.cluster_hint.strip()


def test_a_near_name_is_suggested_and_shown_when_it_is_pressed(telegram: TelegramStandIn) -> None:
    def talk() -> None:
        telegram.feed("message", text_message("/cluster ikubn"))
        telegram.wait_for("sendMessage")
        telegram.press("cluster:nce-ikuben", USER)
        telegram.wait_for("sendMessage", 2)

    run_during(telegram, never, talk, directory=DIRECTORY)
    suggested, shown = telegram.params("sendMessage")
    assert suggested["text"] == f"{NN.cluster_unknown}\n\n{NN.suggest}"
    [[button]] = suggested["reply_markup"]["inline_keyboard"]
    assert button == {"text": "NCE iKuben", "callback_data": "cluster:nce-ikuben"}
    assert shown["text"] == card(NN)
    assert telegram.refused == []


def test_a_name_that_is_like_no_other_is_unknown(telegram: TelegramStandIn) -> None:
    [sent] = say(telegram, text_message("/cluster <xyzzy>"))
    assert (sent["text"], "reply_markup" in sent) == (NN.cluster_unknown, False)


def test_without_a_register_there_is_nothing_to_browse(telegram: TelegramStandIn) -> None:
    sent = say(
        telegram,
        text_message("/clusters"),
        text_message("/cluster iKuben"),
        directory=NO_CLUSTERS,
    )
    assert [message["text"] for message in sent] == [NN.clusters_none, NN.cluster_unknown]


def test_browsing_goes_on_in_one_message(telegram: TelegramStandIn) -> None:
    way = [
        "clusters:region::0",
        "clusters:region:2:0",
        "clusters:region:2:1",
        "clusters:region::0",
        "clusters:region:0:0",
        "clusters:region:0:0:nce-ikuben",
        "clusters:region:0:0",
    ]

    def talk() -> None:
        telegram.feed("message", text_message("/clusters"))
        telegram.wait_for("sendMessage")
        for number, data in enumerate(way, start=1):
            telegram.press(data, USER)
            telegram.wait_for("editMessageText", number)

    run_during(telegram, never, talk, directory=DIRECTORY)
    assert telegram.refused == []
    [start] = telegram.params("sendMessage")
    assert start["text"] == NN.clusters_start
    edits = telegram.params("editMessageText")
    assert [read_html(edit["text"]).plain.partition("\n")[0] for edit in edits] == [
        "Regionar",
        "Vestland",
        "Vestland",
        "Regionar",
        "Møre og Romsdal",
        "NCE iKuben",
        "Møre og Romsdal",
    ]
    assert edits[2]["text"] == "<b>Vestland</b>\nSide 2 av 2"
    assert edits[5]["text"] == card(NN)
    assert len({edit["message_id"] for edit in edits}) == len(telegram.messages) == 1
    alerts = {call["show_alert"] for call in telegram.params("answerCallbackQuery")}
    assert alerts == {False}


def test_a_second_press_changes_nothing_and_is_no_error(telegram: TelegramStandIn) -> None:
    def talk() -> None:
        telegram.feed("message", text_message("/clusters"))
        telegram.wait_for("sendMessage")
        before = telegram.last_message(7)
        telegram.press("clusters:level::0", USER)
        telegram.wait_for("editMessageText")
        telegram.press("clusters:level::0", USER, before)  # as it stood when it was pressed
        telegram.wait_for("answerCallbackQuery", 2)

    run_during(telegram, never, talk, directory=DIRECTORY)
    assert [method for method, _ in telegram.refused] == ["editMessageText"]
    assert "message is not modified" in telegram.refused[0][1]
    assert len(telegram.params("sendMessage")) == 1  # and no apology


@pytest.mark.parametrize("data", ["clusters:region:99:0", "clusters:rubbish", "cluster:borte"])
def test_a_button_of_another_register_says_so(telegram: TelegramStandIn, data: str) -> None:
    pressed = press(data, [{"text": "Borte", "callback_data": data}])

    def talk() -> None:
        telegram.feed("callback_query", pressed)
        telegram.wait_for("answerCallbackQuery")

    run_during(telegram, never, talk, directory=DIRECTORY)
    assert telegram.calls[1:] == [
        (
            "answerCallbackQuery",
            {"callback_query_id": "q1", "text": NN.clusters_gone, "show_alert": True},
        )
    ]


def test_a_message_too_old_to_change_says_so(telegram: TelegramStandIn) -> None:
    pressed = press("clusters", [])
    pressed["message"] = {"message_id": 1, "date": 0, "chat": PRIVATE}  # how Telegram sends it

    def talk() -> None:
        telegram.feed("callback_query", pressed)
        telegram.wait_for("answerCallbackQuery")

    run_during(telegram, never, talk, directory=DIRECTORY)
    assert telegram.params("answerCallbackQuery")[0]["text"] == NN.clusters_gone


def test_in_a_group_only_commands_and_replies_to_the_bot_count(telegram: TelegramStandIn) -> None:
    to_bot = {"reply_to_message": message(GROUP, BOT, text="...")}
    to_kari = {"reply_to_message": message(GROUP, USER, text="...")}
    telegram.feed("message", text_message("iKuben", GROUP))
    telegram.feed("message", text_message("fortell om iKuben", GROUP, **to_kari))
    sent = say(
        telegram,
        text_message("/cluster@klyngesvar_bot iKuben", GROUP),
        text_message("tell me about iKuben", GROUP, **to_bot),
    )
    assert [message["text"] for message in sent] == [card(NN), card(EN)]


def test_a_bare_name_goes_on_with_a_question_about_another_cluster(
    telegram: TelegramStandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = make_engine(tmp_path, monkeypatch)
    directory = make_directory(engine.names.register, engine.index.articles)
    texts = ["where are NCE iKuben based?", "iKuben", "ACT?", "what is ACT?"]
    sent = say(telegram, *map(text_message, texts), ask=engine.reply, directory=directory)
    opens = [read_html(each["text"]).plain.partition("\n")[0] for each in sent]
    assert opens == [
        "Molde",
        "NCE iKuben",
        "Arctic Cluster Team · where based",
        "Arctic Cluster Team",
    ]
    assert "Frå registeret" in sent[1]["text"]


def test_questions_go_on_from_a_card(
    telegram: TelegramStandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = make_engine(tmp_path, monkeypatch)
    directory = make_directory(engine.names.register, engine.index.articles)
    texts = ["/cluster ACT", "iKuben", "where are they based?"]
    sent = say(telegram, *map(text_message, texts), ask=engine.reply, directory=directory)
    assert [read_html(each["text"]).plain.partition("\n")[0] for each in sent] == [
        "Arctic Cluster Team",
        "NCE iKuben",
        "NCE iKuben · where based",
    ]
    assert "Frå registeret" in sent[1]["text"]


def test_who_left_stands_under_the_quote(telegram: TelegramStandIn) -> None:
    left = Departure("Hilde Aspås", "daglig leder", 2012, 2021, "https://ikuben.no/?a&b")

    def ask(question: str, language: Language | None, memory: Memory | None) -> Reply:
        return Reply(answer(), None, None, departure=left)

    [sent] = say(telegram, text_message("Hvem leder NCE iKuben?"), ask=ask)
    seen = read_html(sent["text"])
    assert seen.plain.endswith(
        "Eyde-klyngen · 2017\n\nIfølge registeret var Hilde Aspås daglig leder 2012–2021 (kilde)"
    )
    assert seen.links == (("kilde", "https://ikuben.no/?a&b"),)
