"""A question, understood as far as its words tell: language, kind of answer, roles and names."""

import re
from dataclasses import dataclass
from typing import Literal

from index.language import detect_language
from index.lexical import ConceptMention, Lexicon, tokenize
from knowledge.articles import Language
from knowledge.names import Mention

AnswerKind = Literal["person", "number", "sum", "date", "place", "organisation", "text"]


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
    def asked(self) -> frozenset[str]:
        """The concepts asked about, by name, without those that are part of a name."""
        return frozenset(
            mention.concept.name
            for mention in self.concepts
            if not any(name.start <= mention.start < name.end for name in self.names)
        )


# In order: the first that fits decides. "hvor mange" must come before "hvor".
_KINDS: tuple[tuple[AnswerKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for kind, words in (
        ("number", "hvor mange|kor mange|how many|antall|antal|tal på|number of|headcount"),
        ("sum", "hvor mye|hvor mykje|kor mykje|kor mye|how much|hvilken sum|kva sum"),
        ("number", "hvor (?:lenge|lang)|kor (?:lenge|lang)|how (?:long|old|often)"),
        ("text", "hvorfor|kvifor|why|hvordan|korleis|how|hvor\\w* (?:viktig|stor)"),
        ("date", "når|når tid|when|hvilket år|kva år|what (?:year|date)|which year|hvilken dato"),
        ("person", "hvem|kven|who|whom|whose|hvis navn"),
        ("place", "hvor|kvar|where|kor|hvilken by|kva by|which (?:city|town)"),
        ("text", "hva er|kva er|what is|what's|what are|hvilke|kva for|which|hva|kva|what"),
    )
)
_ORGANISATION = re.compile(r"\b(?:eier|eig|eigar|owns?|owners?|hvilken (?:bedrift|organisasjon))\b", re.I)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def kind_of(text: str, concepts: tuple[ConceptMention, ...]) -> AnswerKind:
    """The kind of answer wanted: by the question word, else by the concept asked about."""
    if _ORGANISATION.search(text):
        return "organisation"
    for kind, pattern in _KINDS:
        if pattern.search(text):
            return _refined(kind, concepts)
    return next((c.concept.asks for c in concepts if c.concept.asks), "text")


def _refined(kind: AnswerKind, concepts: tuple[ConceptMention, ...]) -> AnswerKind:
    """ "What is the deadline" wants a date: a plain what-question takes its concept's kind."""
    if kind != "text":
        return kind
    return next((c.concept.asks for c in concepts if c.concept.asks), kind)


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
