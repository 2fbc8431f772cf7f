"""What the bot does by itself: it deletes what is old every day, and sends a digest every week."""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import partial

from telegram import Bot
from telegram.constants import ParseMode

from bot.admin import WEEK, unanswered_text
from bot.drafts import KEPT_DAYS, Drafts
from bot.journal import Journal
from bot.logs import log_event
from bot.sending import NO_PREVIEW
from bot.settings import Settings
from bot.texts import Texts
from knowledge.articles import Language

Job = Callable[[], Awaitable[None]]

_NAP_SECONDS = 600.0  # a machine that was asleep notices the time so soon

logger = logging.getLogger(__name__)


@asynccontextmanager
async def working(
    settings: Settings,
    journal: Journal,
    drafts: Drafts,
    bot: Bot,
    texts: Mapping[Language, Texts],
) -> AsyncIterator[None]:
    """Do all of it within the block."""
    forget = partial(forget_old, journal, drafts, settings.retention_days)
    jobs = [_repeat(forget, tomorrow, at_once=True)]
    if settings.digest_chat is not None:
        digest = partial(send_digest, journal, bot, settings.digest_chat, texts)
        jobs.append(_repeat(digest, next_monday))
    tasks = [asyncio.create_task(job) for job in jobs]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def forget_old(journal: Journal, drafts: Drafts, days: int) -> None:
    """Delete questions that have been kept for so many days, and drafts that nobody touches."""
    count = await asyncio.to_thread(journal.forget_older, days)
    log_event(logger, "Deleted old questions", count=count)
    count = await asyncio.to_thread(drafts.forget_older, KEPT_DAYS)
    log_event(logger, "Deleted old drafts", count=count)


async def send_digest(
    journal: Journal, bot: Bot, chat: int, texts: Mapping[Language, Texts]
) -> None:
    """Send what was not answered well this week, in the language of most of the questions."""
    entries = await asyncio.to_thread(journal.last, WEEK)
    if entries:
        [(language, _)] = Counter(entry.language for entry in entries).most_common(1)
        await bot.send_message(
            chat,
            unanswered_text(entries, WEEK, texts[language]),
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
        )


def tomorrow(now: datetime) -> datetime:
    """The same time of the next day."""
    return now + timedelta(days=1)


def next_monday(now: datetime) -> datetime:
    """The next Monday at eight, local time."""
    eight = now.replace(hour=8, minute=0, second=0, microsecond=0)
    monday = eight + timedelta(days=-now.weekday() % 7)
    return monday if monday > now else monday + timedelta(days=7)


async def _repeat(job: Job, after: Callable[[datetime], datetime], at_once: bool = False) -> None:
    """Do a job again and again; that it fails once does not end it."""
    while True:
        if not at_once:
            await _until(after(datetime.now()))
        at_once = False
        try:
            await job()
        except Exception:
            logger.exception("A job has failed")


async def _until(time: datetime) -> None:
    # Of local times the differences are wrong where the clocks are changed; of timestamps, never.
    while (left := time.timestamp() - datetime.now().timestamp()) > 0:
        await asyncio.sleep(min(left, _NAP_SECONDS))
