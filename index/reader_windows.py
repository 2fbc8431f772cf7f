"""A question and windows -> how well each place in them answers, and the best span of a region.

What the lower layers make of a window does not depend on the question: it is kept, and a window
that was read before costs only the upper layers.
"""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from statistics import fmean
from typing import TYPE_CHECKING, Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from index.reader_model import ExtractiveReader, precision
from index.reader_tokens import ReaderTokenizer, Tokens, tokens_at
from index.spans import Span
from index.windows import Window

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

LONGEST = 40  # tokens of an answer
BATCH = 8  # windows read at once
KEPT = 1024  # windows whose states are kept, about 100 kB each


@dataclass(frozen=True, slots=True)
class Found:
    """The best answer in a region, in the body's offsets, and by how much it beats "not here"."""

    span: Span
    margin: float


@dataclass(frozen=True, slots=True)
class WindowScores:
    """Start and end scores of a window's tokens, shape (t,), beside that of "not here"."""

    window: Window
    tokens: Tokens = field(repr=False)
    start: NDArray[np.float32] = field(repr=False)
    end: NDArray[np.float32] = field(repr=False)
    nothing: float

    def best(self, region: Span) -> Found | None:
        """The best span within a region of the body; None where no token lies in it."""
        inside = [
            at
            for at, offset in enumerate(self.tokens.offsets)
            if offset and region[0] <= self._first_letter(offset) and offset[1] <= region[1] + 1
        ]
        if not inside:
            return None
        first, last = inside[0], inside[-1] + 1
        both = self.start[first:last, None] + self.end[None, first:last]
        apart = np.arange(last - first)[None, :] - np.arange(last - first)[:, None]
        both = np.where((apart >= 0) & (apart < LONGEST), both, -np.inf)
        opening, closing = np.unravel_index(both.argmax(), both.shape)
        span = self._span(first + int(opening), first + int(closing))
        return Found(span, float(both.max()) - self.nothing)

    def margin(self, span: Span) -> float | None:
        """By how much a span of the body beats "not here"; None where no token lies in it."""
        region = span[0], max(span[1], span[0] + 1)  # a mark by itself is a span without words
        inside = tokens_at(self.tokens.offsets, region)
        if not inside:
            return None
        return float(self.start[inside[0]] + self.end[inside[-1]]) - self.nothing

    def _first_letter(self, offset: Span) -> int:
        """Where a token begins: its offset may hold the space between two sentences."""
        return offset[1] - len(self.window.article.body[slice(*offset)].lstrip())

    def _span(self, first: int, last: int) -> Span:
        """The tokens' words, from the beginning of a word, without the marks after them."""
        opening, closing = self.tokens.offsets[first], self.tokens.offsets[last]
        start, end = (opening or (0, 0))[0], (closing or (0, 0))[1]
        body = self.window.article.body
        words = body[start:end]
        start += len(words) - len(words.lstrip())
        while (
            start > 0 and body[start - 1 : start + 1].isalnum()
        ):  # a token may begin within a word
            start -= 1
        end = start + len(body[start:end].strip().rstrip(".,;:"))
        is_open = body.count("(", start, end) > body.count(")", start, end)
        return start, max(start, end + (is_open and body[end : end + 1] == ")"))


def best_of(scores: Sequence[WindowScores], region: Span) -> Found | None:
    """The best span within a region of the body, in windows that overlap: of those that each likes
    best, the one with the highest mean of the margins that the windows which hold it give."""
    best = [found for each in scores if (found := each.best(region))]
    together = [
        # A bracket may close a span just beyond its window.
        Found(each.span, fmean([*_margins(scores, each.span)] or [each.margin]))
        for each in best
    ]
    return max(together, key=lambda each: each.margin, default=None)


def _margins(scores: Sequence[WindowScores], span: Span) -> Iterator[float]:
    for each in scores:
        if each.window.holds(span) and (margin := each.margin(span)) is not None:
            yield margin


class ReadsWindows(Protocol):
    """Whatever reads windows with a question."""

    def read(self, question: str, windows: Sequence[Window]) -> list[WindowScores]:
        """The scores of each window, in the order of the windows."""


class WindowReader:
    """The trained reader."""

    def __init__(self, model: ExtractiveReader, tokenizer: "PreTrainedTokenizerFast") -> None:
        """`tokenizer` is the encoder's, whose lower layers the model shares."""
        self._model = model
        self._device = next(model.parameters()).device
        self._tokenizer = ReaderTokenizer(tokenizer)
        self._states: OrderedDict[Window, Tensor] = OrderedDict()
        self._asked = lru_cache(maxsize=8)(self._question)  # one is put to windows more than once

    def read(self, question: str, windows: Sequence[Window]) -> list[WindowScores]:
        """The scores of each window, in the order of the windows."""
        if not windows:
            return []
        with torch.inference_mode(), precision(self._device):
            states = self._asked(question)
            found: dict[Window, WindowScores] = {}
            for batch in _batches(sorted(windows, key=self._length), BATCH):
                found.update(zip(batch, self._read(states, batch), strict=True))
        return [found[window] for window in windows]

    def _question(self, question: str) -> Tensor:
        (states,) = self._lower([self._tokenizer.question(question)])
        return states

    def _length(self, window: Window) -> int:
        return len(self._tokenizer.window(window).ids)

    def _read(self, question: Tensor, windows: Sequence[Window]) -> Iterator[WindowScores]:
        rows = [torch.cat([question, states.float()]) for states in self._known(windows)]
        states = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True)
        lengths = torch.tensor([len(row) for row in rows], device=self._device)
        at = torch.arange(states.shape[1], device=self._device)
        mask = at[None, :] < lengths[:, None]
        types = (at >= len(question)).long().expand_as(mask)
        start, end = (s.cpu().numpy() for s in self._model.read(states, mask, types))
        for window, starts, ends in zip(windows, start, end, strict=True):
            tokens = self._tokenizer.window(window)
            part = slice(len(question), len(question) + len(tokens.ids))
            nothing = float(starts[0] + ends[0])
            yield WindowScores(window, tokens, starts[part], ends[part], nothing)

    def _known(self, windows: Sequence[Window]) -> list[Tensor]:
        """What the lower layers make of each window: (t, d), kept as float16."""
        fresh = [window for window in windows if window not in self._states]
        if fresh:
            made = self._lower([self._tokenizer.window(window) for window in fresh])
            self._states.update(zip(fresh, (states.half() for states in made), strict=True))
        for window in windows:
            self._states.move_to_end(window)
        found = [self._states[window] for window in windows]
        while len(self._states) > KEPT:
            self._states.popitem(last=False)
        return found

    def _lower(self, texts: Sequence[Tokens]) -> list[Tensor]:
        longest = max(len(text.ids) for text in texts)
        pad = self._tokenizer.pad
        ids = torch.tensor([[*t.ids, *[pad] * (longest - len(t.ids))] for t in texts])
        mask = torch.tensor([[1] * len(t.ids) + [0] * (longest - len(t.ids)) for t in texts])
        states = self._model.states(ids.to(self._device), mask.to(self._device)).float()
        return [row[: len(text.ids)] for row, text in zip(states, texts, strict=True)]


def _batches(windows: Sequence[Window], size: int) -> Iterator[Sequence[Window]]:
    return (windows[at : at + size] for at in range(0, len(windows), size))
