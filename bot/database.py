"""The one file in which the bot keeps things: SQLite, brought up to date when it is opened."""

import sqlite3
import threading
from pathlib import Path
from typing import Any

from knowledge.errors import KlyngesvarError

Row = tuple[Any, ...]  # what a query's columns hold, only the query knows

LOCKED_SECONDS = 1.0  # to wait for another process; nobody's answer may wait longer

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
    # AUTOINCREMENT, or the number on an old button would come to mean a new question.
    """
    CREATE TABLE numbered (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        asked REAL NOT NULL,
        question TEXT NOT NULL,
        language TEXT NOT NULL,
        verdict TEXT NOT NULL,
        article TEXT,
        confidence REAL NOT NULL,
        ms REAL NOT NULL
    );
    INSERT INTO numbered SELECT * FROM questions;
    DROP TABLE questions;
    ALTER TABLE numbered RENAME TO questions;
    CREATE INDEX questions_asked ON questions (asked);
    CREATE TABLE votes (
        card INTEGER NOT NULL REFERENCES questions ON DELETE CASCADE,
        voter BLOB NOT NULL,  -- a keyed hash of card and user: another one on each card
        vote TEXT NOT NULL,
        PRIMARY KEY (card, voter)
    ) WITHOUT ROWID;
    CREATE TABLE voter_key (id INTEGER PRIMARY KEY CHECK (id = 1), key BLOB NOT NULL);
    CREATE TABLE languages (user INTEGER PRIMARY KEY, language TEXT NOT NULL);
    """,
    """
    ALTER TABLE questions ADD COLUMN whole TEXT;  -- the question completed, where it was not whole
    ALTER TABLE questions ADD COLUMN understood TEXT;  -- the line above the card
    """,
    """
    ALTER TABLE questions ADD COLUMN version INTEGER;  -- of the content that the answer is from
    """,
    """
    CREATE TABLE drafts (
        id INTEGER PRIMARY KEY AUTOINCREMENT,  -- which the buttons under its card carry
        owner INTEGER NOT NULL,  -- the admin's user id
        chat INTEGER NOT NULL,
        card INTEGER NOT NULL,  -- the message that shows it
        draft TEXT NOT NULL,  -- JSON
        answers TEXT,  -- JSON: questions that it would newly answer; NULL: not known yet
        changed REAL NOT NULL  -- seconds since 1970
    );
    CREATE TABLE draft_questions (  -- messages that ask for a part of a draft
        chat INTEGER NOT NULL,
        message INTEGER NOT NULL,
        draft INTEGER NOT NULL REFERENCES drafts ON DELETE CASCADE,
        part TEXT NOT NULL,
        PRIMARY KEY (chat, message)
    ) WITHOUT ROWID;
    """,
)


class Database:
    """A file, or memory where there is none; any thread may use it."""

    def __init__(self, file: Path | None) -> None:
        """Open the file, or make it; a KlyngesvarError says why neither can be done."""
        self._lock = threading.Lock()
        try:
            self._connection = _open(file)
        except (OSError, sqlite3.Error) as error:
            raise KlyngesvarError(f"the journal {file} can not be opened: {error}") from error

    def read(self, query: str, *values: object) -> list[Row]:
        """All rows of a query."""
        with self._lock:
            return self._connection.execute(query, values).fetchall()

    def write(self, statement: str, *values: object) -> sqlite3.Cursor:
        """Carry out a change, wholly or not at all."""
        with self._lock, self._connection:
            return self._connection.execute(statement, values)


def _open(file: Path | None) -> sqlite3.Connection:
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)  # what people ask is for the bot's own user only
    connection = sqlite3.connect(
        file or ":memory:", timeout=LOCKED_SECONDS, check_same_thread=False
    )
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA secure_delete = ON")
    (seen,) = connection.execute("PRAGMA user_version").fetchone()
    for version, script in enumerate(_MIGRATIONS[seen:], seen + 1):
        connection.executescript(f"BEGIN; {script}; PRAGMA user_version = {version}; COMMIT;")
    connection.execute("PRAGMA foreign_keys = ON")  # votes go with their question
    return connection
