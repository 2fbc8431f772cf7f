"""Answers that change after they were sent: which message answers which, and how it is edited."""

from collections.abc import Awaitable, Callable
from time import monotonic

from telegram import Message
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.keyboard import keyboard
from bot.render import Card
from bot.sending import NO_PREVIEW

KEPT_SECONDS = 60 * 60
MOST = 1000  # answers at once; the oldest goes first

# A second press before the first was seen, and messages that are deleted or too old.
_HARMLESS = ("is not modified", "can't be edited", "to edit not found", "message_id_invalid")


class Edits:
    """Remembers for an hour which message of the bot's answers which message of a user's."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """Take the clock, in seconds."""
        self._clock = clock
        self._answers: dict[tuple[int, int], tuple[float, int]] = {}  # the oldest first

    def note(self, asked: Message, answer: Message) -> None:
        """Remember what answers a message."""
        self._answers[asked.chat_id, asked.message_id] = self._clock(), answer.message_id
        if len(self._answers) > MOST:
            del self._answers[next(iter(self._answers))]

    def answer_to(self, asked: Message) -> int | None:
        """The id of the message that answers it; None where it was not answered, or long ago."""
        noted_at, answer = self._answers.get((asked.chat_id, asked.message_id), (0.0, None))
        return answer if self._clock() - noted_at < KEPT_SECONDS else None


async def edit_card(edit: Callable[..., Awaitable[object]], card: Card) -> None:
    """Put a card in the place of another, where that still can be done."""
    try:
        await edit(
            text=card.html,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard(card.buttons),
            link_preview_options=NO_PREVIEW,
        )
    except BadRequest as error:
        if not any(words in str(error).lower() for words in _HARMLESS):
            raise
