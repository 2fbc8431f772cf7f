"""How cards get to Telegram: as replies."""

from telegram import LinkPreviewOptions, Message

from bot.keyboard import keyboard
from bot.render import Card

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)  # the card says enough of what it links to


async def send(message: Message, html: str) -> Message:
    """Reply with a text."""
    return await send_card(message, Card(html, ()))


async def send_card(message: Message, card: Card) -> Message:
    """Reply with a card."""
    return await message.reply_html(
        card.html,
        reply_markup=keyboard(card.buttons),
        link_preview_options=NO_PREVIEW,
        allow_sending_without_reply=True,  # the question may be deleted while it is answered
    )
