import asyncio
import socket
from collections.abc import Iterator

import pytest
from fake_library import serving
from fakes import PRIVATE, forgetful
from telegram.error import (
    BadRequest,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram_standin import HANG_UP, TOO_LATE, TelegramStandIn
from test_metrics import series

from bot import transport
from bot.app import build_application
from bot.metrics import Metrics
from bot.settings import Settings
from bot.source import Source
from bot.transport import PollingRequest, is_reachable
from index.answer import Answer
from knowledge.articles import Language

TOKEN = "4242:hemmelig"


@pytest.fixture
def telegram() -> Iterator[TelegramStandIn]:
    with TelegramStandIn(TOKEN) as stand_in:
        stand_in.know(PRIVATE)
        yield stand_in


@forgetful
def never(question: str, language: Language | None) -> Answer:
    raise AssertionError(question)


def send(url: str, *texts: str) -> dict[str, float]:
    """Let the bot send messages at once, and tell what it counted."""
    metrics = Metrics()

    async def run() -> None:
        application = build_application(Settings(TOKEN, url), serving(Source(never)), metrics)
        async with application.bot.request:
            await asyncio.gather(*(application.bot.send_message(7, text) for text in texts))

    asyncio.run(run())
    return series(metrics.text())


def texts(telegram: TelegramStandIn) -> list[str]:
    return [call["text"] for call in telegram.params("sendMessage")]


@pytest.fixture
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "PAUSES", (0.01,) * 5)


def test_the_pauses_make_five_minutes() -> None:
    assert sum(transport.PAUSES) == 301


@pytest.mark.usefixtures("_short_pauses")
def test_an_answer_waits_for_telegram_to_come_back(telegram: TelegramStandIn) -> None:
    for status in (500, 502, 500, 502):
        telegram.fail_next("sendMessage", status)
    telegram.fail_next("sendMessage", 429, retry_after=1)
    metrics = send(telegram.url, "Hei")
    assert texts(telegram) == ["Hei"]
    counts = {name: count for name, count in metrics.items() if "sendMessage" in name}
    name = 'klyngesvar_telegram_errors_total{method="sendMessage",error='
    assert counts == {f'{name}"429"}}': 1, f'{name}"500"}}': 2, f'{name}"502"}}': 2}


def test_the_names_of_files_are_no_methods(telegram: TelegramStandIn) -> None:
    metrics = Metrics()

    async def run() -> None:
        application = build_application(
            Settings(TOKEN, telegram.url), serving(Source(never)), metrics
        )
        async with application.bot.request as request:
            with pytest.raises(InvalidToken):
                await request.retrieve(f"{telegram.url}/file/bot{TOKEN}/documents/rapport.pdf")

    asyncio.run(run())
    errors = {name for name in series(metrics.text()) if "telegram_errors" in name}
    assert errors == {'klyngesvar_telegram_errors_total{method="download",error="404"}'}


def test_an_answer_waits_for_the_network_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "PAUSES", (0.2,) * 20)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    async def run() -> list[str]:
        settings = Settings(TOKEN, f"http://127.0.0.1:{port}")
        application = build_application(settings, serving(Source(never)))
        async with application.bot.request:
            sending = asyncio.create_task(application.bot.send_message(7, "Hei"))
            await asyncio.sleep(0.3)
            assert not sending.done()
            with TelegramStandIn(TOKEN, port) as telegram:
                telegram.know(PRIVATE)
                await sending
                return texts(telegram)

    assert asyncio.run(run()) == ["Hei"]


@pytest.mark.usefixtures("_short_pauses")
@pytest.mark.parametrize(
    ("status", "wait", "error", "sent"),
    [
        (400, None, BadRequest, []),
        (429, 301, RetryAfter, []),
        (HANG_UP, None, NetworkError, []),
        (TOO_LATE, None, TimedOut, ["Hei"]),  # once, although no reply came
    ],
)
def test_what_telegram_refuses_or_may_have_done_is_not_repeated(
    telegram: TelegramStandIn,
    status: int,
    wait: int | None,
    error: type[TelegramError],
    sent: list[str],
) -> None:
    telegram.fail_next("sendMessage", status, wait)
    with pytest.raises(error):
        send(telegram.url, "Hei")
    assert texts(telegram) == sent


@pytest.mark.usefixtures("_short_pauses")
def test_typing_is_not_repeated(telegram: TelegramStandIn) -> None:
    async def run() -> None:
        application = build_application(Settings(TOKEN, telegram.url), serving(Source(never)))
        async with application.bot.request:
            await application.bot.send_chat_action(7, "typing")

    telegram.fail_next("sendChatAction", 429, retry_after=1)
    with pytest.raises(RetryAfter):
        asyncio.run(run())


def test_whether_telegram_is_reachable(
    telegram: TelegramStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    metrics = Metrics()

    async def run() -> list[bool]:
        application = build_application(
            Settings(TOKEN, telegram.url), serving(Source(never)), metrics
        )
        async with application.bot.request:
            for _ in range(2):
                telegram.fail_next("getMe", 502)
            found = [await is_reachable(metrics, application.bot)]  # asks, in vain
            await application.bot.send_message(7, "Hei")
            found.append(await is_reachable(metrics, application.bot))  # knows
            monkeypatch.setattr(transport, "FRESH_SECONDS", 0)
            return [*found, *[await is_reachable(metrics, application.bot) for _ in range(2)]]

    assert asyncio.run(run()) == [False, True, False, True]


@pytest.mark.parametrize("payload", ["[]", "null", '"hei"', "5", "{}", '{"ok": true}', "<html>"])
def test_what_is_not_telegram_s_reply_makes_polling_pause(payload: str) -> None:
    with pytest.raises(TelegramError):
        PollingRequest.parse_json_payload(payload.encode())


def test_only_updates_are_left_of_a_reply() -> None:
    read = PollingRequest.parse_json_payload
    assert read(b'{"ok": true, "result": [1, "hei", null, [], {}, {"update_id": 5}]}') == {
        "ok": True,
        "result": [{"update_id": 5}],
    }
    refusal = b'{"ok": false, "error_code": 409, "description": "Conflict"}'
    assert read(refusal)["description"] == "Conflict"
