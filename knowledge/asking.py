"""Questions to the person at the terminal, and what to say where nobody sits there."""

import sys
from collections.abc import Callable
from typing import TypeVar

from knowledge.errors import KlyngesvarError

Answer = TypeVar("Answer")

_YES = {"j", "ja", "y", "yes"}


def is_attended() -> bool:
    """Whether somebody sits at a terminal."""
    return sys.stdin.isatty()


def ask(label: str, option: str) -> str:
    """What is typed, and it is not empty; see `ask_until`."""
    return ask_until(label, lambda typed: typed or None, option)


def ask_until(label: str, read: Callable[[str], Answer | None], option: str) -> Answer:
    """What the typed line is read as, asked again as long as that is None.

    Raises a KlyngesvarError where nobody can answer, naming the option to use instead.
    """
    while True:
        if (answer := read(_typed(label, option))) is not None:
            return answer


def confirm(label: str) -> bool:
    """Whether the answer is yes; raises a KlyngesvarError where nobody can answer."""
    return is_yes(_typed(f"{label} [j/N]", "--yes"))


def is_yes(typed: str) -> bool:
    """Whether what was typed means yes, in Norwegian or English."""
    return typed.strip().lower() in _YES


def _typed(label: str, option: str) -> str:
    if not is_attended():
        raise KlyngesvarError(
            f"ingenting er lagret, for ingen kan svare på «{label}»: bruk {option}\n"
            f'    nothing is saved, as nobody can answer "{label}": use {option}'
        )
    try:
        return input(f"{label}: ").strip()
    except EOFError:
        raise KlyngesvarError("ingenting er lagret / nothing is saved") from None
