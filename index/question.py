"""A question, understood as far as its words tell: language, kind of answer, roles and names."""

import re
from dataclasses import dataclass
from typing import Literal

from index.language import detect_language
from index.lexical import ConceptMention, Lexicon, tokenize
from knowledge.articles import Language
from knowledge.names import Mention

AnswerKind = Literal["person", "number", "sum", "date", "place", "organisation", "reason", "text"]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for (`kind`, `concepts`) and about whom (`names`)."""

    text: str
    language: Language
    kind: AnswerKind
    concepts: tuple[ConceptMention, ...]
    names: tuple[Mention, ...]
    unknown: tuple[Mention, ...]  # what is written as a name, but no article or register knows
    years: tuple[str, ...]

    @property
    def roles(self) -> frozenset[str]:
        """The concepts asked about that people can be: leader, chair, minister."""
        return frozenset(m.concept.name for m in self.concepts if m.concept.asks == "person")


_Asks = AnswerKind | Literal["how", "what", "which"]

# In order: the first that fits decides. "hvor mange" must come before "hvor".
_KINDS: tuple[tuple[_Asks, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for kind, words in (
        ("number", "hvor mange|kor mange|how many|antall|antal|tal på|number of|headcount"),
        ("sum", "hvor mye|hvor mykje|kor mykje|kor mye|how much|hvilken sum|kva sum|what sum"),
        ("number", "hvor (?:lenge|lang)|kor (?:lenge|lang)|how (?:long|old|often)"),
        ("reason", "hvorfor|kvifor|why"),
        ("how", "hvordan|korleis|how"),
        ("date", "når|when|hvilket år|kva år|what (?:year|date)|which year|hvilken dato"),
        ("organisation", "hvem eier|kven eig|kven eiger|who owns"),
        ("which", r"hvilken?|hvilket|hvilke|kva for|which|what (?:two|three|companies|clusters)"),
        ("person", "hvem|kven|who|whom|whose"),
        ("place", "hvor|kvar|where|kor"),
        ("what", "hva|kva|what|what's"),
    )
)
# What a which-question lists by name.
_NAMED_THINGS = frozenset(
    "cluster company core_company member partner university research_institution owner host "
    "member_institution group_of_companies supplier nce gce arena arena_pro mature_cluster".split()
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def kind_of(text: str, concepts: tuple[ConceptMention, ...]) -> AnswerKind:
    """The kind of answer wanted: by the question word, else by the concept asked about."""
    kind = next((kind for kind, pattern in _KINDS if pattern.search(text)), None)
    asked = next((c.concept.asks for c in concepts if c.concept.asks), "text")
    if kind == "how":
        return "text"
    if kind == "what":  # "what is the deadline" wants a date, "what is a cluster" the sentence
        return "text" if asked == "organisation" else asked
    if kind == "which":
        is_list = any(c.concept.name in _NAMED_THINGS for c in concepts)
        return "person" if asked == "person" else "organisation" if is_list else asked
    return kind or asked


def understand(
    text: str,
    language: Language | None,
    lexicon: Lexicon,
    names: tuple[Mention, ...],
    unknown: tuple[Mention, ...],
) -> Question:
    """Put together what the words say; `language` is the asker's where the text does not tell."""
    concepts = tuple(lexicon.find(text, ("no", "en")))
    return Question(
        text=text,
        language=detect_language(text, language),
        kind=kind_of(text, concepts),
        concepts=concepts,
        names=names,
        unknown=unknown,
        years=tuple(_YEAR.findall(text)),
    )
