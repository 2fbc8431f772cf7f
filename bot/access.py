"""Who may use the bot: everybody, or where there is a list, those in it and the admins."""

from contextlib import suppress

from telegram import Update
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import BaseHandler, ContextTypes

from bot.preferences import Preferences
from bot.render import Card
from bot.results import message_result
from bot.settings import Settings

Context = ContextTypes.DEFAULT_TYPE


class Gate(BaseHandler[Update, Context, None]):
    """Takes the updates from outside, so that no handler after it does."""

    def __init__(self, settings: Settings, preferences: Preferences) -> None:
        super().__init__(self._refuse)
        self._chats, self._admins = settings.chats, settings.admins
        self._preferences = preferences

    def check_update(self, update: object) -> bool:
        """Whether an update comes from outside."""
        if not self._chats or not isinstance(update, Update):
            return False
        user = update.effective_user
        return not (user and user.id in self._admins) and _place(update) not in self._chats

    def is_silent(self, update: Update) -> bool:
        """Whether an update comes from outside and gets no reply at all."""
        return self.check_update(update) and not _expects_reply(update)

    async def _refuse(self, update: Update, _: Context) -> None:
        text = self._preferences.words(update.effective_user).outside
        with suppress(TelegramError):  # a refusal that does not arrive is one as well
            if update.guest_message:
                await update.guest_message.answer_guest_query(message_result(Card(text, ())))
            elif update.inline_query:
                await update.inline_query.answer([], cache_time=0, is_personal=True)
            elif update.callback_query and not self.is_silent(update):
                await update.callback_query.answer(text, show_alert=True)
            elif update.message and not self.is_silent(update):
                await update.message.reply_html(text)


def _place(update: Update) -> int | None:
    """The chat that is asked in; outside the bot's own chats, that of who asks."""
    # Inline and guest queries come from chats of other people's. A private chat has its user's id.
    chat = None if update.guest_message else update.effective_chat
    person = update.effective_user
    return chat.id if chat else person.id if person else None


def _expects_reply(update: Update) -> bool:
    chat = update.effective_chat
    return chat is None or chat.type == ChatType.PRIVATE or update.guest_message is not None
