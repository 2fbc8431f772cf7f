"""Questions put to windows, as the batches that the reader is trained on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from index.reader_model import ExtractiveReader
from index.reader_tokens import ReaderTokenizer, tokens_at
from index.spans import Span
from training.groups import Shown

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast


@dataclass(frozen=True, slots=True)
class Pair:
    """A question put to a window; `offsets` are places in the body, None outside the text."""

    ids: tuple[int, ...]
    types: tuple[int, ...]
    offsets: tuple[Span | None, ...]
    target: Span  # first and last token of the answer; (0, 0) is "not here"


class Pairing:
    """Makes pairs."""

    def __init__(self, tokenizer: "PreTrainedTokenizerFast") -> None:
        """`tokenizer` is the encoder's own."""
        self._tokenizer = ReaderTokenizer(tokenizer)

    def pair(self, question: str, shown: Shown) -> Pair:
        """`<s> question </s><s> title · publisher year: window </s>`."""
        asked = self._tokenizer.question(question)
        window = self._tokenizer.window(shown.window)
        types = (0,) * len(asked.ids) + (1,) * len(window.ids)
        offsets = asked.offsets + window.offsets
        return Pair(asked.ids + window.ids, types, offsets, _target(offsets, shown.answer))

    def batch(self, pairs: Sequence[Pair]) -> "Batch":
        """Pad these pairs to the longest of them."""
        longest = max(len(pair.ids) for pair in pairs)
        missing = [longest - len(pair.ids) for pair in pairs]
        pad = self._tokenizer.pad
        allowed = [[at == 0 or bool(o) for at, o in enumerate(pair.offsets)] for pair in pairs]
        return Batch(
            torch.tensor([[*p.ids, *[pad] * m] for p, m in zip(pairs, missing, strict=True)]),
            torch.tensor([[1] * (longest - m) + [0] * m for m in missing]),
            torch.tensor([[*p.types, *[0] * m] for p, m in zip(pairs, missing, strict=True)]),
            torch.tensor([row + [False] * m for row, m in zip(allowed, missing, strict=True)]),
        )


def _target(offsets: Sequence[Span | None], answer: Span | None) -> Span:
    """First and last token of the answer; (0, 0) where it is not here, or not told."""
    if answer is None:
        return 0, 0
    within = tokens_at(offsets, answer)
    return (within[0], within[-1]) if within else (0, 0)


@dataclass(frozen=True, slots=True)
class Batch:
    """Pairs as tensors, padded; `allowed` marks where an answer may start: 0 and the text."""

    input_ids: Tensor
    attention_mask: Tensor
    token_type_ids: Tensor
    allowed: Tensor

    def to(self, device: torch.device) -> "Batch":
        """The same on another device."""
        return Batch(
            self.input_ids.to(device),
            self.attention_mask.to(device),
            self.token_type_ids.to(device),
            self.allowed.to(device),
        )

    def scores(self, model: ExtractiveReader) -> tuple[Tensor, Tensor]:
        """Start and end scores (b, t), -1e4 wherever no answer may stand."""
        start, end = model(self.input_ids, self.attention_mask, self.token_type_ids)
        return start.masked_fill(~self.allowed, -1e4), end.masked_fill(~self.allowed, -1e4)
