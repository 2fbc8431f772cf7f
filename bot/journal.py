"""What was asked and what came of it, kept for some time; nothing in it says who asked."""

import logging
import sqlite3
from collections.abc import Callable
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


class Journal:
    """Every answer has a number here, by which buttons find it again."""

    def __init__(self, database: Database, clock: Callable[[], float] = time) -> None:
        """Take the database, and the clock in seconds since 1970."""
        self._database = database
        self._clock = clock

    def note(self, answer: Answer) -> int | None:
        """Write an answer down; its number, or None when that fails: no answer is lost by it."""
        try:
            return self._write(answer)
        except sqlite3.Error as error:
            logger.error("The journal can not be written: %s", error)
            return None

    def question(self, number: int) -> str | None:
        """The question with this number, while it is kept."""
        found = self._database.read("SELECT question FROM questions WHERE id = ?", number)
        return found[0][0] if found else None

    def language(self, number: int) -> Language | None:
        """The language of the question with this number, while it is kept."""
        found = self._database.read("SELECT language FROM questions WHERE id = ?", number)
        return found[0][0] if found else None

    def last(self, days: float) -> list[Entry]:
        """What was asked in the last days, oldest first."""
        rows = self._database.read(
            "SELECT asked, question, language, verdict, ms, group_concat(vote) FROM questions"
            " LEFT JOIN votes ON card = questions.id"
            " WHERE asked >= ? GROUP BY id ORDER BY id",
            self._clock() - days * DAY,
        )
        return [
            Entry(asked, question, language, verdict, ms, tuple(votes.split(",")) if votes else ())
            for asked, question, language, verdict, ms, votes in rows
        ]

    def forget_older(self, days: int) -> int:
        """Delete what is older, and its votes; how many questions that was."""
        oldest = self._clock() - days * DAY
        return self._database.write("DELETE FROM questions WHERE asked < ?", oldest).rowcount

    def _write(self, answer: Answer) -> int:
        number = self._database.write(
            "INSERT INTO questions (asked, question, language, verdict, article, confidence, ms)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            self._clock(),
            masked(answer.question),
            answer.language,
            answer.verdict,
            answer.quotes[0].article.slug if answer.quotes else None,
            answer.confidence,
            answer.ms,
        ).lastrowid
        assert number is not None  # it was an INSERT
        return number
