"""What was asked and what came of it, kept for some time; nothing in it says who asked."""

import logging
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import time

from bot.database import Database
from bot.masking import masked
from index.answer import Answer, Verdict
from knowledge.articles import Language

DAY = 24 * 60 * 60

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """One question, and what people thought of the answer."""

    asked: float  # seconds since 1970
    question: str
    language: Language
    verdict: Verdict
    ms: float
    votes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it can be asked again, outside of its conversation."""

    question: str
    language: Language  # of the answer
    understood: str | None = None  # the line that stands above the card


def asked_again(question: str, language: Language, understood: str | None) -> Asked:
    """How to ask a question again, without what is not written down."""
    return Asked(masked(question), language, masked(understood) if understood else None)


class Journal:
    """Every answer has a number here, by which buttons find it again."""

    def __init__(self, database: Database, clock: Callable[[], float] = time) -> None:
        """Take the database, and the clock in seconds since 1970."""
        self._database = database
        self._clock = clock

    def note(self, answer: Answer, asked: Asked | None = None) -> int | None:
        """Write an answer down; its number, or None when that fails: no answer is lost by it.

        `asked` tells how to ask it again, where that is not by its own words.
        """
        try:
            return self._write(answer, asked)
        except sqlite3.Error as error:
            logger.error("The journal can not be written: %s", error)
            return None

    def asked(self, number: int) -> Asked | None:
        """The question with this number, while it is kept."""
        found = self._database.read(
            "SELECT COALESCE(whole, question), language, understood FROM questions WHERE id = ?",
            number,
        )
        return Asked(*found[0]) if found else None

    def last(self, days: float) -> list[Entry]:
        """What was asked in the last days, follow-ups completed, oldest first."""
        rows = self._database.read(
            "SELECT asked, COALESCE(whole, question), language, verdict, ms, group_concat(vote)"
            " FROM questions"
            " LEFT JOIN votes ON card = questions.id"
            " WHERE asked >= ? GROUP BY id ORDER BY id",
            self._clock() - days * DAY,
        )
        return [
            Entry(asked, question, language, verdict, ms, tuple(votes.split(",")) if votes else ())
            for asked, question, language, verdict, ms, votes in rows
        ]

    def latest(self, entries: Sequence[Entry], days: float) -> list[Entry]:
        """Those of the entries that were asked in the last days."""
        oldest = self._clock() - days * DAY
        return [entry for entry in entries if entry.asked >= oldest]

    def forget_older(self, days: int) -> int:
        """Delete what is older, and its votes; how many questions that was."""
        oldest = self._clock() - days * DAY
        return self._database.write("DELETE FROM questions WHERE asked < ?", oldest).rowcount

    def _write(self, answer: Answer, asked: Asked | None) -> int:
        number = self._database.write(
            "INSERT INTO questions (asked, question, language, verdict, article, confidence, ms,"
            " version, whole, understood) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            self._clock(),
            masked(answer.question),
            answer.language,
            answer.verdict,
            answer.quotes[0].article.slug if answer.quotes else None,
            answer.confidence,
            answer.ms,
            answer.version,
            asked.question if asked else None,
            asked.understood if asked else None,
        ).lastrowid
        assert number is not None  # it was an INSERT
        return number
