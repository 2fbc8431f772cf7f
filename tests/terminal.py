"""Somebody at a terminal."""

import io
import sys

import pytest


class Terminal(io.StringIO):
    """Lines as they are typed; then the end of input, as Ctrl-D gives it."""

    def isatty(self) -> bool:
        return True


class Interrupted(Terminal):
    """Ctrl-C at the first question."""

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
        raise KeyboardInterrupt


def type_in(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """Let these lines be typed at the questions that come."""
    monkeypatch.setattr(sys, "stdin", Terminal("".join(f"{line}\n" for line in lines)))


def interrupt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Ctrl-C be pressed at the next question."""
    monkeypatch.setattr(sys, "stdin", Interrupted())


def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody sit at the terminal."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("j\n"))
