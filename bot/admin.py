"""What only admins may ask: figures, the state of the bot, and what it could not answer."""

import asyncio
from collections.abc import Sequence
from dataclasses import asdict
from html import escape
from time import monotonic

from telegram import Update
from telegram.constants import ParseMode
from telegram.ext import ContextTypes

from bot.chart import bar_chart
from bot.journal import Entry, Journal
from bot.metrics import Metrics
from bot.preferences import Preferences
from bot.releases import Releases
from bot.rollback import version_line
from bot.statistics import by_hour, figures
from bot.texts import Texts
from bot.unanswered import Group, unanswered
from bot.updates import message_of

Context = ContextTypes.DEFAULT_TYPE

MONTH, WEEK = 30, 7  # days
MOST_GROUPS = 10  # they fit in one message, however long the questions are
_QUESTION = 100  # characters
_BUSIEST = 3


class Admin:
    """The commands /stats, /status and /unanswered."""

    def __init__(
        self,
        journal: Journal,
        preferences: Preferences,
        metrics: Metrics,
        releases: Releases,
    ) -> None:
        self._journal = journal
        self._preferences = preferences
        self._metrics = metrics
        self._releases = releases
        self._started = monotonic()

    async def stats(self, update: Update, _: Context) -> None:
        """Show the figures, and the hours of the day as a picture."""
        message, words = message_of(update), self._preferences.words(update.effective_user)
        month = await asyncio.to_thread(self._journal.last, MONTH)
        if not month:
            await message.reply_html(words.stats_empty)
            return
        week = self._journal.latest(month, WEEK)
        await message.reply_photo(
            bar_chart(by_hour(month)),
            caption=stats_text(week, month, words),
            parse_mode=ParseMode.HTML,
        )

    async def status(self, update: Update, _: Context) -> None:
        """Say how the bot is doing."""
        words = self._preferences.words(update.effective_user)
        source, step = self._releases.source(), await self._releases.step_back()
        html = words.status.format(
            **{name: escape(str(value)) for name, value in asdict(source.facts).items()},
            version=version_line(source.version, words),
            previous=version_line(step.previous if step else None, words),
            uptime=_uptime(monotonic() - self._started, words),
            queue=round(self._metrics.waiting.values[()]),
        )
        if step and step.current != source.version:
            html += "\n" + words.status_stuck.format(number=step.current.number)
        await message_of(update).reply_html(html)

    async def unanswered(self, update: Update, _: Context) -> None:
        """List what was asked and not answered well."""
        words = self._preferences.words(update.effective_user)
        entries = await asyncio.to_thread(self._journal.last, MONTH)
        await message_of(update).reply_html(unanswered_text(entries, MONTH, words))


def stats_text(week: Sequence[Entry], month: Sequence[Entry], words: Texts) -> str:
    """The figures of the last week and month."""
    hours = sorted(enumerate(by_hour(month)), key=lambda hour: -hour[1])[:_BUSIEST]
    return words.stats.format(
        week=words.stats_period.format(**asdict(figures(week))),
        month=words.stats_period.format(**asdict(figures(month))),
        hours=", ".join(
            words.stats_hour.format(hour=hour, questions=count) for hour, count in hours if count
        ),
    )


def unanswered_text(entries: Sequence[Entry], days: int, words: Texts) -> str:
    """The most frequent questions without a good answer."""
    groups = unanswered(entries, MOST_GROUPS)
    if not groups:
        return words.unanswered_none.format(days=days)
    lines = "\n".join(_line(group, words) for group in groups)
    return f"{words.unanswered.format(days=days)}\n\n{lines}"


def _line(group: Group, words: Texts) -> str:
    question = " ".join(group.question.split())
    cut = question[:_QUESTION] + (" …" if len(question) > _QUESTION else "")
    names = {
        "none": words.reason_none,
        "maybe": words.reason_maybe,
        "down": "👎",
        "wrong": words.vote_wrong,
        "source": words.vote_source,
        "old": words.vote_old,
        "unclear": words.vote_unclear,
    }
    reasons = ", ".join(f"{names[name].lower()} {n}" for name, n in group.reasons.items())
    return f"<b>{group.count}</b>  {escape(cut, quote=False)} <i>({reasons})</i>"


def _uptime(seconds: float, words: Texts) -> str:
    minutes = int(seconds) // 60
    days, hours = minutes // (24 * 60), minutes // 60 % 24
    return words.uptime.format(days=days, hours=hours, minutes=minutes % 60)
