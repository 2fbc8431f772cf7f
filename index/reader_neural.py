"""The trained reader: reads the best passages' windows with the question, and weighs both views.

What the untrained reader sees in a passage (names, roles, years, kind of answer) stays in the
score, beside the trained reader's margin: how much better its best span in the passage is than
"not here".
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from index.calibration import Weights
from index.can_answer import can_answer, is_status
from index.candidates import candidates
from index.encoder import SentenceEncoder
from index.files import verify
from index.passages import Passage
from index.question import Question
from index.reader import LexicalReader, Reading
from index.reader_model import load_reader
from index.reader_windows import Found, ReadsWindows, WindowReader, WindowScores, best_of
from index.search import Hit
from index.spans import Span
from index.windows import PHASES, Window, grid, window_at
from knowledge.names import UPPER

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

FILE = Path(__file__).parent / "reader.safetensors"
SHA256 = "6534b526f8f48192af52bab26da589710990b4b7ba470ffd75ff96307ea73481"
WINDOWS = 5  # read at most so many; more answered no better (training/README.md)
AGAIN = 3  # passages read in windows cut elsewhere too: where it is cut moves a margin
BEHIND = 3.0  # what is farther behind is not: of such, none came to win in 2,000 questions
LOWEST, HIGHEST = -14.0, 12.0  # margins beyond these say no more
LONGEST = 140  # characters of a short answer; what is longer is the quote

_NAME_GOES_ON = re.compile(rf"\.?[ \u00a0][{UPPER}]")  # "Per Th" of "Per Th. Moe" is half a name

Known = dict[Window, WindowScores]  # what was read for a question


def shipped_reader(encoder: SentenceEncoder) -> WindowReader:
    """The reader that comes with Klyngesvar; a KlyngesvarError tells of damaged weights."""
    verify(FILE, SHA256)
    tokenizer = cast("PreTrainedTokenizerFast", encoder.model.tokenizer)
    return WindowReader(load_reader(FILE, encoder.model), tokenizer)


class NeuralReader:
    """The untrained reader's readings, read again by the trained one."""

    def __init__(self, lexical: LexicalReader, windows: ReadsWindows, weights: Weights) -> None:
        self._lexical, self._windows, self._weights = lexical, windows, weights

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Reading]:
        """A reading for each hit about what the question names, best first."""
        readings = self._lexical.read(question, hits)
        known: Known = {}
        once = dict.fromkeys(window for r in readings for window in _windows(r.passage)[:1])
        self._look(question, list(once)[:WINDOWS], known)
        found = [(reading, self._weigh(question, reading, known)) for reading in readings]
        found.sort(key=lambda pair: -pair[1].score)
        near = [r for r, weighed in found[:AGAIN] if weighed.score >= found[0][1].score - BEHIND]
        self._look(question, [window for r in near for window in _windows(r.passage)], known)
        again = [self._weigh(question, reading, known) for reading in near]
        again += [weighed for _, weighed in found[len(near) :]]
        return sorted(again, key=lambda reading: -reading.score)

    def _look(self, question: Question, windows: Iterable[Window], known: Known) -> None:
        """Read those that are not known; where an article is cut at one place twice, only once."""
        fresh = list(dict.fromkeys(window for window in windows if window not in known))
        known.update(zip(fresh, self._windows.read(question.spelled, fresh), strict=True))

    def _weigh(self, question: Question, reading: Reading, known: Known) -> Reading:
        passage = reading.passage
        scores = [known[window] for window in _windows(passage) if window in known]
        region = passage.start, passage.end
        first = scores[0].best(region) if scores else None
        found = best_of(scores, region) if len(scores) > 1 else first
        return _weigh(question, reading, first, found, self._weights)


def _windows(passage: Passage) -> list[Window]:
    """Where the passage is read, that of phase 0 first; each window once."""
    span = passage.start, passage.end
    found = (window_at(grid(passage.article, phase), span) for phase in range(PHASES))
    return list(dict.fromkeys(window for window in found if window))


def _margin(found: Found) -> float:
    return min(max(found.margin, LOWEST), HIGHEST)


def _weigh(
    question: Question,
    reading: Reading,
    first: Found | None,
    found: Found | None,
    weights: Weights,
) -> Reading:
    """Both readers' views of a passage in one score: what the trained one `found` in the windows
    that it read together, and in the `first` of them."""
    if found and question.roles and is_status(reading.passage.article.body[slice(*found.span)]):
        first = found = None  # a leader is no "Norwegian Centre of Expertise": as good as unread
    margin = _margin(first) if first else 0.0
    is_odd = found is not None and not can_answer(question, reading.passage, found.span)
    features = (
        *reading.features,
        ("read", margin),
        ("again", _margin(found) - margin if found else 0.0),  # in all its windows
        ("unread", float(found is None)),
        ("odd", float(is_odd)),  # no date where a when-question found its answer
    )
    return replace(
        reading,
        span=_short(question, reading, found, is_odd),
        score=weights.logit(features),
        features=features,
    )


def _short(question: Question, reading: Reading, found: Found | None, is_odd: bool) -> Span | None:
    """The trained reader's words; the untrained one's where those are too long, not of the kind
    that was asked for, or unread."""
    if question.kind == "reason":
        return None  # why-questions are answered by the whole sentence
    if found is None or found.span[1] - found.span[0] > LONGEST:
        return reading.span
    if reading.span and is_odd:
        return reading.span  # of the kind asked for, as all that the untrained one says
    return _shortest(question, reading.passage, found.span)


def _shortest(question: Question, passage: Passage, span: Span) -> Span:
    """Of "the chair, Kari Nes", the name alone, when a person is asked for."""
    if question.kind != "person":
        return span
    start = passage.start
    people = [(start + a, start + b) for a, b in candidates(passage.text, "person")]
    inside = [each for each in people if span[0] <= each[0] and each[1] <= span[1]]
    if len(inside) != 1 or _NAME_GOES_ON.match(
        passage.text, inside[0][1] - start, span[1] - start
    ):
        return span
    return inside[0]
