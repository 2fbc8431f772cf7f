"""What the bot is told by its environment: variables in, `Settings` or a reason why not out."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Literal, Self, get_args
from urllib.parse import urlsplit

from index.paths import cache_folder
from knowledge.errors import KlyngesvarError

LogFormat = Literal["text", "json"]

# A variable with this prefix is ours; one that nobody reads is a typing error.
PREFIX = "KLYNGESVAR_"
KNOWN = {
    "KLYNGESVAR_CACHE",  # this and the next two are read in index/
    "KLYNGESVAR_ENCODER",
    "KLYNGESVAR_READER",
    "KLYNGESVAR_ADMINS",
    "KLYNGESVAR_CHATS",
    "KLYNGESVAR_DIGEST_CHAT",
    "KLYNGESVAR_HOST",
    "KLYNGESVAR_JOURNAL",
    "KLYNGESVAR_LOG_FORMAT",
    "KLYNGESVAR_PORT",
    "KLYNGESVAR_RETENTION_DAYS",
    "KLYNGESVAR_WEBHOOK_URL",
}
OWN_PATHS = ("/healthz", "/readyz", "/metrics")  # what the HTTP server answers by itself

_TELEGRAM = "https://api.telegram.org"
_HOST, _PORT = "127.0.0.1", 8080
_RETENTION_DAYS = 180
_USER, _CHAT = r"\d{1,18}", r"-?\d{1,18}"  # a group's id begins with a minus


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs between one running bot and another."""

    token: str = field(repr=False)  # whoever has it is the bot
    api_url: str = _TELEGRAM
    webhook_url: str | None = None  # None: poll
    host: str = _HOST
    port: int = _PORT
    log_format: LogFormat = "text"
    journal: Path | None = None  # None: in memory only
    retention_days: int = _RETENTION_DAYS
    admins: frozenset[int] = frozenset()  # users
    chats: frozenset[int] = frozenset()  # none: everybody may ask
    digest_chat: int | None = None  # None: no digest

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Read the variables; a KlyngesvarError names the one that is unknown or wrong."""
        _refuse_unknown(environment)
        return cls(
            token=_token(environment.get("TELEGRAM_BOT_TOKEN", "").strip()),
            api_url=_api_url(environment.get("TELEGRAM_API_URL", "").strip() or _TELEGRAM),
            webhook_url=_webhook_url(environment.get("KLYNGESVAR_WEBHOOK_URL", "").strip()),
            host=environment.get("KLYNGESVAR_HOST", "").strip() or _HOST,
            port=_port(environment.get("KLYNGESVAR_PORT", "").strip() or str(_PORT)),
            log_format=_log_format(environment.get("KLYNGESVAR_LOG_FORMAT", "").strip() or "text"),
            journal=journal_file(environment),
            retention_days=_days(
                environment.get("KLYNGESVAR_RETENTION_DAYS", "").strip() or str(_RETENTION_DAYS)
            ),
            admins=_ids("KLYNGESVAR_ADMINS", environment.get("KLYNGESVAR_ADMINS", ""), _USER),
            chats=_ids("KLYNGESVAR_CHATS", environment.get("KLYNGESVAR_CHATS", ""), _CHAT),
            digest_chat=_chat(environment.get("KLYNGESVAR_DIGEST_CHAT", "").strip()),
        )

    @property
    def webhook_path(self) -> str:
        """Where Telegram's deliveries arrive: the path of the webhook's address."""
        return urlsplit(self.webhook_url or "").path or "/"


def _refuse_unknown(names: Iterable[str]) -> None:
    unknown = sorted(name for name in names if name.startswith(PREFIX) and name not in KNOWN)
    if unknown:
        raise KlyngesvarError("\n".join(map(_unknown, unknown)))


def _unknown(name: str) -> str:
    endings = sorted(known.removeprefix(PREFIX) for known in KNOWN)  # all share the beginning
    near = get_close_matches(name.removeprefix(PREFIX), endings, n=1)
    advice = f"did you mean {PREFIX}{near[0]}?" if near else "remove it."
    return f"{name} is no setting of Klyngesvar: {advice} README.md lists all of them."


def _token(value: str) -> str:
    if not value:
        raise KlyngesvarError(
            "TELEGRAM_BOT_TOKEN is not set: write /newbot to https://t.me/BotFather, and set the "
            "variable to the token it gives you"
        )
    if not re.fullmatch(r"\d+:[\w-]+", value, re.ASCII):
        raise KlyngesvarError(
            "TELEGRAM_BOT_TOKEN is no bot token (digits, a colon, letters and digits): write "
            "/token to https://t.me/BotFather, and copy the whole of its answer"
        )
    return value


def _api_url(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", value):
        raise KlyngesvarError(
            f"TELEGRAM_API_URL is {value!r}: write the address of your Bot API server, such as "
            "http://localhost:8081, or leave the variable out to use Telegram's own"
        )
    return value.rstrip("/")


def _webhook_url(value: str) -> str | None:
    if not value:
        return None
    if not re.fullmatch(r"https://[^\s/?#]+(/[^\s?#]*)?", value):
        raise KlyngesvarError(
            f"KLYNGESVAR_WEBHOOK_URL is {value!r}: write the address at which Telegram reaches "
            "this bot, such as https://bot.example.no/telegram, or leave the variable out to poll"
        )
    if urlsplit(value).path in OWN_PATHS:
        raise KlyngesvarError(
            f"KLYNGESVAR_WEBHOOK_URL is {value!r}: that path is taken, as are all of "
            f"{', '.join(OWN_PATHS)}; write another, such as /telegram"
        )
    return value


def _port(value: str) -> int:
    if not re.fullmatch(r"\d{1,5}", value, re.ASCII) or int(value) > 65535:
        raise KlyngesvarError(
            f"KLYNGESVAR_PORT is {value!r}: write a number from 1 to 65535, or 0 for any free port"
        )
    return int(value)


def _log_format(value: str) -> LogFormat:
    for known in get_args(LogFormat):
        if value == known:
            return known  # type: ignore[no-any-return]
    raise KlyngesvarError(f"KLYNGESVAR_LOG_FORMAT is {value!r}: write text or json")


def journal_file(environment: Mapping[str, str]) -> Path:
    """Where the journal is."""
    value = environment.get("KLYNGESVAR_JOURNAL", "").strip()
    return Path(value).expanduser() if value else cache_folder() / "journal.sqlite3"


def _days(value: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,4}", value, re.ASCII):
        raise KlyngesvarError(
            f"KLYNGESVAR_RETENTION_DAYS is {value!r}: write a number of days from 1 to 99999"
        )
    return int(value)


def _ids(name: str, value: str, pattern: str) -> frozenset[int]:
    ids = [part.strip() for part in value.split(",")] if value.strip() else []
    if not all(re.fullmatch(pattern, part, re.ASCII) for part in ids):
        raise KlyngesvarError(
            f"{name} is {value!r}: write numbers with commas between them, such as 12345,67890"
        )
    return frozenset(map(int, ids))


def _chat(value: str) -> int | None:
    if not re.fullmatch(rf"({_CHAT})?", value, re.ASCII):
        raise KlyngesvarError(
            f"KLYNGESVAR_DIGEST_CHAT is {value!r}: write the number of one chat, such as "
            "-1001234567890"
        )
    return int(value) if value else None
