"""Questions and windows -> token ids, and the model's scores -> spans of the body."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from index.passages import Passage
from index.reader_model import ExtractiveReader
from index.spans import Span
from index.windows import Window

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

QUESTION_TOKENS, WINDOW_TOKENS = 48, 256
LONGEST = 40  # tokens of an answer
REMEMBERED = 8192  # windows, and questions: a bot that runs for months must not grow


@dataclass(frozen=True, slots=True)
class Pair:
    """A question put to a window; `offsets` are places in the body, None outside the text."""

    window: Window
    ids: list[int]
    types: list[int]
    offsets: list[Span | None]

    def target(self, answer: Span | None) -> Span:
        """First and last token of the answer; (0, 0) is "not here"."""
        if answer is None or not self.window.holds(answer):
            return 0, 0
        within = [
            at
            for at, offset in enumerate(self.offsets)
            if offset and offset[1] > answer[0] and offset[0] < answer[1]
        ]
        return (within[0], within[-1]) if within else (0, 0)


class Pairing:
    """Makes pairs, remembering what it tokenized of late."""

    def __init__(self, tokenizer: "PreTrainedTokenizerFast") -> None:
        """`tokenizer` is the encoder's own."""
        self._tokenizer = tokenizer
        self._window = lru_cache(REMEMBERED)(self._tokenized_window)
        self._question = lru_cache(REMEMBERED)(self._tokenized_question)

    def pair(self, question: str, window: Window) -> Pair:
        """`<s> question </s><s> title: window </s>`."""
        first = self._question(question)
        second, offsets = self._window(window)
        types = [0] * len(first) + [1] * len(second)
        return Pair(window, first + second, types, [*([None] * len(first)), *offsets])

    def _tokenized_question(self, question: str) -> list[int]:
        return self._framed(self._tokens(question, QUESTION_TOKENS)[0])

    def _tokenized_window(self, window: Window) -> tuple[list[int], list[Span | None]]:
        ids, found = self._tokens(window.head + window.text, WINDOW_TOKENS)
        shift = window.start - len(window.head)
        offsets = [
            (max(start + shift, window.start), end + shift) if end > len(window.head) else None
            for start, end in found
        ]
        return self._framed(ids), [None, *offsets, None]

    def _tokens(self, text: str, limit: int) -> tuple[list[int], list[Span]]:
        found = self._tokenizer(
            text,
            add_special_tokens=False,
            return_offsets_mapping=True,
            truncation=True,
            max_length=limit,
        )
        return list(found["input_ids"]), [tuple(offset) for offset in found["offset_mapping"]]

    def _framed(self, ids: list[int]) -> list[int]:
        return [self._tokenizer.cls_token_id, *ids, self._tokenizer.sep_token_id]


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


def batch_of(pairs: Sequence[Pair], pad: int) -> Batch:
    """Pad these pairs to the longest of them."""
    longest = max(len(pair.ids) for pair in pairs)
    allowed = [[at == 0 or bool(o) for at, o in enumerate(pair.offsets)] for pair in pairs]
    return Batch(
        torch.tensor([pair.ids + [pad] * (longest - len(pair.ids)) for pair in pairs]),
        torch.tensor([[1] * len(p.ids) + [0] * (longest - len(p.ids)) for p in pairs]),
        torch.tensor([pair.types + [0] * (longest - len(pair.ids)) for pair in pairs]),
        torch.tensor([row + [False] * (longest - len(row)) for row in allowed]),
    )


def scores(model: ExtractiveReader, batch: Batch) -> tuple[Tensor, Tensor]:
    """Start and end scores, -1e4 wherever no answer may stand."""
    start, end = model(batch.input_ids, batch.attention_mask, batch.token_type_ids)
    return start.masked_fill(~batch.allowed, -1e4), end.masked_fill(~batch.allowed, -1e4)


