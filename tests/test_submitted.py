import pytest
from fakes import text_message
from telegram import Message
from telegram_standin import Json

from bot.submitted import IsAddress


def heard(text: str, *entities: Json) -> bool:
    message = Message.de_json(text_message(text, entities=list(entities)), None)
    return IsAddress().filter(message)


@pytest.mark.parametrize(
    ("text", "is_address"),
    [
        ("https://www.example.no/sak?a=1#b", True),
        (" HTTP://example.no\n", True),
        ("www.example.no/sak", True),
        ("example.no/sak", False),  # without Telegram's word for it
        ("se https://www.example.no/sak", False),
        ("https://example.no/a https://example.no/b", False),
        ("Hvem leder iKuben?", False),
    ],
)
def test_a_text_that_is_one_address_is_told_from_others(text: str, is_address: bool) -> None:
    assert heard(text) == is_address


def test_telegram_tells_what_else_is_an_address() -> None:
    assert heard("example.no/sak", {"type": "url", "offset": 0, "length": 14})
    assert not heard("se example.no", {"type": "url", "offset": 3, "length": 10})
