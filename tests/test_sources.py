from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from driver import TOKEN, Driver, keys, plain
from fake_engine import make_engine
from fakes import GROUP, PRIVATE, USER, answer, article, forgetful, no_answer, quote, text_message
from telegram_standin import BOT, Json, TelegramStandIn, read_html

from bot.texts import TEXTS, load_texts
from index.answer import Answer
from index.departures import Departure
from index.followup import Memory, Reply
from knowledge.articles import Language

NN = load_texts(TEXTS)["nn"]
OLA: Json = {"id": 8, "is_bot": False, "first_name": "Ola", "language_code": "en"}

NOW = article("Innledning.\n\nKari Ås leder klyngen. Hun er ny & <glad>.\n\nSlutt.")
NOW = replace(NOW, published="2025-03")
THEN = article("Per Øy leder klyngen.", published="2019", url="https://x.no/2019")
ALSO = article("Leder er Kari Ås.", published=None, url=None)
QUOTES = (
    quote("Kari Ås leder klyngen.", "Kari Ås", NOW),
    quote("Per Øy leder klyngen.", "Per Øy", THEN, "older"),
    quote("Leder er Kari Ås.", "Kari Ås", ALSO, "agrees"),
)
THREE = replace(answer("Hvem leder?", "nb", text="Kari Ås", quotes=QUOTES), is_role=True)
CONFIRMED = ("answerCallbackQuery", {"callback_query_id": "q1", "show_alert": False})
GONE = ("answerCallbackQuery", {"callback_query_id": "q1", "text": NN.gone, "show_alert": True})

FIRST = (
    "Kari Ås\n\nKari Ås leder klyngen.\nNy status for klyngene\nEyde-klyngen · mars 2025\n\n"
    "En eldre kilde (2019) sier noe annet: «Per Øy»"
)
SECOND = (
    "En eldre kilde sier noe annet:\n\nPer Øy\n\nPer Øy leder klyngen.\n"
    "Ny status for klyngene\nEyde-klyngen · 2019\n\nKilden er fra 2019 og er sju år gammel."
)
THIRD = (
    "En kilde til sier det samme:\n\nKari Ås\n\nLeder er Kari Ås.\n"
    "Ny status for klyngene\nEyde-klyngen · udatert"
)


def three(question: str, language: Language | None) -> Answer:
    return THREE


@pytest.fixture
def telegram() -> Iterator[TelegramStandIn]:
    with TelegramStandIn(TOKEN) as stand_in:
        yield stand_in


def test_a_card_goes_round_its_quotes(telegram: TelegramStandIn) -> None:
    with Driver(telegram, forgetful(three)) as bot:
        [card] = bot.say(text_message("Hvem leder?"))
        assert plain(card) == FIRST
        assert keys(card)["Flere kilder 1/3"]["callback_data"] == "more:1:1"
        shown = []
        for number in (1, 2, 0):
            confirmed, card = bot.press(f"more:1:{number}", PRIVATE, USER)
            assert (confirmed, card[0]) == (CONFIRMED, "editMessageText")
            shown.append((plain(card), [*keys(card)][:-4]))
            assert [*keys(card)][-4:] == ["Del", "Kopier lenke", "👍", "👎"]
        assert card[1]["message_id"] == telegram.last_message(7)["message_id"]
    assert shown == [
        (SECOND, ["Åpne kilden", "Flere kilder 2/3"]),
        (THIRD, ["Flere kilder 3/3"]),
        (FIRST, ["Åpne kilden", "Flere kilder 1/3", "Vis sammenhengen"]),
    ]
    assert telegram.refused == []


def test_the_context_comes_and_goes(telegram: TelegramStandIn) -> None:
    with Driver(telegram, forgetful(three)) as bot:
        bot.say(text_message("Hvem leder?"))
        _, around = bot.press("context:1:0", PRIVATE, USER)
        [back] = [key for text, key in keys(around).items() if text == "Vis bare sitatet"]
        _, again = bot.press(back["callback_data"], PRIVATE, USER)
    assert read_html(around[1]["text"]).tagged[1:3] == (
        ("b", "Kari Ås leder klyngen."),
        ("blockquote expandable", "Kari Ås leder klyngen. Hun er ny & <glad>."),
    )
    assert plain(again) == FIRST
    assert keys(again)["Vis sammenhengen"]["callback_data"] == "context:1:0"


def test_a_press_changes_neither_journal_nor_memory(telegram: TelegramStandIn) -> None:
    asked = []

    def reply(question: str, language: Language | None, memory: Memory | None) -> Reply:
        asked.append((question, language, memory and memory.text))
        return Reply(THREE, None, Memory(question, "nb", "NCE", (0, 1), is_latest=True))

    with Driver(telegram, reply) as bot:
        bot.say(text_message("Hvem leder?"))
        bot.press("more:1:1", PRIVATE, USER)
        bot.press("context:1:1", PRIVATE, USER)
        [card] = bot.say(text_message("Og nå?"))
    assert asked == [
        ("Hvem leder?", "nn", None),
        ("Hvem leder?", "nb", None),
        ("Hvem leder?", "nb", None),
        ("Og nå?", "nn", "Hvem leder?"),
    ]
    assert keys(card)["Flere kilder 1/3"]["callback_data"] == "more:2:1"


def test_anybody_in_a_group_may_press_even_after_a_restart(
    telegram: TelegramStandIn, tmp_path: Path
) -> None:
    journal = tmp_path / "journal.sqlite3"
    with Driver(telegram, forgetful(three), journal) as bot:
        bot.say(text_message("/ask Hvem leder?", GROUP))
    with Driver(telegram, forgetful(three), journal) as bot:
        _, card = bot.press("more:1:1", GROUP, OLA)
    assert (card[1]["chat_id"], plain(card)) == (-70, SECOND)  # in the language of the question


