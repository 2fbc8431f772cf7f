import sqlite3
from collections.abc import Iterator

import pytest
from fakes import GROUP, PRIVATE, USER, answer, message, no_answer, text_message
from talk import TOKEN, talk
from telegram_standin import BOT, Json, TelegramStandIn

from bot.database import Database
from bot.journal import Journal
from bot.metrics import Metrics
from bot.texts import TEXTS, load_texts
from bot.votes import Votes

NB, EN = load_texts(TEXTS)["nb"], load_texts(TEXTS)["en"]
SOURCE = [{"text": "Åpne kilden", "url": "https://x.no/"}]
SUGGESTION = [{"text": "Hva er NCE?", "callback_data": "ask1"}]
VOTE = [
    {"text": "👍", "callback_data": "vote:1:up"},
    {"text": "👎", "callback_data": "vote:1:down"},
]
WHY = [
    [
        {"text": "Feil svar", "callback_data": "vote:1:wrong"},
        {"text": "Feil kilde", "callback_data": "vote:1:source"},
    ],
    [
        {"text": "Utdatert", "callback_data": "vote:1:old"},
        {"text": "Forsto meg ikke", "callback_data": "vote:1:unclear"},
    ],
    [{"text": "👍", "callback_data": "vote:1:up"}],
]


@pytest.fixture
def telegram() -> Iterator[TelegramStandIn]:
    with TelegramStandIn(TOKEN) as stand_in:
        yield stand_in


@pytest.fixture
def database() -> Database:
    """With one answer in it, whose number is 1."""
    base = Database(None)
    Journal(base).note(answer())
    return base


def vote(
    telegram: TelegramStandIn,
    database: Database,
    data: str,
    rows: list[list[Json]],
    user: Json = USER,
    metrics: Metrics | None = None,
) -> list[tuple[str, Json]]:
    under = message(user=BOT, text="...", reply_markup={"inline_keyboard": rows})
    press = {"id": "q1", "from": user, "chat_instance": "1", "data": data, "message": under}
    return talk(
        telegram,
        lambda *_: answer(),
        ("callback_query", press),
        database=database,
        metrics=metrics,
    )


def confirmed(text: str, alert: bool = False) -> tuple[str, Json]:
    return "answerCallbackQuery", {
        "callback_query_id": "q1",
        "text": text,
        "show_alert": alert,
    }


def edited(rows: list[list[Json]]) -> tuple[str, Json]:
    return "editMessageReplyMarkup", {
        "chat_id": 7,
        "message_id": 1,
        "reply_markup": {"inline_keyboard": rows},
    }


def counted(database: Database) -> list[str]:
    return sorted(vote for entry in Journal(database).last(1) for vote in entry.votes)


@pytest.mark.parametrize("chat", [PRIVATE, GROUP])
def test_an_answer_can_be_voted_on_and_no_answer_can_not(
    telegram: TelegramStandIn, chat: Json
) -> None:
    known = [("message", text_message("/ask Hvem leder NCE iKuben?", chat))]
    [(_, params)] = talk(telegram, lambda *_: answer(suggestions=("Hva er NCE?",)), *known)
    [_source, _context, _share, [suggestion], votes] = params["reply_markup"]["inline_keyboard"]
    assert (suggestion["text"], votes) == ("Hva er NCE?", VOTE)
    [(_, params)] = talk(telegram, lambda *_: no_answer(), *known)
    assert "reply_markup" not in params


def test_a_vote_for_is_counted_and_thanked_for(
    telegram: TelegramStandIn, database: Database
) -> None:
    metrics = Metrics()
    calls = vote(telegram, database, "vote:1:up", [SOURCE, SUGGESTION, VOTE], metrics=metrics)
    assert calls == [confirmed(NB.vote_thanks)]
    assert telegram.refused == []  # an edit that changes nothing would be
    assert counted(database) == ["up"]
    assert metrics.votes.values == {("up",): 1.0}


def test_a_vote_against_asks_why_and_then_thanks(
    telegram: TelegramStandIn, database: Database
) -> None:
    calls = vote(telegram, database, "vote:1:down", [SOURCE, SUGGESTION, VOTE])
    assert calls == [confirmed(NB.vote_why), edited([SOURCE, SUGGESTION, *WHY])]
    assert counted(database) == ["down"]
    calls = vote(telegram, database, "vote:1:old", [SOURCE, SUGGESTION, *WHY])
    assert calls == [confirmed(NB.vote_thanks), edited([SOURCE, SUGGESTION, VOTE])]
    assert counted(database) == ["old"]


def test_a_user_has_one_vote_on_a_card_and_others_have_theirs(
    telegram: TelegramStandIn, database: Database
) -> None:
    for data in ("vote:1:down", "vote:1:wrong", "vote:1:up"):
        vote(telegram, database, data, [VOTE])
    assert counted(database) == ["up"]
    vote(telegram, database, "vote:1:source", [VOTE], user={**USER, "id": 8})
    assert counted(database) == ["source", "up"]


def test_votes_of_a_user_show_neither_the_user_nor_that_they_belong_together() -> None:
    databases = Database(None), Database(None)
    for database in databases:
        journal, cast = Journal(database), Votes(database).cast
        for _ in range(2):
            cast(journal.note(answer()) or 0, 7, "up")
    marks = [
        voter for database in databases for (voter,) in database.read("SELECT voter FROM votes")
    ]
    assert len(set(marks)) == 4
    again = Votes(databases[0])  # the bot is started anew
    again.cast(1, 7, "down")
    assert databases[0].read("SELECT card, vote FROM votes ORDER BY card") == [
        (1, "down"),
        (2, "up"),
    ]


def test_a_vote_on_what_is_no_longer_kept_says_so(telegram: TelegramStandIn) -> None:
    english = {**USER, "language_code": "en"}
    calls = vote(telegram, Database(None), "vote:1:up", [VOTE], english)
    assert calls == [confirmed(EN.gone, alert=True)]


def test_a_vote_that_can_not_be_written_says_so(
    telegram: TelegramStandIn, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(Votes, "cast", full)
    assert vote(telegram, database, "vote:1:up", [VOTE]) == [confirmed(NB.error, alert=True)]


def test_a_press_too_old_to_confirm_counts(telegram: TelegramStandIn, database: Database) -> None:
    telegram.fail_next("answerCallbackQuery", 400)
    assert vote(telegram, database, "vote:1:down", [VOTE]) == [edited(WHY)]
    assert counted(database) == ["down"]
