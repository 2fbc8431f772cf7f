"""A reply and what was asked in, the whole card out: its notes of today, and where it leads."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from telegram import Bot, User

from bot.age import age_note
from bot.cluster_card import departure_note
from bot.journal import Asked
from bot.links import inline_query, question_link
from bot.preferences import Preferences
from bot.render import Card, View, render, shown_quote
from bot.texts import Texts
from bot.votes import votable
from index.answer import Quote
from index.followup import Reply


class Cards:
    """Makes cards in the language in which the question was answered, or the user's own choice."""

    def __init__(self, preferences: Preferences, today: Callable[[], date]) -> None:
        """Take the words for everybody, and the calendar."""
        self._preferences = preferences
        self._today = today

    def turned(
        self,
        reply: Reply,
        asked: Asked,
        bot: Bot,
        user: User | None,
        view: View,
    ) -> Card:
        """The card with the quote of a view, and all of its buttons."""
        view = replace(
            view,
            query=inline_query(asked.question) if bot.supports_inline_queries else None,
            link=question_link(bot.username, view.number, asked.question),
        )
        answer, texts = reply.answer, self._preferences.words(user, asked.language)
        notes = self.notes(reply, shown_quote(answer, view), texts) if answer.quotes else ()
        card = render(answer, texts, asked.understood, notes, view)
        return votable(card, view.number) if answer.quotes else card

    def elsewhere(self, reply: Reply, user: User | None) -> Card:
        """The card for a chat that the bot is not in, where only links work."""
        answer = replace(reply.answer, suggestions=())
        texts = self._preferences.words(user, answer.language)
        notes = self.notes(reply, answer.quotes[0], texts) if answer.quotes else ()
        return render(answer, texts, None, notes)

    def notes(self, reply: Reply, quote: Quote, texts: Texts) -> tuple[str, ...]:
        """What is to be known about a quote: its age, and who has left since."""
        is_of_the_answer = quote.relation in ("proof", "agrees")
        departure = reply.departure if is_of_the_answer else None
        notes = (
            age_note(reply.answer, quote, texts, self._today()),
            departure_note(departure, texts) if departure else None,
        )
        return tuple(filter(None, notes))
