"""Admins' drafts of articles, kept until they are published, discarded or old."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from time import time
from typing import Any, Literal, get_args

from telegram import User

from bot.database import Database, Row
from bot.journal import DAY
from knowledge.articles import Article, slug
from knowledge.copies import Copy
from knowledge.drafts import Draft
from knowledge.evidence import Evidence

KEPT_DAYS = 30

Json = dict[str, Any]
Part = Literal["title", "publisher", "published"]  # of a draft, which its admin can change
PARTS: tuple[Part, ...] = get_args(Part)

_COLUMNS = "id, owner, chat, card, draft, answers"


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft with its number, and the message that shows it."""

    number: int
    owner: int  # the admin's user id
    chat: int
    card: int  # the message's id
    draft: Draft
    answers: tuple[str, ...] | None  # questions that it would newly answer; None: not known yet


class Drafts:
    """All drafts."""

    def __init__(self, database: Database, clock: Callable[[], float] = time) -> None:
        """Take the database, and the clock in seconds since 1970."""
        self._database = database
        self._clock = clock

    def add(self, owner: int, chat: int, card: int, draft: Draft) -> Kept:
        """Keep a new draft."""
        number = self._database.write(
            "INSERT INTO drafts (owner, chat, card, draft, changed) VALUES (?, ?, ?, ?, ?)",
            *(owner, chat, card, _as_json(draft), self._clock()),
        ).lastrowid
        assert number is not None  # it was an INSERT
        return Kept(number, owner, chat, card, draft, None)

    def get(self, number: int) -> Kept | None:
        """The draft of this number."""
        rows = self._database.read(f"SELECT {_COLUMNS} FROM drafts WHERE id = ?", number)
        return _kept(rows[0]) if rows else None

    def like(self, draft: Draft) -> list[Kept]:
        """The drafts that seem to become the same article, whosever they are."""
        every = map(_kept, self._database.read(f"SELECT {_COLUMNS} FROM drafts ORDER BY id"))
        return [kept for kept in every if _is_same(kept.draft, draft)]

    def change(self, number: int, draft: Draft) -> None:
        """Keep a draft as it is now."""
        self._database.write(
            "UPDATE drafts SET draft = ?, changed = ? WHERE id = ?",
            *(_as_json(draft), self._clock(), number),
        )

    def note_answers(self, number: int, questions: Iterable[str]) -> None:
        """Keep what a draft would newly answer."""
        answers = json.dumps(list(questions), ensure_ascii=False)
        self._database.write("UPDATE drafts SET answers = ? WHERE id = ?", answers, number)

    def remove(self, number: int) -> None:
        """Keep a draft no longer, nor what was asked about it."""
        self._database.write("DELETE FROM drafts WHERE id = ?", number)

    def note_question(self, chat: int, message: int, number: int, part: Part) -> None:
        """Remember which part of a draft a message asks for."""
        self._database.write(
            "INSERT INTO draft_questions VALUES (?, ?, ?, ?)", chat, message, number, part
        )

    def asked_for(self, chat: int, message: int) -> tuple[int, Part] | None:
        """The draft and the part that a message asks for."""
        rows = self._database.read(
            "SELECT draft, part FROM draft_questions WHERE chat = ? AND message = ?", chat, message
        )
        return (rows[0][0], rows[0][1]) if rows else None

    def forget(self, user: User) -> None:
        """Remove all drafts of a user."""
        self._database.write("DELETE FROM drafts WHERE owner = ?", user.id)

    def forget_older(self, days: int) -> int:
        """Delete drafts that were last changed before; how many that was."""
        oldest = self._clock() - days * DAY
        return self._database.write("DELETE FROM drafts WHERE changed < ?", oldest).rowcount


def _is_same(one: Draft, other: Draft) -> bool:
    has_title = bool(one.title and other.title)
    return (
        (one.url is not None and one.url == other.url)
        or (has_title and slug(one.title) == slug(other.title))
        or one.body == other.body
    )


def _as_json(draft: Draft) -> str:
    return json.dumps(asdict(draft), ensure_ascii=False)


def _kept(row: Row) -> Kept:
    number, owner, chat, card, draft, answers = row
    known = tuple(json.loads(answers)) if answers else None
    return Kept(number, owner, chat, card, _draft(json.loads(draft)), known)


def _draft(kept: Json) -> Draft:
    """The draft that was kept; JSON knows neither tuples nor classes."""
    fields: Json = {n: tuple(it) if isinstance(it, list) else it for n, it in kept.items()}
    fields["evidence"] = Evidence(**kept["evidence"]) if kept["evidence"] else None
    fields["copies"] = tuple(_copy(**copy) for copy in kept["copies"])
    return Draft(**fields)


def _copy(article: Json, likeness: float, differs: list[str]) -> Copy:
    sources = tuple(article["sources"])
    return Copy(Article(**{**article, "sources": sources}), likeness, tuple(differs))
