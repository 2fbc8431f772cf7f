"""The model lent for one small piece of work after the other, where others use it as well."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np

from index.encoder import Encoder, Vectors

Result = TypeVar("Result")

_AT_ONCE = 16  # texts; about a third of a second, which is what a question takes


class Lend(Protocol):
    """Lets work with the model be done when it is its turn."""

    def __call__(self, work: Callable[[], Result], /) -> Result:
        """What came of the work."""


def at_once(work: Callable[[], Result]) -> Result:
    """Do it now: nobody else uses the model."""
    return work()


@dataclass(frozen=True, slots=True)
class PatientEncoder:
    """An encoder that lets others go between every few passages."""

    encoder: Encoder
    lend: Lend

    @property
    def identity(self) -> dict[str, str]:
        """That of the encoder."""
        return self.encoder.identity

    def encode_query(self, text: str) -> Vectors:
        """One question -> shape (d,); a part of what the model has been lent for."""
        return self.encoder.encode_query(text)

    def encode_passages(self, texts: Sequence[str], progress: bool) -> Vectors:
        """n texts -> shape (n, d), without a progress bar."""
        parts = (texts[at : at + _AT_ONCE] for at in range(0, len(texts), _AT_ONCE))
        return np.concatenate([self._encode(part) for part in parts])

    def _encode(self, texts: Sequence[str]) -> Vectors:
        return self.lend(lambda: self.encoder.encode_passages(texts, progress=False))
