"""Articles that admins send: read, shown, changed, and published when a button is pressed."""

import asyncio
import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import partial
from html import escape

from telegram import Bot, CallbackQuery, ForceReply, Message, ReplyParameters, Update, User
from telegram.constants import ParseMode
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.admin import MONTH
from bot.draft_card import advice, draft_card, missing_part, published_text, worse_text
from bot.draft_parts import PartError, changed
from bot.drafts import PARTS, Drafts, Kept, Part
from bot.edits import edit_card
from bot.journal import Entry, Journal
from bot.newsroom import MOST_TRIED, Newsroom, PresentError
from bot.preferences import Preferences
from bot.releases import Releases
from bot.render import Card
from bot.sending import send
from bot.submitted import TooLargeError, submitted
from bot.texts import Texts
from bot.unanswered import unanswered
from bot.updates import confirm, message_of, press_of
from bot.votes import AGAINST
from index.lock import BusyError
from index.publishing import WorseError
from knowledge.errors import KlyngesvarError
from knowledge.web import PrivateAddressError

Context = ContextTypes.DEFAULT_TYPE

DRAFTS = rf"draft:\d{{1,18}}:(?:publish|discard|{'|'.join(PARTS)})$"  # the buttons' data

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Talk:
    """With whom, and for what."""

    context: Context
    update: Update
    user: User
    words: Texts

    @property
    def bot(self) -> Bot:
        return self.context.bot


