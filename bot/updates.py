"""What handlers need of an update: its message, the press on a button, and the press confirmed."""

from contextlib import suppress

from telegram import CallbackQuery, Message, Update
from telegram.error import BadRequest


def message_of(update: Update) -> Message:
    """The message; only for handlers whose filters let nothing else through."""
    message = update.effective_message
    assert message is not None
    return message


def press_of(update: Update) -> CallbackQuery:
    """The press on a button; only for handlers that take nothing else."""
    query = update.callback_query
    assert query is not None
    return query


async def confirm(query: CallbackQuery, text: str | None = None, alert: bool = False) -> None:
    """End the button's waiting, with a text or without."""
    with suppress(BadRequest):  # a press from before a restart can be too old to confirm
        await query.answer(text, show_alert=alert)
