"""The bot put together: settings and a function that answers in, a Telegram bot out."""

import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any

from telegram import BotCommand, Message, Update
from telegram.error import TelegramError
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ExtBot,
    JobQueue,
    MessageHandler,
    filters,
)

from bot.cards import Cards
from bot.conversation import Ask, Context, Conversation
from bot.hearing import IsAsk, Mentioned
from bot.journal import Journal
from bot.keyboard import ASKS
from bot.links import Links
from bot.metrics import Metrics
from bot.settings import Settings
from bot.sources import TURNS, Sources
from bot.texts import TEXTS, Texts, load_texts
from bot.transport import ObservedRequest, PatientLimiter, PollingRequest
from bot.turns import Turns
from knowledge.articles import Language
from knowledge.register import Cluster

Data = dict[Any, Any]  # PTB's own default, which this bot leaves empty
BotApplication = Application[ExtBot[int], Context, Data, Data, Data, JobQueue[Context]]

UPDATES = [
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
]  # the kinds that the handlers use
CONNECTIONS = 256  # to Telegram at once; PTB's default

# Telegram gives Norwegian users either of two codes; everybody else gets the default, English.
_MENUS: dict[str | None, Language] = {None: "en", "nb": "nb", "no": "nb", "nn": "nn"}

logger = logging.getLogger(__name__)


class ReplyToBot(filters.MessageFilter):
    """Lets replies to the bot's own messages through."""

    def filter(self, message: Message) -> bool:
        """Whether the message that is replied to came from this bot."""
        author = message.reply_to_message and message.reply_to_message.from_user
        return bool(author and author.id == message.get_bot().id)


def build_application(
    settings: Settings,
    ask: Ask,
    metrics: Metrics | None = None,
    clusters: Iterable[Cluster] = (),
    today: Callable[[], date] = date.today,
) -> BotApplication:
    """Put the bot together: where it connects, how it works and, below, all that it handles."""
    texts = load_texts(TEXTS)
    journal = Journal(settings.journal)
    cards = Cards(texts, today)
    talk = Conversation(ask, texts, journal, cards, Links(clusters, journal))
    sources = Sources(journal, talk.ask_again, cards, texts)
    metrics = metrics or Metrics()
    new = filters.UpdateType.MESSAGE
    private = new & filters.ChatType.PRIVATE
    said_to_bot = (filters.TEXT & ReplyToBot() | Mentioned()) & ~filters.COMMAND
    asked = (filters.ChatType.PRIVATE & ~filters.COMMAND) | said_to_bot | IsAsk()

    def is_handled(update: Update) -> bool:
        return any(handler.check_update(update) for handler in application.handlers[0])

    application = (
        Application.builder()
        .token(settings.token)
        .base_url(f"{settings.api_url}/bot")
        .request(ObservedRequest(metrics, CONNECTIONS))
        .get_updates_request(PollingRequest(metrics, 1))
        .rate_limiter(PatientLimiter())
        .concurrent_updates(Turns(is_handled, talk.refuse, metrics))
        .post_init(partial(register_commands, texts))
        .build()
    )
    # The first handler that fits takes the update.
    application.add_handlers(
        [
            CommandHandler("start", talk.start, new),
            CommandHandler("help", talk.help, new),
            CommandHandler("about", talk.about, new),
            CommandHandler("ask", talk.question, new),
            CommandHandler("new", talk.new, new),
            MessageHandler(private & filters.COMMAND, talk.help),  # any other command
            MessageHandler(private & filters.TEXT, talk.question),
            # Not what Telegram itself says in a chat, such as that a message was pinned.
            MessageHandler(private & ~filters.StatusUpdate.ALL, talk.not_text),
            # In a group people mostly talk to each other: commands above, replies and mentions.
            MessageHandler(new & said_to_bot, talk.question),
            MessageHandler(filters.UpdateType.EDITED_MESSAGE & asked, talk.edited),
            CallbackQueryHandler(talk.suggestion, ASKS),
            CallbackQueryHandler(sources.turn, TURNS),
        ]
    )
    application.add_error_handler(talk.on_error)
    return application


async def register_commands(texts: Mapping[Language, Texts], application: BotApplication) -> None:
    """Fill the command menu in every language; a bot without a menu still answers."""
    for code, language in _MENUS.items():
        words = texts[language]
        menu = [
            BotCommand("ask", words.menu_ask),
            BotCommand("new", words.menu_new),
            BotCommand("help", words.menu_help),
            BotCommand("about", words.menu_about),
            BotCommand("start", words.menu_start),
        ]
        try:
            await application.bot.set_my_commands(menu, language_code=code)
        except TelegramError:
            logger.exception("The command menu for language %s could not be set", code)
