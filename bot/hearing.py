"""What a message says to the bot: a message in, the words that are meant for the bot out."""

import re

from telegram import Message, MessageEntity
from telegram.ext import filters

from bot.texts import Texts

_CUT = "\0"  # where a mention was
_ASK = re.compile(r"/ask(?:@\w+)?(?:\s+|$)", re.IGNORECASE)
# A question mark that ends something, not one in an address.
_QUESTION = re.compile(
    r"\?(?![\w=&/])|^\W*(?:hvem|hva|hvor|hvordan|hvorfor|hvilke[nt]?|når|kven|kva|kvar|kor|korleis|kvifor"
    r"|who|what|where|when|why|how|which)\b",
    re.IGNORECASE,
)


class Mentioned(filters.MessageFilter):
    """Lets through what mentions the bot: a text, or the words under a picture."""

    def filter(self, message: Message) -> bool:
        """Whether one of the mentions is the bot's."""
        return bool(_mentions(message))


class IsAsk(filters.MessageFilter):
    """Lets through /ask where PTB's CommandHandler does not look: in edited messages."""

    def filter(self, message: Message) -> bool:
        """Whether the text begins with the command."""
        return bool(_ASK.match(message.text or ""))


def words_for_bot(message: Message) -> str:
    """A text or caption without the bot's name and without /ask."""
    text = (message.text or message.caption or "").encode("utf-16-le")  # as entities count
    for mention in reversed(_mentions(message)):
        start, end = mention.offset * 2, (mention.offset + mention.length) * 2
        text = text[:start] + _CUT.encode("utf-16-le") + text[end:]
    words = re.sub(rf"[\s,:]*{_CUT}[\s,:]*", " ", text.decode("utf-16-le"))
    return _ASK.sub("", words.strip(), count=1).strip()


def is_question(text: str) -> bool:
    """Whether a text that was not written to the bot asks something."""
    return bool(_QUESTION.search(text))


def reaction(message: Message, texts: Texts) -> str:
    """A sentence about what is not text."""
    if message.sticker or message.animation:
        return texts.sticker
    if message.photo or message.video or message.video_note:
        return texts.picture
    return texts.voice if message.voice or message.audio else texts.not_text


def _mentions(message: Message) -> list[MessageEntity]:
    """Where the bot is mentioned, in order."""
    bot = message.get_bot()
    kinds: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    found = {**message.parse_entities(kinds), **message.parse_caption_entities(kinds)}
    name = f"@{bot.username}".lower()
    return [
        entity
        for entity, text in found.items()
        if text.lower() == name or (entity.user and entity.user.id == bot.id)
    ]
