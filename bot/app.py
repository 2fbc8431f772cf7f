"""The running bot: settings and a function that answers in, a polling Telegram bot out."""

import logging
from collections.abc import Mapping
from functools import partial
from typing import Any

from telegram import BotCommand, Message, Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import (
    AIORateLimiter,
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ExtBot,
    JobQueue,
    MessageHandler,
    filters,
)

from bot.conversation import Ask, Context, Conversation
from bot.settings import Settings
from bot.texts import TEXTS, Texts, load_texts
from knowledge.articles import Language
from knowledge.errors import KlyngesvarError

Data = dict[Any, Any]  # PTB's own default, which this bot leaves empty
BotApplication = Application[ExtBot[int], Context, Data, Data, Data, JobQueue[Context]]

RETRIES = 3  # a 429 says how long to wait; without retries the answer would be lost
START_RETRIES = 5  # about thirteen seconds for a network that comes up after the bot

# Telegram gives Norwegian users either of two codes; everybody else gets the default, English.
_MENUS: dict[str | None, Language] = {None: "en", "nb": "nb", "no": "nb", "nn": "nn"}

logger = logging.getLogger(__name__)


class ReplyToBot(filters.MessageFilter):
    """Lets replies to the bot's own messages through."""

    def filter(self, message: Message) -> bool:
        """Whether the message that is replied to came from this bot."""
        author = message.reply_to_message and message.reply_to_message.from_user
        return bool(author and author.id == message.get_bot().id)


def build_application(settings: Settings, ask: Ask) -> BotApplication:
    """Put the bot together: where it connects, how it works and, below, all that it handles."""
    texts = load_texts(TEXTS)
    talk = Conversation(ask, texts)
    new = filters.UpdateType.MESSAGE
    private = new & filters.ChatType.PRIVATE
    application = (
        Application.builder()
        .token(settings.token)
        .base_url(f"{settings.api_url}/bot")
        .rate_limiter(AIORateLimiter(max_retries=RETRIES))
        .concurrent_updates(True)
        .post_init(partial(register_commands, texts))
        .build()
    )
    # The first handler that fits takes the update.
    application.add_handlers(
        [
            CommandHandler("start", talk.start, new),
            CommandHandler("help", talk.help, new),
            CommandHandler("about", talk.about, new),
            CommandHandler("ask", talk.ask_command, new),
            CommandHandler("new", talk.new, new),
            MessageHandler(private & filters.COMMAND, talk.help),  # any other command
            MessageHandler(private & filters.TEXT, talk.question),
            # Not what Telegram itself says in a chat, such as that a message was pinned.
            MessageHandler(private & ~filters.StatusUpdate.ALL, talk.not_text),
            # In a group people mostly talk to each other: commands above, and replies.
            MessageHandler(new & filters.TEXT & ~filters.COMMAND & ReplyToBot(), talk.question),
            CallbackQueryHandler(talk.suggestion),
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


def run(settings: Settings, ask: Ask) -> None:
    """Answer until SIGINT or SIGTERM; questions taken by then are still answered."""
    configure_logging(settings)
    application = build_application(settings, ask)
    try:
        application.run_polling(
            bootstrap_retries=START_RETRIES,
            allowed_updates=[Update.MESSAGE, Update.CALLBACK_QUERY],
        )
    except InvalidToken as error:
        raise KlyngesvarError(
            f"{settings.api_url} does not know the token in TELEGRAM_BOT_TOKEN: write /token to "
            "https://t.me/BotFather for the current one"
        ) from error
    except TelegramError as error:
        raise KlyngesvarError(
            f"the bot could not start with {settings.api_url} ({error}): check the network, and "
            "TELEGRAM_API_URL if you set it"
        ) from error


def configure_logging(settings: Settings) -> None:
    """Log to stderr, and keep the token out: httpx logs addresses that contain it."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Redacting(settings.token))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    logging.getLogger("httpx").setLevel(logging.WARNING)


class _Redacting(logging.Formatter):
    """Blots out the token; a formatter, unlike a filter, also sees what tracebacks say."""

    def __init__(self, token: str) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._token = token

    def format(self, record: logging.LogRecord) -> str:
        return super().format(record).replace(self._token, "[token]")
