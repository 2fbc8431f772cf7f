"""The bot as a process of its own, between the stand-in for Telegram and HTTP clients."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from fakes import PRIVATE, USER, answer, text_message
from telegram_standin import HANG_UP, Json, TelegramStandIn
from test_metrics import series

from bot.database import Database
from bot.journal import DAY, Asked, Journal

TOKEN = "4242:AAH-hemmelig_token"
ROOT = Path(__file__).parent.parent
QUESTION = "Hvem leder den hemmelige klyngen?"

SCRIPT = """
import os, sys, time
from bot import transport
from bot.running import run
from bot.settings import Settings
from bot.source import Facts, Source
from fake_library import FakeLibrary, make_versions
from fakes import answer, forgetful
from knowledge.errors import KlyngesvarError

if "PAUSES" in os.environ:
    transport.PAUSES = (0.2,) * int(os.environ["PAUSES"])

def ask(question, language):
    time.sleep(0.5)
    return answer()

def load(version):
    time.sleep(float(os.environ.get("LOADING", "0")))
    if "BROKEN" in os.environ:
        raise KlyngesvarError("the articles are broken")
    return Source(forgetful(ask), facts=Facts("c0ffee"))

try:
    run(Settings.from_environment(os.environ), FakeLibrary(make_versions(), load))
except KlyngesvarError as error:
    sys.exit(str(error))
