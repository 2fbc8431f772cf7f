"""The bot from its start to its end: settings and the library that it answers from in."""

import asyncio
import logging
import secrets
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from functools import partial

from telegram import Bot
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.answering import in_thread
from bot.app import UPDATES, BotApplication, build_application
from bot.database import Database
from bot.drafts import Drafts
from bot.endpoints import Status, Webhook, alive, page_of
from bot.jobs import working
from bot.journal import Journal
from bot.logs import configure_logging, log_event
from bot.metrics import Metrics
from bot.releases import Releases, watching
from bot.server import Handler, Routes, serving
from bot.settings import Settings
from bot.source import Library
from bot.texts import TEXTS, load_texts
from bot.transport import RevokedTokenError, is_reachable
from knowledge.errors import KlyngesvarError

START_RETRIES = 5  # about thirteen seconds for a network that comes up after the bot
_SIGNALS = (signal.SIGINT, signal.SIGTERM)

Ending = asyncio.Future[None]  # fails when no more updates can come
Updates = Callable[[BotApplication], AbstractAsyncContextManager[Ending]]

logger = logging.getLogger(__name__)


def run(settings: Settings, library: Library) -> None:
    """Answer until SIGINT or SIGTERM; questions taken by then are still answered."""
    configure_logging(settings.token, settings.log_format)
    try:
        with suppress(asyncio.CancelledError):  # how a signal ends it
            asyncio.run(_serve(settings, library))
    except (InvalidToken, RevokedTokenError) as error:
        raise KlyngesvarError(
            f"{settings.api_url} does not know the token in TELEGRAM_BOT_TOKEN: write /token to "
            "https://t.me/BotFather for the current one"
        ) from error
    except TelegramError as error:
        raise KlyngesvarError(
            f"the bot could not start with {settings.api_url} ({error}): check the network, and "
            "TELEGRAM_API_URL if you set it"
        ) from error


async def _serve(settings: Settings, library: Library) -> None:
    metrics, status, webhook = Metrics(), Status(), Webhook(secrets.token_urlsafe(32))
    routes = _routes(settings, status, metrics, webhook)
    async with serving(routes, settings.host, settings.port) as address:
        log_event(logger, "Serving health and metrics", address=address)
        first, database = await in_thread(library.first), Database(settings.journal)
        releases = Releases(library, first, metrics)
        status.index = True
        application = build_application(settings, releases, metrics, database)
        kept = Journal(database), Drafts(database)
        jobs = working(settings, *kept, application.bot, load_texts(TEXTS))
        status.telegram = partial(is_reachable, metrics, application.bot)
        _end_on_a_signal()
        updates = _delivered(settings, webhook) if settings.webhook_url else _polled
        async with (
            _started(application),
            jobs,
            watching(releases),
            updates(application) as ending,
        ):
            with status.taking_updates():
                await ending  # or until a signal cancels it


def _routes(settings: Settings, status: Status, metrics: Metrics, webhook: Webhook) -> Routes:
    routes: dict[tuple[str, str], Handler] = {
        ("GET", "/healthz"): alive,
        ("GET", "/readyz"): status.ready,
        ("GET", "/metrics"): page_of(metrics),
    }
    if settings.webhook_url:
        routes["POST", settings.webhook_path] = webhook.receive
    return routes


def _end_on_a_signal() -> None:
    """Let the first signal end the bot in order, and a second one at once."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task is not None

    def end() -> None:
        for number in _SIGNALS:
            loop.remove_signal_handler(number)
        log_event(logger, "Stopping after what has been accepted")
        task.cancel()

    for number in _SIGNALS:
        loop.add_signal_handler(number, end)


@asynccontextmanager
async def _started(application: BotApplication) -> AsyncIterator[None]:
    """Work off the queue of updates; on the way out, all that is left of it."""
    try:
        await _retried(application.initialize)
        assert application.post_init is not None
        await application.post_init(application)
        await application.start()
        yield
    finally:
        if application.running:
            await application.stop()
        await application.shutdown()


@asynccontextmanager
async def _polled(application: BotApplication) -> AsyncIterator[Ending]:
    """Ask Telegram for updates, until it does not know the token any more."""
    updater, ending = application.updater, asyncio.get_running_loop().create_future()
    assert updater is not None  # PTB's builder makes one
    try:
        await updater.start_polling(
            bootstrap_retries=START_RETRIES,
            allowed_updates=UPDATES,
            error_callback=partial(_note_trouble, ending),
        )
        yield ending
    finally:
        if updater.running:
            await updater.stop()


def _note_trouble(ending: Ending, error: TelegramError) -> None:
    """A line, not a traceback every few seconds, while Telegram is away; PTB asks again."""
    logger.warning("No updates from Telegram: %s", error)
    if isinstance(error, RevokedTokenError) and not ending.done():
        ending.set_exception(error)


def _delivered(settings: Settings, webhook: Webhook) -> Updates:
    """Let Telegram bring updates."""

    @asynccontextmanager
    async def updates(application: BotApplication) -> AsyncIterator[Ending]:
        webhook.open(application.bot, application.update_queue)
        try:
            await _retried(partial(_set_webhook, application.bot, settings, webhook.secret))
            yield asyncio.get_running_loop().create_future()
        finally:
            webhook.close()

    return updates


async def _set_webhook(bot: Bot, settings: Settings, secret: str) -> None:
    assert settings.webhook_url is not None
    try:
        await bot.set_webhook(settings.webhook_url, secret_token=secret, allowed_updates=UPDATES)
    except BadRequest as error:
        raise KlyngesvarError(
            f"KLYNGESVAR_WEBHOOK_URL is {settings.webhook_url!r}, and Telegram does not take it "
            f"({error})"
        ) from error


async def _retried(call: Callable[[], Awaitable[object]]) -> None:
    """Call Telegram until it answers, or fail after some seconds."""
    for attempt in range(START_RETRIES):
        try:
            await call()
        except InvalidToken:
            raise
        except TelegramError as error:
            logger.warning("The bot can not start yet: %s", error)
            await asyncio.sleep(1.5**attempt)
        else:
            return
    await call()
