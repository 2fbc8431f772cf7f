import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import telegram_standin
from bot_run import TOKEN, run_during
from fake_engine import make_engine
from fakes import (
    PRIVATE,
    SENTENCE,
    USER,
    Answers,
    answer,
    article,
    forgetful,
    inline_query,
    no_answer,
    quote,
    text_message,
)
from telegram_standin import BOT, Json, TelegramStandIn, read_html
from test_app import CARD, SOURCE

from bot import inline, turns
from bot.source import Complete
from bot.texts import TEXTS, load_texts
from index.answer import Answer
from index.followup import Reply
from index.lexical import Lexicon
from index.names import Names
from knowledge.articles import Article, Language
from knowledge.register import Cluster, make_register

NB, NN, EN = (load_texts(TEXTS)[language] for language in ("nb", "nn", "en"))
HOW = {"text": NN.inline_how, "start_parameter": "inline"}
NOTHING = {"text": NN.inline_none, "start_parameter": "inline"}
REGISTER = (
    Cluster("NCE iKuben", ("iKuben",), ()),
    Cluster("Arctic Cluster Team", ("ACT",), ()),
    Cluster("Arena <Skog> & Ved", (), ()),
)
NAMES = Names(make_register(REGISTER), (), Lexicon(()))


@pytest.fixture
def telegram() -> Iterator[TelegramStandIn]:
    with TelegramStandIn(TOKEN) as stand_in:
        yield stand_in


def typed(
    telegram: TelegramStandIn,
    ask: Answers,
    text: str,
    complete: Complete = NAMES.typed,
) -> Json:
    """What the bot answers to a query."""
    telegram.feed("inline_query", inline_query(text))
    run_during(telegram, forgetful(ask), lambda: telegram.wait_for("answerInlineQuery"), complete)
    assert telegram.refused == []
    [call] = telegram.params("answerInlineQuery")
    assert (call["inline_query_id"], call["cache_time"], call["is_personal"]) == ("i1", 60, True)
    return call


def known(question: str, language: Language | None) -> Answer:
    return answer(question)


def unknown(question: str, language: Language | None) -> Answer:
    return no_answer("nn", ("Kva med ACT?",))


def never(question: str, language: Language | None) -> Answer:
    raise AssertionError(question)


def titles(call: Json) -> list[str]:
    return [result["title"] for result in call["results"]]


def seen(result: Json) -> str:
    """How the message reads that choosing the result sends."""
    return read_html(result["input_message_content"]["message_text"]).plain


def test_what_is_sent_is_the_card_of_a_chat(telegram: TelegramStandIn) -> None:
    [result] = typed(telegram, known, "Hvem leder NCE?")["results"]
    assert result == {
        "type": "article",
        "id": result["id"],
        "title": "Hilde Aspås",
        "description": SENTENCE,
        "input_message_content": {
            "message_text": CARD,
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        },
        "reply_markup": {"inline_keyboard": [[{"text": "Åpne kilden", "url": SOURCE}]]},
    }


def test_a_result_keeps_its_id(telegram: TelegramStandIn) -> None:
    first = typed(telegram, known, "Hvem leder NCE?")["results"][0]["id"]
    telegram.calls.clear()
    assert typed(telegram, known, "Kven leier NCE?")["results"][0]["id"] == first
    assert len(first) <= 64


def of(body: str, slug: str, published: str) -> Article:
    return Article(slug, "Tittel", "Utgiver", None, published, "nb", body)


def test_each_quote_has_a_card_best_first(telegram: TelegramStandIn) -> None:
    def ask(question: str, language: Language | None) -> Answer:
        older = of("Gro Hansen leder iKuben.", "eldre", "2012")
        agrees = of("Hilde Aspås er leder for iKuben.", "enig", "2016")
        quotes = (
            quote(),
            quote(older.body, "Gro Hansen", older, "older"),
            quote(agrees.body, "Hilde Aspås", agrees, "agrees"),
        )
        return answer(quotes=quotes)

    results = typed(telegram, ask, "hvem leder klyngen")["results"]
    assert [(result["title"], result["description"][:10]) for result in results] == [
        ("Hilde Aspås", "- NCE-stat"),
        ("Hilde Aspås", "Hilde Aspå"),
        ("Gro Hansen", "Gro Hansen"),
    ]
    origin = "Tittel\nUtgiver · "
    assert [seen(result) for result in results[1:]] == [
        "Hilde Aspås\n\nHilde Aspås er leder for iKuben.\n" + origin + "2016\n\n"
        "En eldre kilde (2012) sier noe annet: «Gro Hansen»",
        "Gro Hansen\n\nGro Hansen leder iKuben.\n" + origin + "2012\n\n"
        "En annen kilde (2017) sier noe annet: «Hilde Aspås»",
    ]
    assert seen(results[0]).endswith("En eldre kilde (2012) sier noe annet: «Gro Hansen»")


