"""Questions and windows -> token ids, and where in the body each token stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from index.spans import Span, touches
from index.windows import Window

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

QUESTION_TOKENS, WINDOW_TOKENS = 48, 256
REMEMBERED = 8192  # windows, and questions: a bot that runs for months must not grow


@dataclass(frozen=True, slots=True)
class Tokens:
    """Token ids between `<s>` and `</s>`; offsets are in the body, None outside its text."""

    ids: tuple[int, ...]
    offsets: tuple[Span | None, ...]


def tokens_at(offsets: Sequence[Span | None], span: Span) -> list[int]:
    """Which tokens share text with a span of the body."""
    return [at for at, offset in enumerate(offsets) if offset and touches(offset, [span])]


class ReaderTokenizer:
    """Tokenizes what the reader reads, remembering what it did of late."""

    def __init__(self, tokenizer: "PreTrainedTokenizerFast") -> None:
        """`tokenizer` is the encoder's own."""
        self._tokenizer = tokenizer
        self.window = lru_cache(REMEMBERED)(self._window)
        self.question = lru_cache(REMEMBERED)(self._question)

    @property
    def pad(self) -> int:
        """The id that fills up shorter rows."""
        return int(self._tokenizer.pad_token_id)

    def _question(self, question: str) -> Tokens:
        ids, _ = self._tokens(question, QUESTION_TOKENS)
        return self._framed(ids, [None] * len(ids))

    def _window(self, window: Window) -> Tokens:
        ids, found = self._tokens(window.head + window.text, WINDOW_TOKENS)
        shift = window.start - len(window.head)
        offsets = [
            (max(start + shift, window.start), end + shift) if end > len(window.head) else None
            for start, end in found
        ]
        return self._framed(ids, offsets)

    def _tokens(self, text: str, limit: int) -> tuple[list[int], list[Span]]:
        found = self._tokenizer(
            text,
            add_special_tokens=False,
            return_offsets_mapping=True,
            truncation=True,
            max_length=limit,
        )
        return list(found["input_ids"]), [tuple(offset) for offset in found["offset_mapping"]]

    def _framed(self, ids: list[int], offsets: list[Span | None]) -> Tokens:
        first, last = self._tokenizer.cls_token_id, self._tokenizer.sep_token_id
        return Tokens((first, *ids, last), (None, *offsets, None))
