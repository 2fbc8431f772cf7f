"""What people think of an answer: 👍, or 👎 and why; one vote each, which can be changed."""

import asyncio
import hashlib
import hmac
import logging
import secrets
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot.database import Database
from bot.journal import Journal
from bot.keyboard import keyboard
from bot.metrics import Metrics
from bot.preferences import Preferences
from bot.render import Button, Card, Row
from bot.texts import Texts
from bot.updates import confirm, press_of

UP, DOWN = "up", "down"
WHY = ("wrong", "source", "old", "unclear")  # reasons for a 👎
AGAINST = (DOWN, *WHY)
VOTES = rf"vote:\d{{1,15}}:(?:{'|'.join((UP, *AGAINST))})$"  # the data of the buttons

logger = logging.getLogger(__name__)


def votable(card: Card, number: int | None) -> Card:
    """The card with 👍 and 👎 under it, where the journal has a number for it."""
    return card if number is None else replace(card, buttons=(*card.buttons, _row(number)))


class Votes:
    """Who thinks what, without knowing who: the journal holds no user's id."""

    def __init__(self, database: Database) -> None:
        """Take the key from the database, or put one there."""
        self._database = database
        found = database.read("SELECT key FROM voter_key")
        self._key: bytes = found[0][0] if found else secrets.token_bytes(32)
        if not found:
            database.write("INSERT INTO voter_key VALUES (1, ?)", self._key)

    def cast(self, card: int, user: int, vote: str) -> None:
        """Count the vote of a user on a card, in the place of an earlier one."""
        voter = hmac.digest(self._key, f"{card}:{user}".encode(), hashlib.sha256)
        self._database.write("REPLACE INTO votes VALUES (?, ?, ?)", card, voter, vote)


class Ballot:
    """The buttons under an answer."""

    def __init__(
        self, votes: Votes, journal: Journal, preferences: Preferences, metrics: Metrics
    ) -> None:
        self._votes = votes
        self._journal = journal
        self._preferences = preferences
        self._metrics = metrics

    async def press(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Count a vote, then say thanks, or ask why."""
        query = press_of(update)
        card, vote = _read(query)
        asked = await asyncio.to_thread(self._journal.asked, card)
        words = self._preferences.words(query.from_user, asked.language if asked else None)
        if asked is None:
            await confirm(query, words.gone, alert=True)
        elif not await self._cast(card, query.from_user.id, vote):
            await confirm(query, words.error, alert=True)
        else:
            await confirm(query, words.vote_why if vote == DOWN else words.vote_thanks)
            await _show(query, card, _reasons(card, words) if vote == DOWN else (_row(card),))

    async def _cast(self, card: int, user: int, vote: str) -> bool:
        try:
            await asyncio.to_thread(self._votes.cast, card, user, vote)
        except sqlite3.Error as error:
            logger.error("A vote can not be written: %s", error)
            return False
        self._metrics.votes.add(vote)
        return True


def _read(query: CallbackQuery) -> tuple[int, str]:
    _, card, vote = str(query.data).split(":")
    return int(card), vote


async def _show(query: CallbackQuery, card: int, rows: Sequence[Row]) -> None:
    """Put these rows in the place of the card's voting rows, and leave its others as they are."""
    message = query.message
    if not isinstance(message, Message) or message.reply_markup is None:
        return
    markup, new = message.reply_markup, keyboard(rows)
    assert new is not None  # there are rows
    others = [row for row in markup.inline_keyboard if not _votes_on(row, card)]
    wanted = InlineKeyboardMarkup([*others, *new.inline_keyboard])
    if wanted != markup:
        with suppress(BadRequest):  # somebody else's press has just done the same
            await message.edit_reply_markup(wanted)


def _votes_on(row: Sequence[InlineKeyboardButton], card: int) -> bool:
    return any(str(button.callback_data).startswith(f"vote:{card}:") for button in row)


def _row(card: int) -> Row:
    return _button("👍", card, UP), _button("👎", card, DOWN)


def _reasons(card: int, words: Texts) -> tuple[Row, ...]:
    """Why it was 👎, two on each row, and the way back."""
    texts = (words.vote_wrong, words.vote_source, words.vote_old, words.vote_unclear)
    why = [_button(text, card, vote) for text, vote in zip(texts, WHY, strict=True)]
    return (why[0], why[1]), (why[2], why[3]), (_button("👍", card, UP),)


def _button(text: str, card: int, vote: str) -> Button:
    return Button(text, data=f"vote:{card}:{vote}")
