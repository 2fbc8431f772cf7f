"""Many questions from a file of JSON, one a line: a line in, its question or what is wrong out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from knowledge.errors import KlyngesvarError

if TYPE_CHECKING:
    from index.answer import Answer
    from index.followup import Memory, Reply
    from knowledge.articles import Language

_SHAPE = 'write one object a line, such as {"id": "q1", "question": "Who leads NCE iKuben?"}'


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a batch; its id is given back with the answer."""

    id: str | int
    question: str
    chat: str | int | None = None  # lines with the same one are a conversation


class Conversations:
    """Answers the questions of a batch; each chat has its own memory, for the whole of it."""

    def __init__(self, reply: Callable[[str, Language | None, Memory | None], Reply]) -> None:
        self._reply = reply
        self._memories: dict[str | int, Memory | None] = {}

    def answer(self, asked: Asked) -> Answer:
        """The answer, in the light of what the same chat asked before."""
        memory = None if asked.chat is None else self._memories.get(asked.chat)
        reply = self._reply(asked.question, None, memory)
        if asked.chat is not None:
            self._memories[asked.chat] = reply.memory
        return reply.answer


def open_batch(source: str) -> BinaryIO:
    """The file of that name, or what is piped in where the name is `-`."""
    if source == "-":
        return sys.stdin.buffer
    try:
        return Path(source).open("rb")
    except OSError as error:
        raise KlyngesvarError(f"cannot read {source} ({error.strerror}): check --batch") from error


def read_line(line: bytes) -> Asked:
    """The question in a line; raises a KlyngesvarError that says what to write instead."""
    try:
        record = json.loads(line)
    except ValueError as error:  # broken JSON and broken UTF-8 alike
        raise KlyngesvarError(f"this is not JSON ({error}): {_SHAPE}") from error
    if not isinstance(record, dict):
        raise KlyngesvarError(f"this is not a JSON object: {_SHAPE}")
    name, question, chat = record.get("id"), record.get("question"), record.get("chat")
    if isinstance(name, bool) or not isinstance(name, str | int):
        raise KlyngesvarError(f'"id" should be a text or a whole number: {_SHAPE}')
    if isinstance(chat, bool) or not isinstance(chat, str | int | None):
        raise KlyngesvarError(f'"chat" should be a text or a whole number: {_SHAPE}')
    if not isinstance(question, str) or not is_question(question):
        raise KlyngesvarError(f'"question" should be a text that asks something: {_SHAPE}')
    return Asked(name, question, chat)


def is_question(text: str) -> bool:
    """Whether a text can be asked: it is not blank, and all of its characters are whole."""
    try:
        text.encode()
    except UnicodeEncodeError:  # half a character: "\ud83d" in JSON, or a stray byte in a shell
        return False
    return bool(text.strip())
