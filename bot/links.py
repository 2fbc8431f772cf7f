"""Links to the bot that carry a question: a question in, a payload out, and back.

Telegram takes 64 of the characters A-Z, a-z, 0-9, _ and - after `?start=`:

    a-SHZlbSBsZWRlciBB...   the question itself, in base64url, where it fits
    q12-x4kM9dQ2            the journal's number, and a check, so that nobody can leaf through it

A payload that begins with c- is a cluster, of which `bot/cluster_talk.py` knows.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256

from bot.journal import Journal

LONGEST_PAYLOAD = 64
LONGEST_QUERY = 256  # that a button may fill in for inline mode


class ExpiredError(Exception):
    """The journal no longer keeps the question."""


def question_link(username: str, number: int | None, question: str) -> str | None:
    """The address that opens the bot and asks this question; None where there can be none."""
    payload = f"a-{_base64(question.encode())}"
    if len(payload) > LONGEST_PAYLOAD:
        if number is None:
            return None
        payload = f"q{number}-{_check(question)}"
    return f"https://t.me/{username}?start={payload}"


def inline_query(question: str) -> str | None:
    """What a button fills in for inline mode; None for a question that is too long for that."""
    return question if len(question) <= LONGEST_QUERY else None


class Links:
    """Finds the question that a payload stands for."""

    def __init__(self, journal: Journal) -> None:
        """Take the journal of questions."""
        self._journal = journal

    def question(self, payload: str) -> str | None:
        """The question; None for no payload of ours."""
        kind, _, rest = payload.partition("-")
        if kind == "a":
            return _decoded(rest)
        number = re.fullmatch(r"q(\d{1,18})", kind, re.ASCII)
        return self._noted(int(number[1]), rest) if number else None

    def _noted(self, number: int, check: str) -> str | None:
        if not re.fullmatch(r"[\w-]{8}", check, re.ASCII):
            return None
        asked = self._journal.asked(number)
        if asked is None:
            raise ExpiredError
        return asked.question if _check(asked.question) == check else None


def _base64(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def _decoded(text: str) -> str | None:
    try:
        question = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().strip()
    except ValueError:  # neither base64 nor UTF-8
        return None
    return question if question and question.isprintable() else None


def _check(question: str) -> str:
    """Eight characters that only somebody who knows the question can give."""
    return _base64(sha256(question.encode()).digest()[:6])
