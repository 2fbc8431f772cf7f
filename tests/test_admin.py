from collections.abc import Iterator
from datetime import datetime
from time import time

import pytest
from fakes import GROUP, PRIVATE, USER, answer, no_answer, text_message
from talk import TOKEN, talk
from telegram_standin import Json, TelegramStandIn, read_html, read_png

from bot import admin
from bot.admin import unanswered_text
from bot.chart import BAR
from bot.database import Database
from bot.journal import DAY, Entry, Journal
from bot.metrics import Metrics
from bot.settings import Settings
from bot.source import Facts
from bot.texts import TEXTS, load_texts
from bot.votes import Votes

NB, NN, EN = load_texts(TEXTS).values()
BOSS: Json = {**USER, "language_code": "nb"}


@pytest.fixture
def telegram() -> Iterator[TelegramStandIn]:
    with TelegramStandIn(TOKEN) as stand_in:
        yield stand_in


def command(
    telegram: TelegramStandIn,
    text: str,
    database: Database | None = None,
    user: Json = BOSS,
    chat: Json = PRIVATE,
    metrics: Metrics | None = None,
    facts: Facts | None = None,
) -> list[tuple[str, Json]]:
    settings = Settings(TOKEN, telegram.url, admins=frozenset({7}))
    event = ("message", text_message(text, chat, user))
    return talk(
        telegram,
        lambda *_: answer(),
        event,
        settings=settings,
        database=database,
        metrics=metrics,
        facts=facts,
    )


@pytest.mark.parametrize("name", ["/stats", "/status", "/unanswered"])
def test_for_others_the_commands_are_unknown(telegram: TelegramStandIn, name: str) -> None:
    unknown = command(telegram, "/finnes_ikke", user={**USER, "id": 8})
    assert command(telegram, name, user={**USER, "id": 8}) == unknown
    assert unknown[0][1]["text"] == NN.help
    assert command(telegram, name, chat=GROUP) == []


def test_stats_are_figures_and_a_picture(telegram: TelegramStandIn) -> None:
    database = Database(None)
    now = [time() - 20 * DAY]
    journal, votes = Journal(database, clock=lambda: now[0]), Votes(database)
    journal.note(no_answer())
    now[0] = time()
    for user, vote in ((7, "up"), (8, "up"), (9, "wrong")):
        votes.cast(journal.note(answer()) or 0, user, vote)
    [(method, params)] = command(telegram, "/stats", database)
    assert (method, params["chat_id"]) == ("sendPhoto", 7)
    hours = [0] * 24
    hours[datetime.fromtimestamp(now[0] - 20 * DAY).hour] += 1
    hours[datetime.fromtimestamp(now[0]).hour] += 3
    busiest = sorted(enumerate(hours), key=lambda hour: -hour[1])[:2]
    assert read_html(params["caption"]).plain == (
        "Siste 7 dager: 3 spørsmål\nsvar 100 %, kanskje 0 %, ikke svar 0 %\n👍 2  👎 1\n"
        "halvparten innen 12 ms, 95 % innen 12 ms\n\n"
        "Siste 30 dager: 4 spørsmål\nsvar 75 %, kanskje 0 %, ikke svar 25 %\n👍 2  👎 1\n"
        "halvparten innen 12 ms, 95 % innen 12 ms\n\n"
        "Travlest: " + ", ".join(f"kl. {hour} ({count})" for hour, count in busiest if count)
    )
    width, _, rows = read_png(params["photo"])
    bars = [sum(row[16 + 32 * hour + 6] == BAR for row in rows) for hour in range(24)]
    assert width == 24 * 32 + 32
    assert bars == [240 * count // max(hours) for count in hours]


def test_without_questions_there_are_no_stats(telegram: TelegramStandIn) -> None:
    [(method, params)] = command(telegram, "/stats")
    assert (method, params["text"]) == ("sendMessage", NB.stats_empty)


def test_status_says_what_answers_for_how_long_and_how_many_wait(
    telegram: TelegramStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = iter([100.0, 100.0 + ((2 * 24 + 3) * 60 + 4) * 60 + 5])
    monkeypatch.setattr(admin, "monotonic", lambda: next(times))
    facts = Facts("c0ffee", 64, "intfloat/<e5>", "shipped")
    metrics = Metrics()
    metrics.waiting.add(amount=3)
    [(_, params)] = command(telegram, "/status", metrics=metrics, facts=facts)
    assert read_html(params["text"]).plain.splitlines() == [
        "versjon: –",
        "forrige: –",
        "indeks: c0ffee",
        "artikler: 64",
        "språkmodell: intfloat/<e5>",
        "leser: shipped",
        "oppetid: 2 d 3 t 4 min",
        "i kø: 3",
    ]


def test_unanswered_lists_questions_with_their_reasons(telegram: TelegramStandIn) -> None:
    database = Database(None)
    journal, votes = Journal(database), Votes(database)
    for _ in range(2):
        journal.note(no_answer())
    votes.cast(journal.note(answer("Hva er R&D\ni <Eyde>?")) or 0, 8, "old")
    [(_, params)] = command(telegram, "/unanswered", database)
    assert read_html(params["text"]).plain == (
        "Spørsmål uten godt svar, siste 30 dager\n\n"
        "2  Hvem leder NCE iKuben? (ikke svar 2)\n"
        "1  Hva er R&D i <Eyde>? (utdatert 1)"
    )


def test_when_all_is_answered_it_says_so(telegram: TelegramStandIn) -> None:
    [(_, params)] = command(telegram, "/unanswered")
    assert params["text"] == NB.unanswered_none.format(days=30)


def test_the_longest_list_fits_in_one_message() -> None:
    votes = ("down", "wrong", "source", "old", "unclear")
    entries = [Entry(0, "🚀" * 990 + str(n), "nb", "maybe", 1, votes) for n in range(30)]
    for words in (NB, NN, EN):
        plain = read_html(unanswered_text(entries, 30, words)).plain
        assert len(plain.splitlines()) == 12
        assert len(plain.encode("utf-16-le")) <= 2 * 4096
