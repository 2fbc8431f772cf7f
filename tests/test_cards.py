from collections.abc import Iterator
from dataclasses import replace

import pytest
from driver import TOKEN, Driver, keys, plain
from fakes import PRIVATE, USER, answer, article, text_message
from telegram_standin import TelegramStandIn

from bot.conversation import LONGEST_QUESTION
from bot.render import units
from index.answer import Answer, Quote
from index.departures import Departure
from index.followup import Memory, Reply
from knowledge.articles import LANGUAGES, Language

LONG = "🚀🚀🚀🚀 & < " * 100  # more than any piece of a card may take
QUOTE = LONG[:390].strip() + " Kari Ås."  # about the longest that is ever quoted
SOURCE = replace(
    article(f"{LONG * 10}{QUOTE}{LONG * 10}", f"https://example.no/{'sti/' * 100}"),
    title=LONG,
    publisher=LONG,
    published="2017-10-16",
)
START = len(LONG * 10)
SPAN = START, START + 180  # a short answer is not that long
FULL = Quote(SOURCE, START, START + len(QUOTE), SPAN, "proof")
FULLEST = replace(
    answer(verdict="maybe", text=SOURCE.body[slice(*SPAN)]),
    quotes=(
        FULL,
        replace(FULL, relation="older"),
        replace(FULL, relation="conflicts"),
        replace(FULL, relation="agrees"),
    ),
    suggestions=(LONG[:200],) * 3,
    is_role=True,
)
LEFT = Departure(LONG, LONG, 2012, 2021, f"https://example.no/{'sti/' * 100}")


@pytest.fixture
def telegram() -> Iterator[TelegramStandIn]:
    with TelegramStandIn(TOKEN) as stand_in:
        yield stand_in


@pytest.mark.parametrize("language", LANGUAGES)
def test_telegram_takes_the_fullest_card(telegram: TelegramStandIn, language: Language) -> None:
    fullest: Answer = replace(FULLEST, language=language)

    def reply(question: str, _: Language | None, __: Memory | None) -> Reply:
        return Reply(fullest, LONG, None, whole=question, departure=LEFT)

    with Driver(telegram, reply) as bot:
        [card] = bot.say(text_message(("Hvem leder? " * 100)[:LONGEST_QUESTION]))
        cards = [card]
        for number in (1, 2, 3, 0):
            cards += bot.press(f"more:1:{number}", PRIVATE, USER)[1:]
            cards += bot.press(f"context:1:{number}", PRIVATE, USER)[1:]
    assert telegram.refused == []
    longest = [units(plain(card)) for card in cards]
    assert len(longest) == 9
    assert 3200 < max(longest) <= 4096
    assert QUOTE in plain(cards[0])
    assert len(keys(cards[0])) == 7  # source, more, context, link, one suggestion's text, 👍, 👎