"""


@dataclass
class Bot:
    """A running bot."""

    process: subprocess.Popen[str]
    address: str  # of its HTTP server
    log: str = ""

    def get(self, path: str) -> tuple[int, str]:
        response = httpx.get(self.address + path)
        return response.status_code, response.text

    def ready(self) -> tuple[int, Json]:
        status, body = self.get("/readyz")
        return status, json.loads(body)

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + 10
        while (found := self.ready())[0] != 200:
            assert time.monotonic() < deadline, found
            time.sleep(0.05)

    def metrics(self) -> dict[str, float]:
        return series(self.get("/metrics")[1])

    def stop(self, with_signal: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(with_signal)
        self.log += self.process.communicate(timeout=10)[1]
        return self.process.returncode


def start(telegram: TelegramStandIn, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT],
        stderr=subprocess.PIPE,
        text=True,
        env={
            **os.environ,
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}",
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": telegram.url,
            "KLYNGESVAR_PORT": "0",
            **environment,
        },
    )


@contextmanager
def running(telegram: TelegramStandIn, **environment: str) -> Iterator[Bot]:
    """A bot whose HTTP server has said where it listens; killed if the test does not stop it."""
    with start(telegram, **environment) as process:
        try:
            assert process.stderr is not None
            line = process.stderr.readline()
            found = re.search(r"http://127\.0\.0\.1:\d+", line)
            assert found, line + process.communicate(timeout=10)[1]
            yield Bot(process, found.group(), line)
        finally:
            process.kill()


@pytest.fixture
def telegram() -> Iterator[TelegramStandIn]:
    with TelegramStandIn(TOKEN) as stand_in:
        yield stand_in


def chat_message(number: int, text: str = QUESTION) -> Json:
    """A message in the private chat of another user."""
    return text_message(text, {**PRIVATE, "id": number}, {**USER, "id": number})


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_after_the_accepted_questions(
    telegram: TelegramStandIn, stop: signal.Signals
) -> None:
    with running(telegram) as bot:
        bot.wait_until_ready()
        for number in (7, 8, 9):
            telegram.feed("message", chat_message(number))
        telegram.wait_for("sendChatAction", 3)
        assert bot.stop(stop) == 0
    assert [call["chat_id"] for call in telegram.params("sendMessage")] == [7, 8, 9]
    assert telegram.confirmed == 104
    assert len(telegram.params("setMyCommands")) == 4
    assert "Stopping after what has been accepted" in bot.log
    assert "Application.stop() complete" in bot.log
    assert "Traceback" not in bot.log


def test_a_signal_while_telegram_is_away_waits_for_it(telegram: TelegramStandIn) -> None:
    with running(telegram, PAUSES="50") as bot:
        bot.wait_until_ready()
        for number in (7, 8):
            telegram.feed("message", chat_message(number))
        telegram.wait_for("sendChatAction", 2)
        with telegram.away():
            bot.process.send_signal(signal.SIGTERM)
            with pytest.raises(subprocess.TimeoutExpired):
                bot.process.wait(timeout=2)
            assert telegram.params("sendMessage") == []
        assert bot.process.wait(timeout=10) == 0
        log = bot.process.communicate()[1]
    assert sorted(call["chat_id"] for call in telegram.params("sendMessage")) == [7, 8]
    assert log.count("Telegram was not told what was taken (httpx.ConnectError") == 1
    assert "Traceback" not in log


def test_a_telegram_that_stays_away_does_not_keep_it_for_ever(telegram: TelegramStandIn) -> None:
    with running(telegram, PAUSES="5") as bot:
        bot.wait_until_ready()
        telegram.feed("message", chat_message(7))
        telegram.wait_for("sendChatAction")
        with telegram.away():
            started = time.monotonic()
            assert bot.stop() == 0
            assert time.monotonic() - started > 2  # a second for the answer, one for the apology
    assert telegram.params("sendMessage") == []
    assert bot.log.count("Something went wrong") == 1


def test_a_second_signal_stops_it_at_once(telegram: TelegramStandIn) -> None:
    with running(telegram) as bot:
        bot.wait_until_ready()
        for number in range(7, 17):  # five seconds' work
            telegram.feed("message", chat_message(number))
        telegram.wait_for("sendChatAction", 10)
        bot.process.send_signal(signal.SIGTERM)
        while bot.ready()[1]["updates"]:
            time.sleep(0.01)
        assert bot.stop() == -signal.SIGTERM
    assert len(telegram.params("sendMessage")) < 5


def test_content_that_cannot_be_loaded_stops_the_start(telegram: TelegramStandIn) -> None:
    with start(telegram, BROKEN="1") as bot:
        log = bot.communicate(timeout=10)[1]
    assert (bot.returncode, log.splitlines()[-1]) == (1, "the articles are broken")
    assert telegram.calls == []


def test_ready_means_loaded_and_connected_and_alive_does_not(telegram: TelegramStandIn) -> None:
    with running(telegram, LOADING="1") as bot:
        assert bot.get("/healthz") == (200, "ok\n")
        assert bot.ready() == (503, {"index": False, "telegram": False, "updates": False})
        bot.wait_until_ready()
        assert bot.ready() == (200, {"index": True, "telegram": True, "updates": True})
        assert bot.get("/") == (404, "Not Found\n")
        assert bot.stop() == 0


def test_the_image_s_health_check_asks_the_bot(telegram: TelegramStandIn) -> None:
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", "")
    check = re.search(r"^HEALTHCHECK .* CMD (\[.*\])$", dockerfile, re.MULTILINE)
    assert check
    python, *arguments = json.loads(check.group(1))
    assert python == "python"

    def exit_code(port: str) -> int:
        environment = {**os.environ, "KLYNGESVAR_PORT": port}
        command = [sys.executable, *arguments]
        return subprocess.run(
            command, env=environment, capture_output=True, check=False
        ).returncode

    with running(telegram) as bot:
        port = bot.address.rpartition(":")[2]
        assert exit_code(port) == 0
        bot.wait_until_ready()
        assert bot.stop() == 0
    assert exit_code(port) == 1


def test_the_metrics_tell_what_has_happened(telegram: TelegramStandIn) -> None:
    with running(telegram) as bot:
        bot.wait_until_ready()
        telegram.fail_next("sendChatAction", 500)
        telegram.feed("message", chat_message(7))
        telegram.wait_for("sendMessage")
        metrics = bot.metrics()
        assert bot.stop() == 0
    assert metrics['klyngesvar_questions_total{verdict="answer",language="nb"}'] == 1
    assert metrics['klyngesvar_answer_seconds_bucket{le="0.3"}'] == 0
    assert metrics['klyngesvar_answer_seconds_bucket{le="1"}'] == 1
    assert metrics['klyngesvar_telegram_errors_total{method="sendChatAction",error="500"}'] == 1
    assert metrics['klyngesvar_index_info{version="c0ffee"}'] == 1
    assert abs(metrics["klyngesvar_telegram_heard_seconds"] - time.time()) < 10


@pytest.mark.parametrize("style", ["text", "json"])
def test_the_log_holds_neither_the_token_nor_the_question(
    telegram: TelegramStandIn, style: str
) -> None:
    with running(telegram, KLYNGESVAR_LOG_FORMAT=style) as bot:
        bot.wait_until_ready()
        telegram.fail_next("sendMessage", 400)
        telegram.feed("message", chat_message(7))
        telegram.wait_for("sendMessage")  # that something went wrong
        telegram.feed("message", chat_message(8))
        telegram.wait_for("sendMessage", 2)
        assert bot.stop() == 0
    assert "Something went wrong" in bot.log
    assert re.search(r"verdict(=|\": \")answer", bot.log)
    assert "hemmelig" not in bot.log
    assert "Hilde" not in bot.log
    if style == "json":
        assert {"time", "level", "logger", "message"} <= set.intersection(
            *(set(json.loads(line)) for line in bot.log.splitlines())
        )


def test_what_is_too_old_is_deleted_at_the_start(
    telegram: TelegramStandIn, tmp_path: Path
) -> None:
    file = tmp_path / "journal.sqlite3"
    for days in (40, 20):
        Journal(Database(file), clock=lambda: time.time() - days * DAY).note(answer())  # noqa: B023
    journal = {"KLYNGESVAR_JOURNAL": str(file), "KLYNGESVAR_RETENTION_DAYS": "30"}
    with running(telegram, **journal) as bot:
        bot.wait_until_ready()
        telegram.feed("message", chat_message(7))
        telegram.wait_for("sendMessage")
        assert bot.stop() == 0
    kept = [Journal(Database(file)).asked(number) for number in (1, 2, 3)]
    assert kept == [None, *[Asked("Hvem leder NCE iKuben?", "nb")] * 2]
    assert "Deleted old questions count=1" in bot.log


def test_a_token_that_telegram_does_not_know_is_named_but_not_shown(
    telegram: TelegramStandIn,
) -> None:
    with start(telegram, TELEGRAM_BOT_TOKEN="4242:AAH-annen_hemmelig_token") as bot:
        log = bot.communicate(timeout=10)[1]
    assert bot.returncode == 1
    assert log.splitlines()[-1].startswith(
        f"{telegram.url} does not know the token in TELEGRAM_BOT_TOKEN: write /token"
    )
    assert "hemmelig" not in log


def test_a_token_that_is_revoked_ends_it(telegram: TelegramStandIn) -> None:
    with running(telegram) as bot:
        bot.wait_until_ready()
        telegram.token = "4242:AAH-ny_hemmelig_token"
        telegram.feed("message", chat_message(7))  # the running poll still brings it
        log = bot.process.communicate(timeout=10)[1]
    assert bot.process.returncode == 1
    assert "No updates from Telegram: Unauthorized" in log
    assert log.splitlines()[-1].startswith(
        f"{telegram.url} does not know the token in TELEGRAM_BOT_TOKEN: write /token"
    )
    assert "hemmelig" not in log


def test_an_unknown_setting_stops_the_start(telegram: TelegramStandIn) -> None:
    with start(telegram, KLYNGESVAR_WEBHOK_URL="https://bot.x.no/tg") as bot:
        log = bot.communicate(timeout=10)[1]
    assert bot.returncode == 1
    assert log == (
        "KLYNGESVAR_WEBHOK_URL is no setting of Klyngesvar: did you mean KLYNGESVAR_WEBHOOK_URL? "
        "README.md lists all of them.\n"
    )
    assert telegram.calls == []


WEBHOOK = {"KLYNGESVAR_WEBHOOK_URL": "https://bot.x.no/telegram"}
SECRET = "X-Telegram-Bot-Api-Secret-Token"


def deliver(
    bot: Bot, telegram: TelegramStandIn, number: int, update: Json, secret: str | None = None
) -> int:
    """Post an update as Telegram does; the status."""
    secret = telegram.params("setWebhook")[-1]["secret_token"] if secret is None else secret
    response = httpx.post(
        f"{bot.address}/telegram",
        json={"update_id": number, **update},
        headers={SECRET.encode(): secret.encode()} if secret else {},
    )
    return response.status_code


def test_with_a_webhook_telegram_brings_the_questions(telegram: TelegramStandIn) -> None:
    with running(telegram, **WEBHOOK) as bot:
        bot.wait_until_ready()
        [webhook] = telegram.params("setWebhook")
        assert webhook["url"] == "https://bot.x.no/telegram"
        kinds = (
            "message edited_message callback_query inline_query chosen_inline_result guest_message"
        )
        assert webhook["allowed_updates"] == kinds.split()
        assert len(webhook["secret_token"]) >= 40
        question = {"message": chat_message(7)}
        telegram.know(PRIVATE)
        assert deliver(bot, telegram, 1, question, secret="") == 403
        assert deliver(bot, telegram, 1, question, secret="feil") == 403
        assert deliver(bot, telegram, 1, question, secret="é") == 403
        assert deliver(bot, telegram, 1, question) == 200
        assert deliver(bot, telegram, 1, question) == 200  # our reply was lost, say
        assert bot.stop() == 0
    assert [call["chat_id"] for call in telegram.params("sendMessage")] == [7]
    assert telegram.params("deleteWebhook") == []
    assert webhook["secret_token"] not in bot.log


def test_what_is_delivered_while_it_stops_is_left_to_telegram(telegram: TelegramStandIn) -> None:
    with running(telegram, **WEBHOOK) as bot:
        bot.wait_until_ready()
        telegram.know(PRIVATE)
        assert deliver(bot, telegram, 1, {"message": chat_message(7)}) == 200
        telegram.wait_for("sendChatAction")
        bot.process.send_signal(signal.SIGTERM)
        while bot.ready()[1]["updates"]:
            time.sleep(0.01)
        assert deliver(bot, telegram, 2, {"message": chat_message(7, "/help")}) == 503
        assert bot.process.wait(timeout=10) == 0
    assert len(telegram.params("sendMessage")) == 1


def test_what_is_no_update_is_survived(telegram: TelegramStandIn) -> None:
    with running(telegram, **WEBHOOK) as bot:
        bot.wait_until_ready()
        telegram.know(PRIVATE)
        secret = telegram.params("setWebhook")[0]["secret_token"]
        bad = httpx.post(f"{bot.address}/telegram", content=b"{", headers={SECRET: secret})
        assert bad.status_code == 400
        # A 200, or Telegram would bring it again and again.
        for strange in ("[]", "null", '"hei"', "5", "{}", '{"update_id": "one"}'):
            reply = httpx.post(
                f"{bot.address}/telegram", content=strange, headers={SECRET: secret}
            )
            assert (strange, reply.status_code) == (strange, 200)
        assert deliver(bot, telegram, 1, {"message": {"text": QUESTION}}) == 200
        assert deliver(bot, telegram, 5, {"thought": {"text": QUESTION}}) == 200
        assert deliver(bot, telegram, 2, {"message": chat_message(7, "/help")}) == 200
        telegram.wait_for("sendMessage")
        assert bot.stop() == 0
    assert "Update 1 cannot be read (KeyError); it is left out" in bot.log
    assert "Update 5" not in bot.log  # what no handler wants is no news
    assert bot.log.count("cannot be read") == 6
    assert "Something went wrong" not in bot.log
    assert "hemmelig" not in bot.log


def test_a_webhook_address_that_telegram_refuses_is_named(telegram: TelegramStandIn) -> None:
    telegram.fail_next("setWebhook", 400)
    with start(telegram, **WEBHOOK) as bot:
        log = bot.communicate(timeout=10)[1]
    assert bot.returncode == 1
    assert log.splitlines()[-1].startswith(
        "KLYNGESVAR_WEBHOOK_URL is 'https://bot.x.no/telegram', and Telegram does not take it ("
    )


def test_polling_survives_what_the_network_does(telegram: TelegramStandIn) -> None:
    for status in (500, 502, HANG_UP):
        telegram.fail_next("getUpdates", status)
    telegram.feed_update({"message": {"text": QUESTION}})  # cannot be read
    telegram.feed_update({"message": {"message_id": 1, "date": 1, "text": QUESTION}})  # no chat
    telegram.feed("message", chat_message(7))
    with running(telegram) as bot:
        telegram.wait_for("sendMessage", seconds=10)
        metrics = bot.metrics()
        assert bot.stop() == 0
    assert telegram.confirmed == 104
    assert bot.log.count("Something went wrong") == 1
    assert "never awaited" not in bot.log
    assert "Update 101 cannot be read (KeyError); it is left out" in bot.log
    errors = {
        name.rpartition("error=")[2]: count
        for name, count in metrics.items()
        if "getUpdates" in name
    }
    assert errors == {'"500"}': 1, '"502"}': 1, '"NetworkError"}': 1}
    assert "hemmelig" not in bot.log


def test_a_network_that_comes_up_after_the_bot(telegram: TelegramStandIn) -> None:
    telegram.fail_next("getMe", 502)
    telegram.fail_next("getMe", HANG_UP)
    with running(telegram) as bot:
        telegram.wait_for("setMyCommands", 4)
        assert bot.stop() == 0
    assert bot.log.count("The bot can not start yet: ") == 2
