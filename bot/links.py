"""Links to the bot that carry a question: a question or a cluster in, a payload out, and back.

Telegram takes 64 of the characters A-Z, a-z, 0-9, _ and - after `?start=`:

    a-SHZlbSBsZWRlciBB...   the question itself, in base64url, where it fits
    q12-x4kM9dQ2            the journal's number, and a check, so that nobody can leaf through it
    c-nce-ikuben            a cluster, by any of its names
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from hashlib import sha256

from bot.journal import Journal
from bot.texts import Texts
from knowledge.names import fold
from knowledge.register import Cluster

LONGEST_PAYLOAD = 64
LONGEST_QUERY = 256  # that a button may fill in for inline mode


class ExpiredError(Exception):
    """The journal no longer keeps the question."""


def question_link(username: str, number: int, question: str) -> str:
    """The address that opens the bot and asks this question."""
    payload = f"a-{_base64(question.encode())}"
    if len(payload) > LONGEST_PAYLOAD:
        payload = f"q{number}-{_check(question)}"
    return f"https://t.me/{username}?start={payload}"


def inline_query(question: str) -> str | None:
    """What a button fills in for inline mode; None for a question that is too long for that."""
    return question if len(question) <= LONGEST_QUERY else None


class Links:
    """Finds the question that a payload stands for."""

    def __init__(self, clusters: Iterable[Cluster], journal: Journal) -> None:
        """Take the clusters that can be asked for by name, and the journal of questions."""
        self._journal = journal
        self._names: dict[str, str] = {}
        for cluster in clusters:
            for name in (cluster.name, *cluster.aliases, *cluster.earlier_names):
                self._names.setdefault(slug(name), cluster.name)

    def question(self, payload: str, texts: Texts) -> str | None:
        """The question, in the words of `texts` where it has none; None for no payload of ours."""
        kind, _, rest = payload.partition("-")
        if kind == "a":
            return _decoded(rest)
        if kind == "c":
            name = self._names.get(rest)
            return texts.about_cluster.format(name=name) if name else None
        number = re.fullmatch(r"q(\d{1,18})", kind, re.ASCII)
        return self._noted(int(number[1]), rest) if number else None

    def _noted(self, number: int, check: str) -> str | None:
        if not re.fullmatch(r"[\w-]{8}", check, re.ASCII):
            return None
        asked = self._journal.asked(number)
        if asked is None:
            raise ExpiredError
        return asked.question if _check(asked.question) == check else None


def slug(name: str) -> str:
    """A name as it stands in a link: "NCE iKuben" is nce-ikuben."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(name)))[: LONGEST_PAYLOAD - len("c-")]


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
