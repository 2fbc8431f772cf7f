"""A talk with the bot, one thing after the other, over HTTP to the stand-in for Telegram."""

import asyncio

from fake_library import serving
from fakes import Answers, forgetful
from telegram import Update
from telegram_standin import Json, TelegramStandIn

from bot.app import build_application
from bot.database import Database
from bot.metrics import Metrics
from bot.settings import Settings
from bot.source import Facts, Source

TOKEN = "4242:hemmelig"


def talk(
    telegram: TelegramStandIn,
    ask: Answers,
    *events: tuple[str, Json],
    settings: Settings | None = None,
    database: Database | None = None,
    metrics: Metrics | None = None,
    facts: Facts | None = None,
) -> list[tuple[str, Json]]:
    """Let the bot handle each event when it has handled the one before; what it did, in order."""
    source = Source(forgetful(ask), facts=facts or Facts())
    settings = settings or Settings(TOKEN, telegram.url)

    async def handle() -> None:
        application = build_application(settings, serving(source), metrics, database)
        async with application:
            for number, (kind, content) in enumerate(events):
                telegram.feed(kind, content)
                update = {"update_id": number, kind: content}
                await application.process_update(Update.de_json(update, application.bot))

    telegram.calls.clear()
    asyncio.run(handle())
    return [call for call in telegram.calls if call[0] != "sendChatAction"]
