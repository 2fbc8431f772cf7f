import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from telegram.error import NetworkError

from bot.logs import configure_logging, log_event
from bot.settings import LogFormat

TOKEN = "4242:AAH-hemmelig_token"

Configure = Callable[[LogFormat], None]


@pytest.fixture
def configure(monkeypatch: pytest.MonkeyPatch) -> Iterator[Configure]:
    def configure(style: LogFormat) -> None:
        # Not before the test runs: pytest adds a handler of its own when it does.
        monkeypatch.setattr(logging.root, "handlers", [])
        configure_logging(TOKEN, style)

    known = ("bot", "index", "knowledge", "telegram", "telegram.ext.AIORateLimiter")
    loggers = [logging.root, *map(logging.getLogger, known)]
    levels = [logger.level for logger in loggers]
    yield configure
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


def log_all() -> None:
    """Log an event with values, and an error that mentions the token."""
    log_event(logging.getLogger("bot.x"), "Answered", verdict="answer", ms=31)
    try:
        raise RuntimeError(f"https://x.no/bot{TOKEN}/getMe, bot4242%3AAAH-hemmelig_token")
    except RuntimeError:
        logging.getLogger("y").exception("asked %s", TOKEN)


def test_text_for_people(configure: Configure, capsys: pytest.CaptureFixture[str]) -> None:
    configure("text")
    log_all()
    first, second, *traceback = capsys.readouterr().err.splitlines()
    assert first.endswith(" INFO bot.x: Answered verdict=answer ms=31")
    assert second.endswith(" ERROR y: asked [token]")
    assert traceback[0] == "Traceback (most recent call last):"
    assert traceback[-1] == "RuntimeError: https://x.no/bot[token]/getMe, bot4242%3A[token]"


def test_json_for_programs(configure: Configure, capsys: pytest.CaptureFixture[str]) -> None:
    configure("json")
    log_all()
    lines = capsys.readouterr().err.splitlines()
    event, error = (dict[str, Any](json.loads(line)) for line in lines)
    assert event.pop("time").endswith("+00:00")
    assert event == {
        "level": "INFO",
        "logger": "bot.x",
        "message": "Answered",
        "verdict": "answer",
        "ms": 31,
    }
    assert error["message"] == "asked [token]"
    assert error["exception"].endswith(
        "RuntimeError: https://x.no/bot[token]/getMe, bot4242%3A[token]"
    )


@pytest.mark.parametrize("style", ["text", "json"])
def test_the_token_never_reaches_a_log(
    style: LogFormat, configure: Configure, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(style)
    log_all()
    logging.getLogger("httpx").info("HTTP Request: POST https://x.no/botHEMMELIG/getMe")
    assert "hemmelig" not in capsys.readouterr().err.lower()


def test_of_other_libraries_only_warnings_are_told(
    configure: Configure, capsys: pytest.CaptureFixture[str]
) -> None:
    configure("text")
    logging.getLogger("faiss.loader").info("Loading")
    logging.getLogger("faiss.loader").warning("Missing")
    [line] = capsys.readouterr().err.splitlines()
    assert line.endswith(" WARNING faiss.loader: Missing")


def test_debug_lines_which_hold_whole_updates_are_left_out(
    configure: Configure, capsys: pytest.CaptureFixture[str]
) -> None:
    configure("text")
    logging.getLogger("telegram.ext.Application").debug("Processing update: En hemmelighet?")
    assert capsys.readouterr().err == ""


def test_a_stop_while_telegram_is_away_leaves_a_line_and_no_traceback(
    configure: Configure, capsys: pytest.CaptureFixture[str]
) -> None:
    configure("text")
    for name in ("telegram.ext.Updater", "asyncio"):
        for error in (NetworkError("away"), ValueError("ours")):
            logging.getLogger(name).error("broken", exc_info=error)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].endswith(
        " ERROR telegram.ext.Updater: Telegram was not told what was taken (away); "
        "it may bring the last of it again"
    )
    assert [line for line in lines if "ours" in line] == ["ValueError: ours"] * 2
    assert len(lines) == 5  # a line, and two errors of ours with what they are
