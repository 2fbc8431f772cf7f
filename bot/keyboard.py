"""Buttons as Telegram has them: a card's rows in, an inline keyboard out, and presses back."""

from collections.abc import Sequence
from itertools import chain, count

from telegram import (
    CallbackQuery,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
)

from bot.render import Button

ASKS = r"ask\d+$"  # the data of a button that asks its own text


def keyboard(rows: Sequence[Sequence[Button]]) -> InlineKeyboardMarkup | None:
    """The rows under a message; None where there are none."""
    number = count()
    keys = [[_key(button, next(number)) for button in row] for row in rows]
    return InlineKeyboardMarkup(keys) if keys else None


def pressed_text(query: CallbackQuery) -> str | None:
    """The pressed button's text; the message itself remembers it, so restarts lose nothing."""
    markup = query.message.reply_markup if isinstance(query.message, Message) else None
    buttons = chain.from_iterable(markup.inline_keyboard if markup else ())
    return next((button.text for button in buttons if button.callback_data == query.data), None)


def _key(button: Button, number: int) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(button.text, url=button.url)
    if button.query:
        return InlineKeyboardButton(button.text, switch_inline_query=button.query)
    if button.copy:
        return InlineKeyboardButton(button.text, copy_text=CopyTextButton(button.copy))
    return InlineKeyboardButton(button.text, callback_data=button.data or f"ask{number}")
