"""What the bot is told by its environment: variables in, `Settings` or a reason why not out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from knowledge.errors import KlyngesvarError

_TELEGRAM = "https://api.telegram.org"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs between one running bot and another."""

    token: str = field(repr=False)  # whoever has it is the bot
    api_url: str

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Read TELEGRAM_BOT_TOKEN and TELEGRAM_API_URL."""
        return cls(
            token=_token(environment.get("TELEGRAM_BOT_TOKEN", "").strip()),
            api_url=_api_url(environment.get("TELEGRAM_API_URL", "").strip() or _TELEGRAM),
        )


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