def test_a_follow_up_is_found_again_whole(
    telegram: TelegramStandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = make_engine(tmp_path, monkeypatch)
    with Driver(telegram, engine.reply) as bot:
        bot.say(text_message("Who leads NCE iKuben?"))
        [card] = bot.say(text_message("and where are they based?"))
        assert plain(card).startswith("NCE iKuben · where based\n\nMolde\n\nNCE iKuben holder til")
        assert keys(card)["Share"]["switch_inline_query"] == "where are NCE iKuben based?"
        assert telegram.refused == []
        assert bot.press("more:2:0", PRIVATE, OLA) == [CONFIRMED]
    [(method, reason)] = telegram.refused  # the very same card, buttons and all
    assert (method, reason[:36]) == ("editMessageText", "Bad Request: message is not modified")


def test_what_the_journal_no_longer_has_is_gone(telegram: TelegramStandIn) -> None:
    with Driver(telegram, forgetful(three)) as bot:
        bot.say(text_message("Hvem leder?"))
        assert bot.press("more:2:1", PRIVATE, USER) == [GONE]
        assert bot.press("context:999999999999999999:1", PRIVATE, USER) == [GONE]


def test_a_message_that_telegram_no_longer_shows_is_gone(telegram: TelegramStandIn) -> None:
    with Driver(telegram, forgetful(three)) as bot:
        bot.say(text_message("Hvem leder?"))
        old = {"message_id": 1, "date": 0, "chat": PRIVATE}  # how Telegram sends it
        pressed = {"id": "q1", "from": USER, "chat_instance": "1", "data": "more:1:1"}
        assert bot.hear("callback_query", {**pressed, "message": old}) == [GONE]


def test_two_presses_at_once_are_survived(
    telegram: TelegramStandIn, caplog: pytest.LogCaptureFixture
) -> None:
    with Driver(telegram, forgetful(three)) as bot:
        bot.say(text_message("Hvem leder?"))
        bot.press("more:1:1", PRIVATE, USER)
        assert bot.press("more:1:1", PRIVATE, USER) == [CONFIRMED]
    assert [reason.partition(":")[2][:24] for _, reason in telegram.refused] == [
        " message is not modified"
    ]
    assert caplog.records == []


def test_a_card_that_is_deleted_meanwhile_is_survived(
    telegram: TelegramStandIn, caplog: pytest.LogCaptureFixture
) -> None:
    with Driver(telegram, forgetful(three)) as bot:
        bot.say(text_message("Hvem leder?"))
        telegram.fail_next("editMessageText", 400, description="message to edit not found")
        assert bot.press("more:1:1", PRIVATE, USER) == [CONFIRMED]
        telegram.fail_next("editMessageText", 400, description="message can't be edited")
        assert bot.press("more:1:1", PRIVATE, USER) == [CONFIRMED]
    assert len(telegram.refused) == 2
    assert caplog.records == []


def test_an_answer_that_is_none_by_now_says_so(telegram: TelegramStandIn) -> None:
    answers = iter([THREE, no_answer()])
    with Driver(telegram, forgetful(lambda *_: next(answers))) as bot:
        bot.say(text_message("Hvem leder?"))
        _, card = bot.press("more:1:1", PRIVATE, USER)
    assert plain(card) == "Det finner jeg ikke svar på i kildene mine."


def test_without_inline_mode_there_is_nothing_to_share_with(
    telegram: TelegramStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(BOT, "supports_inline_queries", False)
    with Driver(telegram, forgetful(three)) as bot:
        [card] = bot.say(text_message("Hvem leder?"))
    assert [*keys(card)][2:] == ["Vis sammenhengen", "Kopier lenke", "👍", "👎"]


def test_a_quote_that_is_all_of_its_article_has_no_context(telegram: TelegramStandIn) -> None:
    lone = answer(quotes=(quote("Leder er Kari Ås.", "Kari Ås", ALSO),))
    with Driver(telegram, forgetful(lambda *_: lone)) as bot:
        [card] = bot.say(text_message("Hvem leder?"))
    assert [*keys(card)] == ["Del", "Kopier lenke", "👍", "👎"]


def test_who_has_left_is_told_under_the_answer_and_not_under_others(
    telegram: TelegramStandIn,
) -> None:
    left = Departure("Kari Ås", "leder", 2020, 2025, None)
    told = load_texts(TEXTS)["nb"].left.format(
        name="Kari Ås", role="leder", years="2020–2025", source=load_texts(TEXTS)["nb"].left_source
    )
    with Driver(telegram, lambda *_: Reply(THREE, None, None, departure=left)) as bot:
        [first] = bot.say(text_message("Hvem leder?"))
        turned = [bot.press(f"more:1:{number}", PRIVATE, USER)[1] for number in (1, 2)]
    assert [told in plain(card) for card in (first, *turned)] == [True, False, True]


def test_the_card_turns_in_the_language_that_was_chosen(telegram: TelegramStandIn) -> None:
    with Driver(telegram, forgetful(three)) as bot:
        bot.say(text_message("/language"))
        bot.press("language:en", PRIVATE, USER)
        [first] = bot.say(text_message("Hvem leder?"))
        _, turned = bot.press("more:1:1", PRIVATE, USER)
    assert "More sources 1/3" in keys(first)
    assert plain(turned).startswith(load_texts(TEXTS)["en"].older_source)