def test_maybe_says_so_in_the_list_and_in_the_card(telegram: TelegramStandIn) -> None:
    def ask(question: str, language: Language | None) -> Answer:
        return answer(verdict="maybe", suggestions=("Hva er NCE?",))

    [result] = typed(telegram, ask, "hvem leder klyngen")["results"]
    assert result["title"] == "Kanskje: Hilde Aspås"
    assert seen(result).startswith("Jeg er ikke sikker, men dette kan være svaret:\n\nHilde")
    assert len(result["reply_markup"]["inline_keyboard"]) == 1  # the suggestion needs a chat


def test_markup_characters_are_text(telegram: TelegramStandIn) -> None:
    body = "Klyngen <b>A & B</b> får 3 < 5 > 2 & mer,\n\n  og   noe {til}."

    def ask(question: str, language: Language | None) -> Answer:
        return answer(verdict="maybe", text=None, quotes=(quote(body, None, article(body)),))

    [result] = typed(telegram, ask, "hva får <A & B>?")["results"]
    assert result["title"] == ("Kanskje: Klyngen <b>A & B</b> får 3 < 5 > 2 & mer, og noe {til}.")
    assert body in seen(result)


def test_a_title_without_a_short_answer_is_the_beginning_of_the_quote(
    telegram: TelegramStandIn,
) -> None:
    def ask(question: str, language: Language | None) -> Answer:
        return answer(text=None, quotes=(quote(highlight=None),))

    [title] = titles(typed(telegram, ask, "hvorfor er status viktig"))
    assert title == ("- NCE-statusen er viktig for R&D i <hele> regionen, og vi gleder oss til …")


def test_no_answer_is_said_on_the_button(telegram: TelegramStandIn) -> None:
    call = typed(telegram, unknown, "kva er meininga")
    assert (call["results"], call["button"]) == ([], NOTHING)


def test_nothing_typed_shows_how(telegram: TelegramStandIn) -> None:
    call = typed(telegram, never, "  ")
    [result] = call["results"]
    assert call["button"] == HOW
    assert (result["title"], result["description"]) == ("Kven leier NCE iKuben?", NN.inline_hint)
    assert result["reply_markup"]["inline_keyboard"] == [
        [
            {
                "text": "Kven leier NCE iKuben?",
                "switch_inline_query_current_chat": "Kven leier NCE iKuben?",
            }
        ]
    ]


def test_two_letters_only_find_names(telegram: TelegramStandIn) -> None:
    call = typed(telegram, never, "ik")
    assert titles(call) == ["NCE iKuben"]
    assert call["button"] == HOW


def test_a_name_leads_on_to_a_question(telegram: TelegramStandIn) -> None:
    result = typed(telegram, known, "kven leier arena <sk")["results"][1]
    assert result["title"] == "Arena <Skog> & Ved"
    assert seen(result) == f"Arena <Skog> & Ved\n{NB.inline_name}"
    assert result["reply_markup"]["inline_keyboard"] == [
        [
            {
                "text": "Spør om Arena <Skog> & Ved",
                "switch_inline_query_current_chat": "Arena <Skog> & Ved ",
            }
        ],
        [{"text": NB.inline_chat, "url": "https://t.me/klyngesvar_bot?start=inline"}],
    ]


def test_a_half_name_is_made_whole(telegram: TelegramStandIn) -> None:
    asked = []

    def ask(question: str, language: Language | None) -> Answer:
        asked.append(question)
        return answer(question)

    call = typed(telegram, ask, "hvem leder iku?")
    assert asked == ["hvem leder NCE iKuben?"]
    assert titles(call) == ["Hilde Aspås", "NCE iKuben"]
    assert seen(call["results"][0]).startswith("hvem leder NCE iKuben?\n\nHilde Aspås\n\n")


@pytest.mark.parametrize(
    "text", ["hvem leder ar", "hvem leder iku da", "iku", "hvem leder iKuben?"]
)
def test_otherwise_the_question_stays_as_it_is(telegram: TelegramStandIn, text: str) -> None:
    asked = []

    def ask(question: str, language: Language | None) -> Answer:
        asked.append(question)
        return no_answer()

    typed(telegram, ask, text)
    assert asked == [text]


def test_telegram_cuts_a_query_after_256_characters(telegram: TelegramStandIn) -> None:
    asked = []

    def ask(question: str, language: Language | None) -> Answer:
        asked.append(question)
        return answer(question)

    assert titles(typed(telegram, ask, "x" * 300)) == ["Hilde Aspås"]
    assert asked == ["x" * 256]


