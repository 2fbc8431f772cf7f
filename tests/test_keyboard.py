from bot.keyboard import keyboard
from bot.render import Button


def test_each_button_does_what_it_says() -> None:
    markup = keyboard(
        (
            (Button("Åpne kilden", "https://x.no/"),),
            (Button("👍", data="vote:3:up"), Button("👎", data="vote:3:down")),
            (Button("Hvem leder ACT?"), Button("Hva er NCE?")),
        )
    )
    assert markup
    assert markup.to_dict()["inline_keyboard"] == [
        [{"text": "Åpne kilden", "url": "https://x.no/"}],
        [
            {"text": "👍", "callback_data": "vote:3:up"},
            {"text": "👎", "callback_data": "vote:3:down"},
        ],
        [
            {"text": "Hvem leder ACT?", "callback_data": "ask3"},
            {"text": "Hva er NCE?", "callback_data": "ask4"},
        ],
    ]
    assert keyboard(()) is None
