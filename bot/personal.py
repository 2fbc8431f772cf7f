"""What people decide for themselves: their language, and what is kept of them."""

import asyncio
from collections.abc import Awaitable, Callable

from telegram import Message, Update, User
from telegram.ext import ContextTypes

from bot.drafts import Drafts
from bot.keyboard import keyboard
from bot.preferences import Preferences
from bot.render import Button, Row
from bot.texts import Texts
from bot.updates import confirm, message_of, press_of
from knowledge.articles import LANGUAGES

Context = ContextTypes.DEFAULT_TYPE

BY_QUESTION = "question"
CHOICES = rf"language:(?:{'|'.join((*LANGUAGES, BY_QUESTION))})$"  # the buttons' data


class Personal:
    """The commands /language, /privacy and /forget."""

    def __init__(
        self,
        preferences: Preferences,
        drafts: Drafts,
        forget: Callable[[User], Awaitable[None]],
        days: int,
    ) -> None:
        """Take what forgets a user's conversations, and for how many days questions are kept."""
        self._preferences = preferences
        self._drafts = drafts
        self._forget_talk = forget
        self._days = days

    async def language(self, update: Update, _: Context) -> None:
        """Offer the languages."""
        words = self._preferences.words(update.effective_user)
        await message_of(update).reply_html(
            words.language_ask,
            reply_markup=keyboard(_choices(words)),
            allow_sending_without_reply=True,
        )

    async def choose(self, update: Update, _: Context) -> None:
        """Speak the language on the pressed button from now on."""
        query = press_of(update)
        choice = str(query.data).partition(":")[2]
        await asyncio.to_thread(self._choose, query.from_user, choice)
        words = self._preferences.words(query.from_user)
        await confirm(query, words.language_unset if choice == BY_QUESTION else words.language_set)

    async def privacy(self, update: Update, _: Context) -> None:
        """Say what is kept."""
        words = self._preferences.words(update.effective_user)
        await _reply(message_of(update), words.privacy.format(days=self._days))

    async def forget(self, update: Update, _: Context) -> None:
        """Delete what is tied to the user."""
        user = update.effective_user
        if user:
            await self._forget_talk(user)
            await asyncio.to_thread(self._preferences.forget, user)
            await asyncio.to_thread(self._drafts.forget, user)
        await _reply(message_of(update), self._preferences.words(user).forgotten)

    def _choose(self, user: User, choice: str) -> None:
        for language in LANGUAGES:
            if choice == language:
                return self._preferences.choose(user, language)
        return self._preferences.forget(user)


def _choices(words: Texts) -> tuple[Row, ...]:
    names = (words.language_nb, words.language_nn, words.language_en)
    languages = [_choice(name, code) for name, code in zip(names, LANGUAGES, strict=True)]
    return tuple(languages), (_choice(words.language_by_question, BY_QUESTION),)


def _choice(text: str, choice: str) -> Button:
    return Button(text, data=f"language:{choice}")


async def _reply(message: Message, html: str) -> None:
    await message.reply_html(html, allow_sending_without_reply=True)
