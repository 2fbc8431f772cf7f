"""What admins send to become articles: which messages those are, and how they are read."""

import re
from collections.abc import Callable
from functools import partial

from telegram import Document, Message, MessageEntity
from telegram.constants import FileSizeLimit
from telegram.error import BadRequest
from telegram.ext import filters

from bot.drafts import Drafts
from knowledge.document import Document as Page
from knowledge.fetch import fetch

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_SCHEME = re.compile(r"https?://", re.IGNORECASE)

# Pictures, films and sounds that were sent as files are no articles.
DOCUMENTS = filters.Document.ALL & ~(
    filters.ANIMATION | filters.Document.IMAGE | filters.Document.VIDEO | filters.Document.AUDIO
)


class IsAddress(filters.MessageFilter):
    """Lets through a text that is one web address and nothing else."""

    def filter(self, message: Message) -> bool:
        """Whether it is."""
        text = (message.text or "").strip()
        found = message.parse_entities([MessageEntity.URL]).values()
        return bool(_ADDRESS.fullmatch(text)) or text in found


class AnswersDraft(filters.MessageFilter):
    """Lets through replies to what the bot asked about a draft."""

    def __init__(self, drafts: Drafts) -> None:
        super().__init__()
        self._drafts = drafts

    def filter(self, message: Message) -> bool:
        """Whether it is one."""
        asked = message.reply_to_message
        return bool(asked and self._drafts.asked_for(message.chat_id, asked.message_id))


class TooLargeError(Exception):
    """Telegram gives bots no files of this size."""


async def submitted(message: Message) -> Callable[[], Page]:
    """What gets the page at the address or in the file of a message, in a thread of its own.

    Raises a TooLargeError, or a TelegramError where the file cannot be had.
    """
    if message.document:
        page = await _downloaded(message.document)
        return lambda: page
    text = (message.text or "").strip()
    return partial(fetch, text if _SCHEME.match(text) else f"https://{text}")


async def _downloaded(document: Document) -> Page:
    if (document.file_size or 0) > FileSizeLimit.FILESIZE_DOWNLOAD:
        raise TooLargeError
    try:
        file = await document.get_file()
    except BadRequest as error:
        if "too big" in str(error):
            raise TooLargeError from error
        raise
    data = bytes(await file.download_as_bytearray())
    return Page(data, document.file_name or "-", document.mime_type)
