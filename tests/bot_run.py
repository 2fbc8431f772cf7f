"""The bot in this process, polling the stand-in for Telegram, while a test does something."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from fake_library import serving
from telegram_standin import TelegramStandIn

from bot.app import build_application
from bot.clusters import NO_CLUSTERS, Directory
from bot.database import Database
from bot.metrics import Metrics
from bot.releases import Releases, watching
from bot.settings import Settings
from bot.source import Ask, Complete, Source, complete_nothing

TOKEN = "4242:AAH-hemmelig_token"


def run_during(
    telegram: TelegramStandIn,
    ask: Ask,
    talk: Callable[[], object],
    complete: Complete = complete_nothing,
    journal: Path | None = None,
    directory: Directory = NO_CLUSTERS,
) -> Metrics:
    """Run the bot while `talk` runs in a thread of its own; what was counted."""
    metrics = Metrics()
    releases = serving(Source(ask, complete=complete, directory=directory), metrics)
    serve_during(telegram, releases, talk, Database(journal), metrics)
    return metrics


def serve_during(
    telegram: TelegramStandIn,
    releases: Releases,
    talk: Callable[[], object],
    database: Database,
    metrics: Metrics | None = None,
) -> None:
    """The same for a bot that watches for versions."""

    async def run() -> None:
        settings = Settings(TOKEN, telegram.url)
        application = build_application(settings, releases, metrics, database)
        updater = application.updater
        assert updater is not None
        async with application, watching(releases):
            await updater.start_polling()
            await application.start()
            try:
                await asyncio.to_thread(talk)
            finally:
                await updater.stop()
                await application.stop()

    asyncio.run(run())
