"""The trained reader: reads the best passages' windows with the question, and weighs both views.

What the untrained reader sees in a passage (names, roles, years, kind of answer) stays in the
score, beside the trained reader's margin: how much better its best span in the passage is than
"not here".
"""

from collections.abc import Sequence
from dataclasses import replace
from math import exp
from pathlib import Path
from typing import TYPE_CHECKING, cast

from index.candidates import candidates
from index.encoder import SentenceEncoder
from index.files import verify
from index.passages import Passage
from index.question import Question
from index.reader import LexicalReader, Reading
from index.reader_model import ExtractiveReader, load_reader
from index.reader_pairs import Pairing, PassageSpan, read_passages
from index.search import Hit
from index.spans import Span, touches
from index.windows import Window, grid, window_at

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

FILE = Path(__file__).parent / "reader.safetensors"
SHA256 = "cd51d67e30d1d2f501d75e978fce93c03da1a83dc60d3a054508ef3f87dfdf8d"
WINDOWS = 10  # read at most so many; the first 6 hold the proof for 98 % (training/README.md)
LOWEST, HIGHEST = -14.0, 12.0  # margins beyond these say no more
DOUBTFUL = 0.6  # the most where a when-question finds no date: at best a maybe
LONGEST = 90  # characters of a short answer; what is longer is the quote

# Fitted by `python -m training.fit_reader`, but for those that are rules.
WEIGHTS = {
    "here": 2.37,
    "beside": 0.16,
    "about": -0.06,
    "other": -4.00,
    "year": -0.02,
    "other year": -3.00,
    "other level": -3.00,
    "kind": 0.71,
    "bound": 0.91,
    "elsewhere": -6.00,
    "defines": 0.77,
    "search": -0.01,
    "dense": 0.36,
    "heading": -1.22,
    "read": 0.28,
    "unread": -3.12,
}
BIAS = -3.33


class NeuralReader:
    """The untrained reader's readings, read again by the trained one."""

    def __init__(self, lexical: LexicalReader, encoder: SentenceEncoder) -> None:
        verify(FILE, SHA256)
        tokenizer = cast("PreTrainedTokenizerFast", encoder.model.tokenizer)
        self._lexical = lexical
        self._model: ExtractiveReader = load_reader(FILE, encoder.model)
        self._pairing = Pairing(tokenizer)
        self._pad = int(cast(int, tokenizer.pad_token_id))

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Reading]:
        """A reading for each hit about what the question names, best first."""
        readings = self._lexical.read(question, hits)
        spans = self._spans(question, readings)
        weighed = [
            _weigh(question, reading, spans.get(_key(reading.passage))) for reading in readings
        ]
        return sorted(weighed, key=lambda reading: -reading.probability)

    def _spans(
        self, question: Question, readings: Sequence[Reading]
    ) -> dict[tuple[str, int], PassageSpan]:
        """The best span of each passage that is read, by the passage's place."""
        passages: dict[Window, list[Passage]] = {}
        for reading in readings:
            window = _window(reading.passage)
            if window and (window in passages or len(passages) < WINDOWS):
                passages.setdefault(window, []).append(reading.passage)
        pairs = [self._pairing.pair(question.text, window) for window in passages]
        found = read_passages(self._model, pairs, list(passages.values()), self._pad)
        return {_key(passage): span for passage, span in found}


def _key(passage: Passage) -> tuple[str, int]:
    return passage.article.slug, passage.start


def _window(passage: Passage) -> Window | None:
    return window_at(grid(passage.article), (passage.start, passage.end))


def _weigh(question: Question, reading: Reading, found: PassageSpan | None) -> Reading:
    """Both views of a passage in one probability."""
    margin = min(max(found.margin, LOWEST), HIGHEST) if found else 0.0
    features = (*reading.features, ("read", margin), ("unread", float(found is None)))
    logit = BIAS + sum(WEIGHTS[name] * value for name, value in features)
    chance = 1 / (1 + exp(-logit))
    if found and not _is_of_kind(question, reading.passage, found.span):
        return replace(reading, probability=min(chance, DOUBTFUL), features=features)
    span = _short(question, reading, found)
    return replace(reading, span=span, probability=chance, features=features)


def _is_of_kind(question: Question, passage: Passage, span: Span) -> bool:
    """Whether the words hold a person for who, an amount for how much, and so on."""
    if question.kind in ("text", "reason", "organisation"):
        return True
    inside = (span[0] - passage.start, span[1] - passage.start)
    return touches(inside, candidates(passage.text, question.kind))


def _short(question: Question, reading: Reading, found: PassageSpan | None) -> Span | None:
    """The trained reader's words, unless they are no short answer."""
    if question.kind == "reason":
        return None  # why-questions are answered by the whole sentence
    if found is None or found.margin < 0 or found.span[1] - found.span[0] > LONGEST:
        return reading.span
    return found.span
