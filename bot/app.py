"""The bot put together: settings and a function that answers in, a Telegram bot out."""

import logging
from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import partial
from typing import Any

from telegram import BotCommand, BotCommandScope, BotCommandScopeChat, Message, Update
from telegram.error import TelegramError
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChosenInlineResultHandler,
    CommandHandler,
    ExtBot,
    InlineQueryHandler,
    JobQueue,
    MessageHandler,
    filters,
)

from bot.access import Gate
from bot.admin import Admin
from bot.answering import Desk
from bot.cards import Cards
from bot.cluster_talk import CHOSEN, PLACES, ClusterTalk
from bot.conversation import Context, Conversation
from bot.database import Database
from bot.draft_talk import DRAFTS, DraftTalk
from bot.drafts import Drafts
from bot.guests import GuestMessage, Guests
from bot.hearing import IsAsk, Mentioned
from bot.inline import Inline
from bot.journal import Journal
from bot.keyboard import ASKS
from bot.memory import Memories
from bot.metrics import Metrics
from bot.newsroom import Newsroom
from bot.personal import CHOICES, Personal
from bot.preferences import Preferences
from bot.releases import Releases
from bot.rollback import ROLLBACKS, Rollback
from bot.settings import Settings
from bot.smalltalk import SmallTalk
from bot.sources import TURNS, Sources
from bot.submitted import DOCUMENTS, AnswersDraft, IsAddress
from bot.texts import TEXTS, Texts, load_texts
from bot.transport import ObservedRequest, PatientLimiter, PollingRequest
from bot.turns import Reason, Turns
from bot.votes import VOTES, Ballot, Votes
from knowledge.articles import Language

Data = dict[Any, Any]  # PTB's own default, which this bot leaves empty
BotApplication = Application[ExtBot[int], Context, Data, Data, Data, JobQueue[Context]]