@dataclass(frozen=True, slots=True)
class Found:
    """The best answer in a window, in the body's offsets, and by how much it beats "not here"."""

    window: Window
    span: Span
    margin: float


def read(
    model: ExtractiveReader, pairs: Sequence[Pair], pad: int, batch_size: int = 16
) -> list[Found]:
    """The best answer of each pair, in the order of the pairs."""
    found: dict[int, Found] = {}
    device = next(model.parameters()).device
    for rows in _batches(
        sorted(range(len(pairs)), key=lambda row: len(pairs[row].ids)), batch_size
    ):
        chosen = [pairs[row] for row in rows]
        with torch.inference_mode():
            start, end = scores(model, batch_of(chosen, pad).to(device))
            best = _best_spans(start.cpu(), end.cpu())
        found.update(
            (row, _found(pair, *span)) for row, pair, span in zip(rows, chosen, best, strict=True)
        )
    return [found[row] for row in range(len(pairs))]


def _batches(rows: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    return (rows[at : at + size] for at in range(0, len(rows), size))


def _best_spans(start: Tensor, end: Tensor) -> Iterable[tuple[int, int, float]]:
    """First token, last token and margin of the best span of each row."""
    length = start.shape[1]
    pairs = start[:, :, None] + end[:, None, :]
    at = torch.arange(length)
    apart = at[None, :] - at[:, None]
    pairs = pairs.masked_fill((apart < 0) | (apart >= LONGEST), -1e9)
    pairs[:, 0, :] = -1e9
    best, place = pairs.flatten(1).max(1)
    margins = best - start[:, 0] - end[:, 0]
    return [
        (int(p) // length, int(p) % length, float(m)) for p, m in zip(place, margins, strict=True)
    ]


def _found(pair: Pair, first: int, last: int, margin: float) -> Found:
    opening, closing = pair.offsets[first], pair.offsets[last]
    if opening is None or closing is None:  # a window without any text
        return Found(pair.window, (pair.window.start, pair.window.start), -1e4)
    body = pair.window.article.body
    start, end = opening[0], closing[1]
    start += len(body[start:end]) - len(body[start:end].lstrip())
    return Found(pair.window, (start, start + len(body[start:end].rstrip(" \n.,;:"))), margin)


@dataclass(frozen=True, slots=True)
class PassageSpan:
    """The best answer within one passage, as for a whole window."""

    span: Span
    margin: float


def read_passages(
    model: ExtractiveReader,
    pairs: Sequence[Pair],
    passages: Sequence[Sequence[Passage]],
    pad: int,
) -> list[tuple[Passage, PassageSpan]]:
    """The best answer within each of a pair's passages, but for those beyond its tokens."""
    found: list[tuple[Passage, PassageSpan]] = []
    order = sorted(range(len(pairs)), key=lambda row: len(pairs[row].ids))
    for rows in _batches(order, size=8):
        with torch.inference_mode():
            start, end = scores(model, batch_of([pairs[row] for row in rows], pad))
        for row, starts, ends in zip(rows, start, end, strict=True):
            for passage in passages[row]:
                if span := _best_within(pairs[row], starts, ends, passage):
                    found.append((passage, span))
    return found


def _best_within(pair: Pair, start: Tensor, end: Tensor, passage: Passage) -> PassageSpan | None:
    inside = [
        at
        for at, offset in enumerate(pair.offsets)
        if offset and passage.start <= offset[0] and offset[1] <= passage.end + 1
    ]
    if not inside:
        return None
    first, last = inside[0], inside[-1] + 1
    both = start[first:last, None] + end[None, first:last]
    apart = torch.arange(last - first)[None, :] - torch.arange(last - first)[:, None]
    both = both.masked_fill((apart < 0) | (apart >= LONGEST), -1e9)
    place = int(both.argmax())
    margin = float(both.max() - start[0] - end[0])
    answer = _found(pair, first + place // (last - first), first + place % (last - first), margin)
    return PassageSpan(answer.span, answer.margin)