class DraftTalk:
    """What is said about drafts; each belongs to the admin who sent it."""

    def __init__(
        self,
        drafts: Drafts,
        newsroom: Newsroom,
        releases: Releases,
        journal: Journal,
        preferences: Preferences,
        admins: Collection[int],
    ) -> None:
        """Take where drafts are kept and become articles, what answers, and who may do it."""
        self._drafts = drafts
        self._newsroom = newsroom
        self._releases = releases
        self._journal = journal
        self._preferences = preferences
        self._admins = admins
        self._being_published = set[int]()
        self._being_tried = set[int]()

    async def submitted(self, update: Update, context: Context) -> None:
        """Say that an address or a file is being read, and read it."""
        talk, message = self._talk(update, context), message_of(update)
        waiting = await send(message, talk.words.draft_reading)
        # Beside the chat's turn: a slow page takes a minute, in which its admin may ask questions.
        context.application.create_task(self._read(talk, message, waiting), update)

    async def press(self, update: Update, context: Context) -> None:
        """Do what the pressed button says, if the draft is of who presses it."""
        talk, query = self._talk(update, context), press_of(update)
        _draft, number, action = str(query.data).split(":")
        kept = await asyncio.to_thread(self._drafts.get, int(number))
        refusal = self._refusal(kept, query, talk.words)
        await confirm(query, refusal, alert=refusal is not None)
        if refusal or kept is None:
            return
        if action == "discard":
            await asyncio.to_thread(self._drafts.remove, kept.number)
            await _edit(talk.bot, kept, Card(talk.words.draft_discarded, ()))
        elif part := _part(action) or missing_part(kept.draft):
            await self._ask(talk, kept, part)
        else:
            self._being_published.add(kept.number)
            context.application.create_task(self._publish(talk, kept), update)

    async def answer(self, update: Update, context: Context) -> None:
        """Take the part of a draft that was asked for, and show how the draft is now."""
        talk, message = self._talk(update, context), message_of(update)
        found = await asyncio.to_thread(self._asked_for, message)
        if found is None:
            await send(message, talk.words.draft_gone)
            return
        kept, part = found
        if kept.number in self._being_published:
            await send(message, talk.words.draft_publishing)
            return
        try:
            draft = changed(kept.draft, part, message.text or "", talk.words)
            await self._newsroom.check(draft)
        except (PartError, KlyngesvarError) as error:
            await send(message, self._why_not(error, talk))
            await self._ask(talk, kept, part)
            return
        await asyncio.to_thread(self._drafts.change, kept.number, draft)
        await _reply(talk.bot, kept, talk.words.draft_changed)
        await self._show(talk, kept.number)

    async def _read(self, talk: _Talk, message: Message, waiting: Message) -> None:
        """Put the draft, or why there is none, in the place of the message that tells to wait."""
        try:
            draft = await self._newsroom.read(await submitted(message))
        except Exception as error:
            await edit_card(waiting.edit_text, Card(self._why_not(error, talk), ()))
            return
        chat, card = message.chat_id, waiting.message_id
        kept = await asyncio.to_thread(self._drafts.add, talk.user.id, chat, card, draft)
        await self._show(talk, kept.number)

    async def _show(self, talk: _Talk, number: int) -> None:
        """Show a draft as it is now; what is missing is asked for, else it is tried out."""
        kept = await asyncio.to_thread(self._drafts.get, number)
        if kept is None or number in self._being_published:
            return
        like = await asyncio.to_thread(self._drafts.like, kept.draft)
        await _edit(talk.bot, kept, draft_card(kept, len(like) > 1, talk.words))
        if part := missing_part(kept.draft):
            await self._ask(talk, kept, part)
        elif kept.answers is None and number not in self._being_tried:
            self._being_tried.add(number)
            talk.context.application.create_task(self._try_out(talk, kept), talk.update)

    async def _try_out(self, talk: _Talk, kept: Kept) -> None:
        """Find what the draft would newly answer; it can be published without that as well."""
        try:
            entries = await asyncio.to_thread(self._journal.last, MONTH)
            found = await self._newsroom.newly_answered(kept.draft, *_questions(entries))
        except Exception:
            logger.exception("A draft could not be tried out")
            return
        finally:
            self._being_tried.discard(kept.number)
        await asyncio.to_thread(self._drafts.note_answers, kept.number, found)
        await self._show(talk, kept.number)

    async def _publish(self, talk: _Talk, kept: Kept) -> None:
        """Publish a draft; where that cannot be, it stays a draft."""
        try:
            await _edit(talk.bot, kept, Card(talk.words.draft_publishing, ()))
            done = await self._newsroom.publish(kept.draft, f"{talk.user.full_name} (Telegram)")
            await asyncio.to_thread(self._drafts.remove, kept.number)
        except Exception as error:
            self._being_published.discard(kept.number)
            await self._show(talk, kept.number)
            await _reply(talk.bot, kept, self._why_not(error, talk))
            return
        self._being_published.discard(kept.number)
        await self._releases.look()
        await _edit(talk.bot, kept, Card(published_text(done, kept.draft.title, talk.words), ()))

    async def _ask(self, talk: _Talk, kept: Kept, part: Part) -> None:
        words = talk.words
        questions = {
            "title": words.draft_ask_title,
            "publisher": words.draft_ask_publisher,
            "published": words.draft_ask_date,
        }
        asked = await _reply(talk.bot, kept, questions[part], ForceReply())
        chat, message = kept.chat, asked.message_id
        await asyncio.to_thread(self._drafts.note_question, chat, message, kept.number, part)

    def _asked_for(self, message: Message) -> tuple[Kept, Part] | None:
        """The draft, and the part of it, that a message answers."""
        question = message.reply_to_message
        found = question and self._drafts.asked_for(message.chat_id, question.message_id)
        kept = self._drafts.get(found[0]) if found else None
        return (kept, found[1]) if found and kept else None

    def _refusal(self, kept: Kept | None, query: CallbackQuery, words: Texts) -> str | None:
        """Why a press does nothing."""
        if kept is None or query.from_user.id not in self._admins:
            return words.draft_gone
        if kept.owner != query.from_user.id:
            return words.draft_not_yours
        return words.draft_publishing if kept.number in self._being_published else None

    def _why_not(self, error: Exception, talk: _Talk) -> str:
        """What keeps a draft from being made or published, as HTML."""
        words = talk.words
        match error:
            case PartError():
                return str(error)
            case TooLargeError():
                return words.draft_too_large
            case PrivateAddressError():
                return words.draft_private
            case PresentError():
                title = escape(error.article.title, quote=False)
                return words.draft_present.format(title=title, file=f"{error.article.slug}.md")
            case WorseError():
                return worse_text(error.harm, words)
            case BusyError():
                return words.draft_busy.format(holder=escape(error.holder, quote=False))
            case KlyngesvarError():
                return advice(error, self._preferences.language(talk.user) or "en")
        logger.error("A draft could not be made or published", exc_info=error)
        return words.draft_lost if isinstance(error, TelegramError) else words.error

    def _talk(self, update: Update, context: Context) -> _Talk:
        user = update.effective_user
        assert user is not None  # only admins get here
        return _Talk(context, update, user, self._preferences.words(user))


def _questions(entries: Iterable[Entry]) -> tuple[list[str], list[str]]:
    """What got no firm answer, and what got one that somebody voted against; most asked first."""
    groups = unanswered(entries, MOST_TRIED)
    against = [group for group in groups if group.reasons.keys() & {*AGAINST}]
    return (
        [group.question for group in groups if group not in against],
        [group.question for group in against],
    )


def _part(action: str) -> Part | None:
    return next((part for part in PARTS if part == action), None)


async def _edit(bot: Bot, kept: Kept, card: Card) -> None:
    """Put a card in the place of the draft's."""
    edit = partial(bot.edit_message_text, chat_id=kept.chat, message_id=kept.card)
    await edit_card(edit, card)


async def _reply(bot: Bot, kept: Kept, html: str, markup: ForceReply | None = None) -> Message:
    """Say something below the draft's card."""
    return await bot.send_message(
        kept.chat,
        html,
        parse_mode=ParseMode.HTML,
        reply_markup=markup,
        reply_parameters=ReplyParameters(kept.card, allow_sending_without_reply=True),
    )
