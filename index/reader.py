"""A question and the passages found for it -> where the answer stands, and how likely it is one.

`Reader` is the seam: whatever reads gets the same hits and gives back the same readings. The
reader here needs no training: it weighs what a passage shares with the question.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from index.calibration import Features, Weights, probability
from index.candidates import candidates
from index.lexical import LEVELS, tokenize
from index.names import Names
from index.passages import Passage
from index.question import YEAR, Question
from index.roles import holders, others
from index.search import Hit, Index
from index.spans import Span, gap, touches
from knowledge.names import Mention
from knowledge.stop_words import STOP_WORDS


@dataclass(frozen=True, slots=True)
class Reading:
    """One passage read: the short answer (offsets in the body), how likely it is right."""

    passage: Passage
    span: Span | None
    score: float  # log-odds
    features: Features  # what the score rests on

    @property
    def probability(self) -> float:
        """How likely this passage answers, seen alone."""
        return probability(self.score)

    @property
    def short(self) -> str | None:
        """The words of the short answer."""
        return self.passage.article.body[slice(*self.span)] if self.span else None


class Reader(Protocol):
    """Reads the hits for a question."""

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Reading]:
        """A reading for each hit that may answer, best first."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """A word or phrase of the question that an answer should share, and how telling it is."""

    terms: frozenset[str]
    weight: float

    def is_in(self, terms: frozenset[str]) -> bool:
        """Whether a text with these terms has it, if only within a compound (søknads-frist)."""
        if self.terms & terms:
            return True
        long = [term for term in self.terms if len(term) >= _SHORTEST_IN_COMPOUND]
        return any(
            mine in other or other in mine
            for mine in long
            for other in terms
            if len(other) >= _SHORTEST_IN_COMPOUND
        )


_SHORTEST_IN_COMPOUND = 5

# Weights that are rules: the fit leaves them alone, having seen too few of these.
RULES = {
    "other": -4.0,  # another cluster is told of, not the one asked about
    "other year": -6.0,  # 2024 is told of, not the 2026 asked about: 1 of 12 was right
    "other level": -3.0,  # of NCE, GCE, Arena: one is asked about, another told of
    "elsewhere": -6.0,  # the role asked for held in another organisation, or another one in this
}
_BOARD = frozenset({"chair", "steering_group_leader", "deputy"})
FARTHEST = 90  # characters from the words asked with; what stands farther off is not bound to them


class LexicalReader:
    """The reader that needs no training."""

    def __init__(self, index: Index, names: Names, weights: Weights) -> None:
        self._index = index
        self._names = names
        self._weights = weights
        self._terms_of = lru_cache(maxsize=65536)(
            lambda text, language: frozenset(index.lexicon.passage_terms(text, language))
        )

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Reading]:
        """A reading for each hit about what the question names, best first."""
        units = self._units(question)
        if not units and not question.names and not question.concepts:
            return []  # "?", a smile, "and then?": nothing that a passage could answer
        best = max((hit.score for hit in hits), default=0.0)
        readings = [
            self._read(question, units, hit, best, about)
            for hit in hits
            if (about := self._about(question.names, hit.row))[0] > 0
        ]
        return sorted(readings, key=lambda reading: -reading.score)

    def _units(self, question: Question) -> list[_Unit]:
        """Concepts and content words of the question, outside names."""
        taken: list[Span] = [(name.start, name.end) for name in question.names]
        units: list[_Unit] = []
        for mention in question.concepts:
            # "lies in" is in every "iKuben i Molde": a place needs no word that asks for one.
            is_implied = question.kind == mention.concept.asks == "place"
            if not is_implied and not touches((mention.start, mention.end), taken):
                units.append(self._unit([f"§{mention.concept.name}"]))
            taken.append((mention.start, mention.end))
        for token in tokenize(question.text):
            is_free = not touches((token.start, token.end), taken)
            if is_free and token.text not in STOP_WORDS | set(question.years):
                units.append(self._unit([token.no, token.en]))
        return units

    def _unit(self, terms: list[str]) -> _Unit:
        return _Unit(frozenset(terms), min(self._index.rarity(term) for term in terms))

    def _read(
        self,
        question: Question,
        units: list[_Unit],
        hit: Hit,
        best: float,
        about: tuple[float, float],
    ) -> Reading:
        text, start = hit.passage.text, hit.passage.start
        holder, elsewhere, other_role = self._role(question, text)
        span: Span | None
        if holder:
            span, kind, bound = holder, 1.0, 1.0
        elif question.kind == "person" and not self._is_role_near(question, hit.row):
            span, kind, bound = None, 0.0, 0.0
        else:
            span, kind, bound = self._span(question, units, text)
        here, beside = self._coverage(units, hit.row)
        year, other_year = self._year(question.years, hit.row)
        features = (
            ("here", here),  # share of the question's words and concepts in the passage
            ("beside", beside),  # ... in the title or the sentences around it
            ("about", about[0]),  # the names asked about
            ("other", about[1]),
            ("year", year),  # the years asked about
            ("other year", other_year),
            ("other level", self._is_other_level(question, text)),
            ("kind", kind),  # a person for who, a sum for how much ...
            ("bound", bound),  # ... close to the words asked with
            ("holder", float(holder is not None)),  # somebody is in the role asked about
            ("elsewhere", elsewhere),  # ... but in another organisation
            ("other role", other_role),  # somebody is in another role, and nobody in this one
            ("defines", self._defines(question, units, text)),
            ("search", hit.score - best),
            ("dense", hit.dense),
            ("heading", _is_heading(hit.passage)),
        )
        answer = (start + span[0], start + span[1]) if span else None
        return Reading(hit.passage, answer, self._weights.logit(features), features)

    def _coverage(self, units: list[_Unit], row: int) -> tuple[float, float]:
        """How much of the question, by weight, stands in the passage; and else beside it."""
        whole = sum(unit.weight for unit in units)
        if not whole:
            return 0.5, 0.0  # nothing but a name was asked: neither for nor against
        terms = self._terms(row)
        around = self._terms_beside(row) | self._title_terms(row)
        missing = [unit for unit in units if not unit.is_in(terms)]
        absent = sum(unit.weight for unit in missing)
        beside = sum(unit.weight for unit in missing if unit.is_in(around))
        return 1 - absent / whole, beside / whole

    def _terms(self, row: int) -> frozenset[str]:
        passage = self._index.passages[row]
        return self._terms_of(passage.text, passage.article.language)

    def _terms_beside(self, row: int) -> frozenset[str]:
        """The terms of the passages before and after, as far as they are of the same article."""
        passages = self._index.passages
        beside = [at for at in (row - 1, row + 1) if 0 <= at < len(passages)]
        near = [at for at in beside if passages[at].article is passages[row].article]
        return frozenset[str]().union(*map(self._terms, near))

    def _title_terms(self, row: int) -> frozenset[str]:
        article = self._index.passages[row].article
        return self._terms_of(article.title, article.language)

    def _year(self, years: Sequence[str], row: int) -> tuple[float, float]:
        """Whether the passage, or else its article's date, is of the years asked about; and
        whether it is of other years instead."""
        passage = self._index.passages[row]
        if all(year in passage.text for year in years):
            return 1.0, 0.0
        if YEAR.search(passage.text):
            return 0.0, 1.0
        dated = all((passage.article.published or "").startswith(year) for year in years)
        return (0.8 if dated else 0.4), 0.0

    def _about(self, asked: Sequence[Mention], row: int) -> tuple[float, float]:
        """How surely the passage is about every name asked (1 names it, 0 its article never does);
        and whether it is about another cluster instead."""
        pairs = [self._about_one(name, row) for name in asked]
        return min((p[0] for p in pairs), default=1.0), max((p[1] for p in pairs), default=0.0)

    def _about_one(self, name: Mention, row: int) -> tuple[float, float]:
        article = self._index.passages[row].article
        other = 0.0
        for distance, text in enumerate(self._backwards(row)):
            if self._names.is_in(name, text):
                return (1.0 if distance == 0 else 0.7), other
            if self._names.is_cluster(name) and self._names.clusters_in(text):
                other = max(other, 1.0 if distance == 0 else 0.5)
        if self._names.is_in(name, article.title):
            return 0.6, other
        # On a page of the cluster's own, "we" may be all that names it.
        texts = (article.body, article.publisher)
        return (0.3 if any(self._names.is_in(name, text) for text in texts) else 0.0), other

    def _is_other_level(self, question: Question, text: str) -> float:
        """Whether NCE is asked about and the passage is about GCE, or the like."""
        asked = {m.concept.name for m in question.concepts} & LEVELS
        said = {m.concept.name for m in self._index.lexicon.find(text, ("no", "en"))} & LEVELS
        return float(bool(asked and said) and not asked & said)

    def _backwards(self, row: int) -> Iterable[str]:
        """The passage and the few before it in its article."""
        article = self._index.passages[row].article
        for before in range(row, max(row - 4, -1), -1):
            if self._index.passages[before].article is not article:
                return
            yield self._index.passages[before].text

    def _role(self, question: Question, text: str) -> tuple[Span | None, float, float]:
        """The person in the role asked for; else whether the role is another organisation's, and
        whether somebody is in another role."""
        if question.kind != "person" or not question.roles:
            return None, 0.0, 0.0
        found = holders(text, question.roles, self._index.lexicon)
        for holder in found:
            if holder.of is None or self._is_asked(holder.of, question.names):
                return holder.person, 0.0, 0.0
        other = others(text, question.roles, self._index.lexicon)
        is_elsewhere = bool(found) or self._has_only_board(question, text)
        return None, float(is_elsewhere), float(bool(other) and not found)

    def _has_only_board(self, question: Question, text: str) -> bool:
        """Whether a leader is asked for, and the text names who leads the board or the like of
        that very organisation: who takes one for the other answers wrongly."""
        if "leader" not in question.roles or not question.names or question.roles & _BOARD:
            return False
        found = holders(text, _BOARD, self._index.lexicon)
        return any(h.of is not None and self._is_asked(h.of, question.names) for h in found)

    def _is_role_near(self, question: Question, row: int) -> bool:
        """Whether the passage, or what stands beside it, has the role that was asked for."""
        near = self._terms(row) | self._terms_beside(row)
        return not question.roles or any(f"§{role}" in near for role in question.roles)

    def _is_asked(self, organisation: str, asked: Sequence[Mention]) -> bool:
        return not asked or any(self._names.is_in(name, organisation) for name in asked)

    def _span(
        self, question: Question, units: list[_Unit], text: str
    ) -> tuple[Span | None, float, float]:
        """The best short answer, whether one of its kind is there, and how well it is bound."""
        if question.kind == "reason":
            return None, float(bool(_CAUSE.search(text))), 0.5
        if question.kind == "text":
            return None, 0.5, 0.5
        names = self._named(question.names, text)
        found = [
            span
            for span in candidates(text, question.kind)
            if not touches(span, names) and text[slice(*span)] not in question.years
        ]
        if not found:
            return None, 0.0, 0.0
        anchors = self._anchors(units, text) or names
        if not anchors:
            return found[0], 1.0, 0.3
        distance, span = min((gap(span, anchor), span) for span in found for anchor in anchors)
        return span, 1.0, max(0.0, 1 - distance / FARTHEST)

    def _defines(self, question: Question, units: list[_Unit], text: str) -> float:
        """Whether a what-is question meets a passage that opens with "X is"."""
        opening = _IS.match(text)
        if not opening or not _WHAT_IS.search(question.text):
            return 0.0
        subject = opening.group("subject")
        named = all(self._names.is_in(name, subject) for name in question.names)
        terms = self._terms_of(subject, question.language) | self._terms_of(subject, "nb")
        return float(named and all(unit.is_in(terms) for unit in units))

    def _named(self, asked: Sequence[Mention], text: str) -> list[Span]:
        wanted = {name.name for name in asked}
        return [(m.start, m.end) for m in self._names.mentions(text) if m.name in wanted]

    def _anchors(self, units: list[_Unit], text: str) -> list[Span]:
        """Where the passage has the concepts and words that the question asks with."""
        wanted = frozenset[str]().union(*(unit.terms for unit in units))
        mentions = self._index.lexicon.find(text, ("no", "en"))
        anchors = [(m.start, m.end) for m in mentions if f"§{m.concept.name}" in wanted]
        return anchors + [
            (t.start, t.end) for t in tokenize(text) if t.no in wanted or t.en in wanted
        ]


_WHAT_IS = re.compile(
    r"\b(?:hva|kva|what|hvem|kven|who)\s+(?:er|is|are|tyder|betyr|står|menes)\b", re.I
)
_IS = re.compile(
    r"(?P<subject>.{2,60}?)\s(?:er|var|is|was|betyr|tyder|står for|means|stands for)\b", re.I
)
_CAUSE = re.compile(
    r"\b(?:fordi|derfor|difor|på grunn av|grunnen|årsak\w*|skuldast|skyldes|slik at|for å|etter at"
    r"|because|due to|since|so that|reason|therefore|in order to)\b",
    re.I,
)
_ENDS = re.compile(r"[.!?…:»”\")]$")
_FACT = re.compile(r":\s*\S|[|@]")  # "Leder: Hilde Aspås", a row of a table, an address
_MARK = re.compile(r"\s*[-*+•]\s+")  # before an item of a list


def _is_heading(passage: Passage) -> float:
    """Whether the passage is a heading or a question: it answers nothing by itself."""
    text, body = passage.text, passage.article.body
    before = body[body.rfind("\n", 0, passage.start) + 1 : passage.start]
    if before.startswith("#"):
        return 1.0
    is_fact = _ENDS.search(text) or _FACT.search(text) or _MARK.fullmatch(before)
    return float(text.endswith("?") or (len(text) < 50 and not is_fact))