def test_the_real_engine_answers(
    telegram: TelegramStandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = make_engine(tmp_path, monkeypatch)
    telegram.feed("inline_query", inline_query("Who leads iKub"))
    run_during(
        telegram,
        lambda text, language, memory: engine.reply(f"{text}?", language, memory),
        lambda: telegram.wait_for("answerInlineQuery"),
        engine.names.typed,
    )
    [call] = telegram.params("answerInlineQuery")
    assert titles(call) == ["Hilde Aspås", "NCE iKuben"]
    assert seen(call["results"][0]).startswith("Who leads NCE iKuben\n\nHilde Aspås\n\nHilde")


class Slow:
    """Holds the first question back until it may go on; notes all questions."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.may_go_on = threading.Event()

    def ask(self, question: str, language: Language | None) -> Answer:
        self.asked.append(question)
        assert self.may_go_on.wait(5)
        return answer(question)


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 5
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_of_what_is_typed_on_the_way_only_the_newest_is_worked_on(
    telegram: TelegramStandIn,
) -> None:
    slow = Slow()
    texts = [f"hvem leder{' iKuben'[:length]}" for length in (3, 4, 5, 6, 7)]

    def talk() -> None:
        telegram.feed("inline_query", inline_query(texts[0], 1))
        until(lambda: len(slow.asked) == 1)
        for number, text in enumerate(texts[1:], start=2):
            telegram.feed("inline_query", inline_query(text, number))
        until(lambda: telegram.confirmed == 106)
        time.sleep(0.1)  # until the bot has looked at the last of them
        slow.may_go_on.set()
        telegram.wait_for("answerInlineQuery", 2)

    metrics = run_during(telegram, forgetful(slow.ask), talk)
    answered = [call["inline_query_id"] for call in telegram.params("answerInlineQuery")]
    assert answered == ["i1", "i5"]
    assert slow.asked == [texts[0], texts[-1]]
    assert metrics.refused.values == {}
    assert metrics.waiting.values == {(): 0}


def test_another_user_s_query_drops_nothing(telegram: TelegramStandIn) -> None:
    slow = Slow()

    def talk() -> None:
        for number in (1, 2, 3):
            user = {**USER, "id": number}
            telegram.feed("inline_query", inline_query("hvem leder", number, user))
        until(lambda: len(slow.asked) == 1)
        slow.may_go_on.set()
        telegram.wait_for("answerInlineQuery", 3)

    run_during(telegram, forgetful(slow.ask), talk)
    answered = {call["inline_query_id"] for call in telegram.params("answerInlineQuery")}
    assert answered == {"i1", "i2", "i3"}


def test_who_deletes_what_was_typed_is_shown_how_and_nothing_is_looked_for(
    telegram: TelegramStandIn,
) -> None:
    slow = Slow()

    def talk() -> None:
        telegram.feed("inline_query", inline_query("hvem leder", 1, {**USER, "id": 8}))
        until(lambda: len(slow.asked) == 1)
        telegram.feed("inline_query", inline_query("hvem leder iKuben", 2))
        telegram.feed("inline_query", inline_query("", 3))
        telegram.wait_for("answerInlineQuery")  # the last one needs no turn
        slow.may_go_on.set()
        telegram.wait_for("answerInlineQuery", 2)

    run_during(telegram, forgetful(slow.ask), talk)
    answered = [call["inline_query_id"] for call in telegram.params("answerInlineQuery")]
    assert answered == ["i3", "i1"]
    assert slow.asked == ["hvem leder"]


def test_a_chat_goes_before_what_is_typed(telegram: TelegramStandIn) -> None:
    slow = Slow()

    def talk() -> None:
        telegram.feed("inline_query", inline_query("hvem leder", 1))
        until(lambda: len(slow.asked) == 1)
        telegram.feed("inline_query", inline_query("hva er", 2, {**USER, "id": 8}))
        chat, user = {**PRIVATE, "id": 9}, {**USER, "id": 9}
        telegram.feed("message", text_message("Kven?", chat, user))
        telegram.wait_for("sendChatAction")
        slow.may_go_on.set()
        telegram.wait_for("answerInlineQuery", 2)
        telegram.wait_for("sendMessage")

    run_during(telegram, forgetful(slow.ask), talk)
    assert slow.asked == ["hvem leder", "Kven?", "hva er"]


def test_what_is_typed_keeps_the_user_s_own_chat_waiting_for_nothing(
    telegram: TelegramStandIn,
) -> None:
    slow = Slow()

    def talk() -> None:
        telegram.feed("inline_query", inline_query("hvem leder"))
        until(lambda: len(slow.asked) == 1)
        telegram.feed("message", text_message("/about"))
        telegram.wait_for("sendMessage")
        slow.may_go_on.set()
        telegram.wait_for("answerInlineQuery")

    run_during(telegram, forgetful(slow.ask), talk)


def test_an_answer_that_comes_too_late_is_let_go(
    telegram: TelegramStandIn, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(telegram_standin, "QUERY_SECONDS", 0.0)
    telegram.feed("inline_query", inline_query("hvem leder"))
    run_during(telegram, forgetful(known), lambda: until(lambda: bool(telegram.refused)))
    assert "query is too old" in telegram.refused[0][1]
    assert [r for r in caplog.records if r.levelno >= logging.ERROR] == []


def test_what_has_waited_too_long_is_not_even_asked(
    telegram: TelegramStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inline, "PATIENCE", 0.05)
    slow = Slow()

    def talk() -> None:
        telegram.feed("inline_query", inline_query("hvem leder", 1))
        until(lambda: len(slow.asked) == 1)
        telegram.feed("inline_query", inline_query("hva er", 2, {**USER, "id": 8}))
        until(lambda: telegram.confirmed == 103)
        time.sleep(0.2)
        slow.may_go_on.set()
        telegram.wait_for("answerInlineQuery")

    run_during(telegram, forgetful(slow.ask), talk)
    assert slow.asked == ["hvem leder"]
    assert len(telegram.params("answerInlineQuery")) == 1


def test_an_error_is_logged_and_nobody_is_written_to(
    telegram: TelegramStandIn, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.feed("inline_query", inline_query("hemmelig spørsmål"))

    def break_down(question: str, language: Language | None) -> Answer:
        raise ValueError("broken")

    def talk() -> None:
        until(lambda: any(r.levelno >= logging.ERROR for r in caplog.records))

    run_during(telegram, forgetful(break_down), talk)
    assert [method for method, _ in telegram.calls] == ["deleteWebhook"]
    assert "hemmelig" not in caplog.text


def test_too_much_is_refused_without_a_word(
    telegram: TelegramStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "MOST_WAITING", 0)
    telegram.feed("inline_query", inline_query("hvem leder"))

    def talk() -> None:
        until(lambda: telegram.confirmed == 102)
        time.sleep(0.1)

    metrics = run_during(telegram, forgetful(never), talk)
    assert metrics.refused.values == {("busy",): 1}
    assert [method for method, _ in telegram.calls] == ["deleteWebhook"]


def journalled(file: Path) -> list[tuple[str, str]]:
    with sqlite3.connect(file) as database:
        return database.execute("SELECT question, verdict FROM questions").fetchall()


def test_only_what_is_sent_is_written_down(telegram: TelegramStandIn, tmp_path: Path) -> None:
    file = tmp_path / "journal.sqlite3"

    def talk() -> None:
        telegram.feed("inline_query", inline_query("hvem leder", 1))
        telegram.wait_for("answerInlineQuery")
        telegram.feed("inline_query", inline_query("ik", 2))
        [card], [name] = [call["results"] for call in telegram.wait_for("answerInlineQuery", 2)]
        assert journalled(file) == []
        for result, text in ((name, "ik"), (card, "hvem leder")):
            content = {"result_id": result["id"], "from": USER, "query": text}
            telegram.feed("chosen_inline_result", content)
        until(lambda: journalled(file) != [])

    run_during(telegram, forgetful(known), talk, NAMES.typed, file)
    assert journalled(file) == [("hvem leder", "answer")]


def test_the_frame_speaks_the_language_of_the_question(telegram: TelegramStandIn) -> None:
    def ask(question: str, language: Language | None) -> Answer:
        assert language == "nn"  # the user's, for questions that do not show theirs
        return answer(question, language="en", verdict="maybe")

    [result] = typed(telegram, ask, "who leads it")["results"]
    assert result["title"] == "Maybe: Hilde Aspås"
    assert result["reply_markup"]["inline_keyboard"][0][0]["text"] == EN.source


def test_a_card_that_is_sent_in_the_bot_s_own_chat_is_no_question(
    telegram: TelegramStandIn,
) -> None:
    def talk() -> None:
        telegram.feed("message", text_message("Hilde Aspås", via_bot=BOT))
        telegram.feed("message", text_message("/about"))
        telegram.wait_for("sendMessage")

    run_during(telegram, forgetful(never), talk)
    assert [call["text"] for call in telegram.params("sendMessage")] == [NN.about]


def test_nothing_is_remembered(telegram: TelegramStandIn) -> None:
    memories = []

    def ask(question: str, language: Language | None, memory: object) -> Reply:
        memories.append(memory)
        return Reply(answer(question), None, None)

    telegram.feed("inline_query", inline_query("hvem leder"))
    run_during(telegram, ask, lambda: telegram.wait_for("answerInlineQuery"))
    assert memories == [None]
