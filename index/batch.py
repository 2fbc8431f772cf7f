"""Many questions from a file of JSON, one a line: a line in, its question or what is wrong out."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from knowledge.errors import KlyngesvarError

_SHAPE = 'write one object a line, such as {"id": "q1", "question": "Who leads NCE iKuben?"}'


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a batch; its id is given back with the answer."""

    id: str | int
    question: str


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
    name, question = record.get("id"), record.get("question")
    if isinstance(name, bool) or not isinstance(name, str | int):
        raise KlyngesvarError(f'"id" should be a text or a whole number: {_SHAPE}')
    if not isinstance(question, str) or not is_question(question):
        raise KlyngesvarError(f'"question" should be a text that asks something: {_SHAPE}')
    return Asked(name, question)


def is_question(text: str) -> bool:
    """Whether a text can be asked: it is not blank, and all of its characters are whole."""
    try:
        text.encode()
    except UnicodeEncodeError:  # half a character: "\ud83d" in JSON, or a stray byte in a shell
        return False
    return bool(text.strip())
