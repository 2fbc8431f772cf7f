"""A reply and what was asked in, the whole card out: its notes of today, and where it leads."""

from collections.abc import Callable, Mapping
from datetime import date

from telegram import Bot

from bot.age import age_note
from bot.journal import Asked
from bot.links import inline_query, question_link
from bot.render import Card, View, render, shown_quote
from bot.texts import Texts
from index.answer import Answer
from index.followup import Reply
from knowledge.articles import Language


class Cards:
    """Makes cards in the language in which the question was answered."""

    def __init__(self, texts: Mapping[Language, Texts], today: Callable[[], date]) -> None:
        """Take the words and the calendar."""
        self._texts = texts
        self._today = today

    def first(self, reply: Reply, asked: Asked, number: int, bot: Bot) -> Card:
        """The card as it is sent."""
        return self.turned(reply, asked, number, bot, 0, in_context=False)

    def turned(
        self, reply: Reply, asked: Asked, number: int, bot: Bot, shown: int, in_context: bool
    ) -> Card:
        """The card with another of the answer's quotes, or with a quote's paragraph."""
        view = View(
            number=number,
            shown=shown,
            in_context=in_context,
            query=inline_query(asked.question) if bot.supports_inline_queries else None,
            link=question_link(bot.username, number, asked.question),
        )
        texts = self._texts[asked.language]
        notes = self._notes(reply.answer, view, texts)
        return render(reply.answer, texts, asked.understood, notes, view)

    def _notes(self, answer: Answer, view: View, texts: Texts) -> tuple[str, ...]:
        """What is to be known about the shown quote."""
        if not answer.quotes:
            return ()
        age = age_note(answer, shown_quote(answer, view), texts, self._today())
        return (age,) if age else ()
