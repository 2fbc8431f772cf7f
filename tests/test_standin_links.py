"""The stand-in is as strict with links, edits and keyboards as Telegram, or stricter."""

import pytest
from telegram_standin import Refusal, TelegramStandIn, read_html


def test_a_link_has_words_and_an_address() -> None:
    seen = read_html('se <a href="https://x.no/?a=1&amp;b=2">her &amp; <b>nå</b></a>')
    assert seen.plain == "se her & nå"
    assert seen.links == (("her & nå", "https://x.no/?a=1&b=2"),)


@pytest.mark.parametrize(
    "html",
    [
        "<a>x</a>",
        '<a href="">x</a>',
        '<a href="ikuben.no">x</a>',
        '<a href="tg://user?id=1">x</a>',
        '<a href="https://x.no/?a=1&b=2">x</a>',
        '<a href="https://x.no/å b">x</a>',
        "<a href='https://x.no'>x</a>",
        '<a href="https://x.no">x',
        '<a href="https://x.no">x</a href="https://x.no">',
        '<a href="https://x.no">x <a href="https://y.no">y</a></a>',
        '<b href="https://x.no">x</b>',
        '<a href="https://x.no">x</a>' * 101,
    ],
)
def test_anything_else_is_refused(html: str) -> None:
    with pytest.raises(Refusal):
        read_html(html)


def test_an_edit_must_change_a_message_that_is_there() -> None:
    telegram = TelegramStandIn("1:a")
    telegram.know({"id": 7, "type": "private"})
    sent = telegram._send_message({"chat_id": 7, "text": "før"})
    edit = {"chat_id": 7, "message_id": sent["message_id"], "text": "etter"}
    assert telegram._edit_text(edit)["text"] == "etter"
    for wrong, said in ((edit, "not modified"), ({**edit, "message_id": 1}, "not found")):
        with pytest.raises(Refusal, match=said):
            telegram._edit_text(wrong)
    assert [message["text"] for message in telegram.messages] == ["etter"]


@pytest.mark.parametrize("rows", [[9], [8] * 13, [0]])
def test_a_keyboard_has_its_limits(rows: list[int]) -> None:
    telegram = TelegramStandIn("1:a")
    telegram.know({"id": 7, "type": "private"})
    keyboard = [[{"text": "x", "callback_data": "x"}] * count for count in rows]
    markup = {"inline_keyboard": keyboard}
    with pytest.raises(Refusal):
        telegram._send_message({"chat_id": 7, "text": "x", "reply_markup": markup})
