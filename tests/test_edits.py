import asyncio
from datetime import UTC, datetime

import pytest
from telegram import Chat, Message
from telegram.error import BadRequest

from bot.edits import KEPT_SECONDS, MOST, Edits, edit_card
from bot.render import Card


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def message(number: int, chat: int = 7) -> Message:
    return Message(number, datetime.now(UTC), Chat(chat, "private"))


def test_an_answer_is_found_for_an_hour() -> None:
    clock = Clock()
    edits = Edits(clock)
    edits.note(message(1), message(2))
    clock.now += KEPT_SECONDS - 1
    assert edits.answer_to(message(1)) == 2
    assert edits.answer_to(message(2)) is None
    assert edits.answer_to(message(1, chat=8)) is None
    clock.now += 1
    assert edits.answer_to(message(1)) is None


def test_the_oldest_goes_when_there_are_too_many() -> None:
    edits = Edits()
    for number in range(MOST + 1):
        edits.note(message(number), message(number + 10_000))
    assert edits.answer_to(message(0)) is None
    assert edits.answer_to(message(1)) == 10_001
    assert edits.answer_to(message(MOST)) == MOST + 10_000


@pytest.mark.parametrize(
    "reason",
    [
        "Message is not modified: specified new message content and reply markup are ...",
        "Message can't be edited",
        "Message to edit not found",
        "MESSAGE_ID_INVALID",
    ],
)
def test_an_edit_that_comes_to_nothing_is_no_error(reason: str) -> None:
    async def edit(**_: object) -> None:
        raise BadRequest(reason)

    asyncio.run(edit_card(edit, Card("x", ())))


def test_any_other_refusal_is_one() -> None:
    async def edit(**_: object) -> None:
        raise BadRequest("Can't parse entities")

    with pytest.raises(BadRequest, match="parse"):
        asyncio.run(edit_card(edit, Card("x", ())))
