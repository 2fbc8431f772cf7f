"""What was asked and what came of it, kept in SQLite; nothing in it says who asked."""

import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import time

from index.answer import Answer
from knowledge.articles import Language
from knowledge.errors import KlyngesvarError

# One script for each version of the file; `user_version` tells how many of them it has seen.
_MIGRATIONS = (
    """
    CREATE TABLE questions (
        id INTEGER PRIMARY KEY,  -- the card's number, which its buttons carry
        asked REAL NOT NULL,  -- seconds since 1970
        question TEXT NOT NULL,
        language TEXT NOT NULL,
        verdict TEXT NOT NULL,
        article TEXT,  -- file stem
        confidence REAL NOT NULL,
        ms REAL NOT NULL
    );
    CREATE INDEX questions_asked ON questions (asked);
    """,
    """
    ALTER TABLE questions ADD COLUMN whole TEXT;  -- the question completed, where it was not whole
    ALTER TABLE questions ADD COLUMN understood TEXT;  -- the line above the card
    """,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it can be asked again, outside of its conversation."""

    question: str
    language: Language  # of the answer
    understood: str | None  # the line that stands above the card


class Journal:
    """The journal in one file, or in memory where there is none; any thread may call it."""

    def __init__(self, file: Path | None, clock: Callable[[], float] = time) -> None:
        """Open the file, or make it; a KlyngesvarError says why neither can be done."""
        self._clock = clock
        self._lock = threading.Lock()
        try:
            self._database = _open(file)
        except (OSError, sqlite3.Error) as error:
            raise KlyngesvarError(f"the journal {file} can not be opened: {error}") from error

    def note(self, answer: Answer, asked: Asked | None = None) -> int:
        """Write an answer down; its number, by which buttons find it again.

        `asked` tells how to ask it again, where that is not by its own words.
        """
        article = answer.quotes[0].article.slug if answer.quotes else None
        with self._lock, self._database:
            row = self._database.execute(
                "INSERT INTO questions (asked, question, language, verdict, article, confidence,"
                " ms, whole, understood) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    self._clock(),
                    answer.question,
                    answer.language,
                    answer.verdict,
                    article,
                    answer.confidence,
                    answer.ms,
                    asked.question if asked else None,
                    asked.understood if asked else None,
                ),
            ).lastrowid
        assert row is not None  # it was an INSERT
        return row

    def asked(self, number: int) -> Asked | None:
        """The question with this number, while it is kept."""
        with self._lock:
            found = self._database.execute(
                "SELECT COALESCE(whole, question), language, understood FROM questions"
                " WHERE id = ?",
                (number,),
            ).fetchone()
        return Asked(*found) if found else None

    def question(self, number: int) -> str | None:
        """The words of the question with this number, while it is kept."""
        asked = self.asked(number)
        return asked.question if asked else None


def _open(file: Path | None) -> sqlite3.Connection:
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(file or ":memory:", check_same_thread=False)
    database.execute("PRAGMA journal_mode = WAL")
    (seen,) = database.execute("PRAGMA user_version").fetchone()
    for version, script in enumerate(_MIGRATIONS[seen:], seen + 1):
        database.executescript(f"BEGIN; {script}; PRAGMA user_version = {version}; COMMIT;")
    return database