UPDATES = [  # the kinds that the handlers use
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.CHOSEN_INLINE_RESULT,
    Update.GUEST_MESSAGE,
]
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
    releases: Releases,
    metrics: Metrics | None = None,
    database: Database | None = None,
    today: Callable[[], date] = date.today,
) -> BotApplication:
    """Put the bot together: where it connects, how it works and, below, all that it handles."""
    texts = load_texts(TEXTS)
    metrics = metrics or Metrics()
    database = database or Database(settings.journal)
    journal = Journal(database)
    preferences = Preferences(database, texts)
    source = releases.source
    desk = Desk(source, metrics)
    gate = Gate(settings, preferences)
    memories = Memories()
    cards = Cards(preferences, today)
    clusters = ClusterTalk(source, preferences, memories)
    talk = Conversation(desk, preferences, journal, memories, cards, clusters, SmallTalk(texts))
    sources = Sources(journal, desk, cards, preferences)
    inline = Inline(desk, source, preferences, journal, cards)
    guests = Guests(desk, preferences, journal, cards)
    drafts = Drafts(database)
    newsroom = Newsroom(releases.library, desk)
    editing = DraftTalk(drafts, newsroom, releases, journal, preferences, settings.admins)
    personal = Personal(preferences, drafts, talk.forget_person, settings.retention_days)
    admin = Admin(journal, preferences, metrics, releases)
    rollback = Rollback(releases, preferences, settings.admins)
    ballot = Ballot(Votes(database), journal, preferences, metrics)
    new = filters.UpdateType.MESSAGE & ~filters.VIA_BOT  # a card sent inline is no question
    private = new & filters.ChatType.PRIVATE
    admins = private & filters.User(settings.admins)
    said_to_bot = (filters.TEXT & ReplyToBot() | Mentioned()) & ~filters.COMMAND
    asked = (filters.ChatType.PRIVATE & ~filters.COMMAND) | said_to_bot | IsAsk()
    edited = filters.UpdateType.EDITED_MESSAGE & ~filters.VIA_BOT & asked

    def is_handled(update: Update) -> bool:
        takers = application.handlers[0]
        return not gate.is_silent(update) and any(taker.check_update(update) for taker in takers)

    async def refuse(update: Update, reason: Reason) -> None:
        words = preferences.words(update.effective_user)
        text = words.busy if reason == "busy" else words.too_fast
        await (guests if update.guest_message else talk).refuse(update, text)

    application = (
        Application.builder()
        .token(settings.token)
        .base_url(f"{settings.api_url}/bot")
        .base_file_url(f"{settings.api_url}/file/bot")
        .request(ObservedRequest(metrics, CONNECTIONS))
        .get_updates_request(PollingRequest(metrics, 1))
        .rate_limiter(PatientLimiter())
        .concurrent_updates(Turns(is_handled, refuse, metrics))
        .post_init(partial(register_commands, texts, settings.admins))
        .build()
    )
    # The first handler that fits takes the update.
    application.add_handlers(
        [
            gate,
            CommandHandler("start", talk.start, new),
            CommandHandler("help", talk.help, new),
            CommandHandler("about", talk.about, new),
            CommandHandler("ask", talk.question, new),
            CommandHandler("new", talk.new, new),
            CommandHandler("cluster", clusters.command, new),
            CommandHandler("clusters", clusters.start, new),
            CommandHandler("language", personal.language, new),
            CommandHandler("privacy", personal.privacy, new),
            CommandHandler("forget", personal.forget, new),
            CommandHandler("stats", admin.stats, admins),
            CommandHandler("status", admin.status, admins),
            CommandHandler("rollback", rollback.command, admins),
            CommandHandler("unanswered", admin.unanswered, admins),
            MessageHandler(private & filters.COMMAND, talk.help),  # any other command
            MessageHandler(admins & filters.TEXT & AnswersDraft(drafts), editing.answer),
            MessageHandler(admins & (IsAddress() | DOCUMENTS), editing.submitted),
            MessageHandler(private & filters.TEXT, talk.question),
            # Not what Telegram itself says in a chat, such as that a message was pinned.
            MessageHandler(private & ~filters.StatusUpdate.ALL, talk.not_text),
            # In a group people mostly talk to each other: commands above, replies and mentions.
            MessageHandler(new & said_to_bot, talk.question),
            MessageHandler(edited, talk.edited),
            CallbackQueryHandler(clusters.turn, PLACES),
            CallbackQueryHandler(clusters.chosen, CHOSEN),
            CallbackQueryHandler(talk.suggestion, ASKS),
            CallbackQueryHandler(sources.turn, TURNS),
            CallbackQueryHandler(ballot.press, VOTES),
            CallbackQueryHandler(personal.choose, CHOICES),
            CallbackQueryHandler(rollback.press, ROLLBACKS),
            CallbackQueryHandler(editing.press, DRAFTS),
            InlineQueryHandler(inline.query),
            ChosenInlineResultHandler(inline.chosen),
            MessageHandler(GuestMessage(), guests.message),
        ]
    )
    application.add_error_handler(talk.on_error)
    application.add_error_handler(guests.on_error)
    return application


async def register_commands(
    texts: Mapping[Language, Texts], admins: Collection[int], application: BotApplication
) -> None:
    """Fill the command menu in every language; a bot without a menu still answers."""
    for code, language in _MENUS.items():
        menu = _menu(texts[language])
        await _set_menu(application, menu, code)
        for admin in admins:
            longer = [*menu, *_admin_menu(texts[language])]
            await _set_menu(application, longer, code, BotCommandScopeChat(admin))


async def _set_menu(
    application: BotApplication,
    menu: list[BotCommand],
    code: str | None,
    scope: BotCommandScope | None = None,
) -> None:
    try:
        await application.bot.set_my_commands(menu, scope, code)
    except TelegramError:
        logger.exception("The command menu for language %s could not be set", code)


def _menu(words: Texts) -> list[BotCommand]:
    return [
        BotCommand("ask", words.menu_ask),
        BotCommand("new", words.menu_new),
        BotCommand("cluster", words.menu_cluster),
        BotCommand("clusters", words.menu_clusters),
        BotCommand("help", words.menu_help),
        BotCommand("about", words.menu_about),
        BotCommand("language", words.menu_language),
        BotCommand("privacy", words.menu_privacy),
        BotCommand("forget", words.menu_forget),
        BotCommand("start", words.menu_start),
    ]


def _admin_menu(words: Texts) -> list[BotCommand]:
    return [
        BotCommand("stats", words.menu_stats),
        BotCommand("status", words.menu_status),
        BotCommand("rollback", words.menu_rollback),
        BotCommand("unanswered", words.menu_unanswered),
    ]
