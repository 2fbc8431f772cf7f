"""The log: what happened in, one line of text or JSON for each event out, never the token."""

import json
import logging
from datetime import UTC, datetime

from telegram.error import TelegramError

from bot.settings import LogFormat

_TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def configure_logging(token: str, style: LogFormat) -> None:
    """Log to stderr what we and python-telegram-bot have to say, and warnings of all others."""
    handler = logging.StreamHandler()
    handler.setFormatter((JsonFormatter if style == "json" else TextFormatter)(token))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    # What others tell at INFO is of no use here, and httpx tells addresses that hold the token.
    for name in ("bot", "index", "knowledge", "telegram"):
        logging.getLogger(name).setLevel(logging.INFO)
    # A traceback for each 429 that is passed on; who called says so if it matters.
    logging.getLogger("telegram.ext.AIORateLimiter").setLevel(logging.CRITICAL)
    # Nor for what a stop while Telegram is away cannot do.
    logging.getLogger("telegram.ext.Updater").addFilter(_in_our_words)
    logging.getLogger("asyncio").addFilter(_is_no_dropped_poll)


def _in_our_words(record: logging.LogRecord) -> bool:
    """Tell in a line that the last poll, which confirms the one before it, has failed."""
    if error := _fault(record):
        record.msg = "Telegram was not told what was taken (%s); it may bring the last of it again"
        record.args, record.exc_info = (error,), None
    return True


def _is_no_dropped_poll(record: logging.LogRecord) -> bool:
    """PTB lets go of a poll to stop; how that poll ended is no news."""
    return _fault(record) is None


def _fault(record: logging.LogRecord) -> TelegramError | None:
    error = record.exc_info[1] if record.exc_info else None
    return error if isinstance(error, TelegramError) else None


def log_event(logger: logging.Logger, message: str, **values: object) -> None:
    """Log something that happened, with the values that machines may want to read."""
    logger.info(message, extra={"values": values})


class TextFormatter(logging.Formatter):
    """Lines for people; a formatter, unlike a filter, also sees what tracebacks say."""

    def __init__(self, token: str) -> None:
        super().__init__(_TEXT)
        self._token = token

    def formatMessage(self, record: logging.LogRecord) -> str:
        """The line without its traceback."""
        values = "".join(f" {name}={value}" for name, value in _values(record).items())
        return super().formatMessage(record) + values

    def format(self, record: logging.LogRecord) -> str:
        """The whole entry."""
        return _without_token(super().format(record), self._token)


class JsonFormatter(logging.Formatter):
    """One JSON object a line, for programs that collect logs."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self._token = token

    def format(self, record: logging.LogRecord) -> str:
        """The whole entry."""
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **_values(record),
        }
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return _without_token(json.dumps(entry, ensure_ascii=False, default=str), self._token)


def _values(record: logging.LogRecord) -> dict[str, object]:
    values: dict[str, object] = getattr(record, "values", {})
    return values


def _without_token(text: str, token: str) -> str:
    # Also the secret half alone: in an address the colon between the halves may be escaped.
    return text.replace(token, "[token]").replace(token.partition(":")[2], "[token]")
