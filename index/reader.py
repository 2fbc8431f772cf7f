"""A question and the passages found for it -> where the answer stands, and how likely it is one.

`Reader` is the seam: whatever reads gets the same hits and gives back the same readings. The
reader here needs no training: it weighs what a passage shares with the question.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from typing import Protocol

from index.candidates import Span, candidates
from index.lexical import STOP_WORDS, tokenize
from index.names import Names
from index.passages import Passage
from index.question import AnswerKind, Question
from index.search import Hit, Index
from knowledge.names import Mention


@dataclass(frozen=True, slots=True)
class Reading:
    """One passage read: the short answer in it (offsets in the body) and how likely it is right."""

    passage: Passage
    span: Span | None
    probability: float
    features: tuple[tuple[str, float], ...]  # what the probability rests on, for --explain


class Reader(Protocol):
    """Reads the hits for a question."""

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Reading]:
        """A reading for each hit that may answer, best first."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """A word or phrase of the question that an answer should share, and how telling it is."""

    terms: frozenset[str]
    weight: float
    is_role: bool


# Found with benchmarks/tune.py on three quarters of clusters-qa and checked on the golden set.
WEIGHTS = {"coverage": 3.0, "about": 2.0, "kind": 1.5, "bound": 1.5, "search": 1.5, "defines": 2.0}
BIAS = -5.5
NEIGHBOUR = 0.4  # what a word in the sentence before or after counts, against one in the passage
FARTHEST = 90  # characters between a role and its holder


class LexicalReader:
    """The reader that needs no training."""

    def __init__(self, index: Index, names: Names) -> None:
        self._index = index
        self._names = names

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Reading]:
        """A reading for each hit about what the question names, best first."""
        units = self._units(question)
        best = max((hit.score for hit in hits), default=0.0)
        readings = [self._read(question, units, hit, best) for hit in hits]
        return sorted(
            (reading for reading in readings if reading), key=lambda reading: -reading.probability
        )

    def _units(self, question: Question) -> list[_Unit]:
        """Concepts and content words of the question, outside names."""
        taken: list[Span] = [(name.start, name.end) for name in question.names]
        units: list[_Unit] = []
        for mention in question.concepts:
            if not _overlaps((mention.start, mention.end), taken):
                term = f"§{mention.concept.name}"
                is_role = mention.concept.asks == "person"
                units.append(_Unit(frozenset([term]), self._weight([term]), is_role))
                taken.append((mention.start, mention.end))
        for token in tokenize(question.text):
            if token.text not in STOP_WORDS and not _overlaps((token.start, token.end), taken):
                terms = [token.no, token.en]
                units.append(_Unit(frozenset(terms), self._weight(terms), is_role=False))
        return units

    def _weight(self, terms: Sequence[str]) -> float:
        return min(self._index.rarity(term) for term in terms)

    def _read(
        self, question: Question, units: list[_Unit], hit: Hit, best: float
    ) -> Reading | None:
        about = self._about(question.names, hit.row)
        if about == 0:
            return None
        text, start = hit.passage.text, hit.passage.start
        span, kind, bound = self._span(question, units, text)
        features = {
            "coverage": self._coverage(units, hit.row),
            "about": about,
            "kind": kind,
            "bound": bound,
            "search": hit.score / best if best > 0 else 0.0,
            "defines": _defines(question, text),
        }
        logit = BIAS + sum(WEIGHTS[name] * value for name, value in features.items())
        return Reading(
            hit.passage,
            (start + span[0], start + span[1]) if span else None,
            1 / (1 + exp(-logit)),
            tuple(features.items()),
        )

    def _coverage(self, units: list[_Unit], row: int) -> float:
        """How much of the question, by weight, stands in the passage or beside it."""
        whole = sum(unit.weight for unit in units)
        if not whole:
            return 0.5  # nothing but a name was asked: neither for nor against
        here = self._terms(row)
        beside = self._terms(row - 1) | self._terms(row + 1) | self._title_terms(row)
        shared = sum(
            unit.weight * (1.0 if unit.terms & here else NEIGHBOUR if unit.terms & beside else 0.0)
            for unit in units
        )
        return shared / whole

    def _terms(self, row: int) -> frozenset[str]:
        if not 0 <= row < len(self._index.passages):
            return frozenset()
        passage = self._index.passages[row]
        return frozenset(self._index.lexicon.passage_terms(passage.text, passage.article.language))

    def _title_terms(self, row: int) -> frozenset[str]:
        article = self._index.passages[row].article
        return frozenset(self._index.lexicon.passage_terms(article.title, article.language))

    def _about(self, asked: Sequence[Mention], row: int) -> float:
        """How surely the passage is about every name asked: 1 names it, 0 its article never does."""
        return min((self._about_one(name, row) for name in asked), default=1.0)

    def _about_one(self, name: Mention, row: int) -> float:
        passages = self._index.passages
        article = passages[row].article
        if self._names.is_in(name, passages[row].text):
            return 1.0
        others = self._names.clusters_in(passages[row].text) if self._names.is_cluster(name) else ()
        if others:
            return 0.1  # it names another cluster, and not the one asked about
        for before in range(row - 1, max(row - 4, -1), -1):
            if passages[before].article is not article:
                break
            if self._names.is_in(name, passages[before].text):
                return 0.8
            if self._names.is_cluster(name) and self._names.clusters_in(passages[before].text):
                return 0.2
        if self._names.is_in(name, article.title):
            return 0.7
        return 0.4 if self._names.is_in(name, article.body) else 0.0

    def _span(
        self, question: Question, units: list[_Unit], text: str
    ) -> tuple[Span | None, float, float]:
        """The best short answer, whether one of its kind is there, and how well it is bound."""
        if question.kind == "text":
            return None, 0.5, 0.5
        names = [(m.start, m.end) for m in self._spans_of(question.names, text)]
        found = [span for span in candidates(text, question.kind) if not _overlaps(span, names)]
        if not found:
            return None, 0.0, 0.0
        anchors = self._anchors(units, text)
        if not anchors:
            return found[0], 1.0, 0.3
        distance, span = min((_distance(span, anchor), span) for span in found for anchor in anchors)
        return span, 1.0, max(0.0, 1 - distance / FARTHEST)

    def _spans_of(self, asked: Sequence[Mention], text: str) -> list[Mention]:
        return [m for m in self._names.mentions(text) if m.name in {name.name for name in asked}]

    def _anchors(self, units: list[_Unit], text: str) -> list[Span]:
        """Where the passage has the concepts and words that the question asks with."""
        wanted = frozenset[str]().union(*(unit.terms for unit in units))
        mentions = self._index.lexicon.find(text, ("no", "en"))
        anchors = [(m.start, m.end) for m in mentions if f"§{m.concept.name}" in wanted]
        return anchors + [
            (t.start, t.end) for t in tokenize(text) if t.no in wanted or t.en in wanted
        ]


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _distance(a: Span, b: Span) -> int:
    return max(0, a[0] - b[1], b[0] - a[1])


_WHAT_IS = re.compile(r"\b(?:hva|kva|what|hvem|kven|who)\s+(?:er|is|are|tyder|betyr|står|menes)\b", re.I)
_IS = re.compile(r"^.{0,60}?\b(?:er|var|is|was|betyr|tyder|står for|means|stands for)\b", re.I)


def _defines(question: Question, text: str) -> float:
    """Whether a what-is question meets a passage that opens with "X is"."""
    return float(bool(_WHAT_IS.search(question.text) and _IS.search(text)))
