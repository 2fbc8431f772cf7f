"""A question, understood as far as its words tell: language, kind of answer, roles and names."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from index.lexical import ConceptMention, Lexicon
from knowledge.articles import Language
from knowledge.language import detect_language
from knowledge.names import Mention

AnswerKind = Literal[
    "person", "number", "sum", "date", "place", "organisation", "contact", "reason", "text"
]


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
        return frozenset(
            mention.concept.name
            for mention in self.concepts
            if mention.concept.asks == "person" and not _is_in_name(mention, self.names)
        )

    @property
    def is_past(self) -> bool:
        """Whether it asks how things were, so that a newer source knows no better."""
        return bool(self.years or _PAST.search(self.text))


_Asks = AnswerKind | Literal["how", "what", "which"]

# "How many" of these wants a sum, but not in "how many million tonnes".
_MONEY = r"million\w*|milliard\w*|billions?|mill\.?|mrd\.?|kroner|nok|crowns|euros?|dollars?"
_MEASURED = "tonn|tons|tonnes|people|menneske|mennesker|personer|liter|litres"
_LASTING = "lenge|lange?|ofte|gamm?[ae]lt?|gamle"
_ADJECTIVES = (
    "stor|liten|lita|lite|små|høg|høy|lav|låg|god|godt|bra|dyr|presis|nøyaktig|rask|fort|lang|tung"
    "|viktig|sterk|tidlig|tidleg|sen|sein"
)

# Where two begin at the same word the first decides: "hvor mange" stands before "hvor".
_QUESTION_WORDS: tuple[tuple[_Asks, str], ...] = (
    ("sum", rf"(?:hvor mange|kor mange|how many) (?:{_MONEY})(?! (?:{_MEASURED}))"),
    ("number", "hvor mange|kor mange|how many|antall|antal|tal på|number of|headcount"),
    ("sum", "hvor mye|hvor mykje|kor mykje|kor mye|how much|hvilken sum|kva sum|what sum"),
    ("number", rf"(?:hvor|kor) (?:{_LASTING})|how (?:long|old|often)"),
    ("reason", "hvorfor|kvifor|why"),
    ("how", "hvordan|korleis|how"),
    ("how", rf"(?:hvor|kor) (?:{_ADJECTIVES})(?:e|t|e?re)?"),  # "hvor stor", not "hvor ligger"
    ("date", "når|when|hvilket år|kva år|what (?:year|date)|which year|hvilken dato"),
    ("organisation", "hvem eier|kven eig|kven eiger|who owns"),
    ("which", "hvilken?|hvilket|hvilke|kva for|which|what (?:two|three|companies|clusters)"),
    ("which", "kva (?:to|tre|klynger|selskap|verksemder|bedrifter|partnarar)"),
    ("person", "hvem|kven|who|whom|whose"),
    ("place", "hvor|kvar|where|kor"),
    ("what", "hva|kva|what|what's"),
)
_KINDS = tuple(
    (kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for kind, words in _QUESTION_WORDS
)
# What a which-question lists by name.
_NAMED_THINGS = frozenset(
    """
        cluster company core_company member partner university research_institution owner host
        member_institution group_of_companies supplier nce gce arena arena_pro mature_cluster
        """.split()
)
# What "who" asks for that organisations are or do; only people sit on a board, and speak.
_ORGANISATIONS = frozenset(
    """
        member partner core_company member_institution supplier host owner funding awarded decision
        cooperation nce gce arena arena_pro mature_cluster
        """.split()
)
_PEOPLE = re.compile(
    r"\b(?:styre\w*|board|sa|sier|seier|mener|meiner|snakk\w*|said|says|thinks|spoke|speaks)\b",
    re.IGNORECASE,
)
# Who asks for these wants an address or a number, whoever it belongs to.
_CONTACT = re.compile(
    r"\b(?:e-?post(?:en|adress\w*)?|mailadress\w*|e-?mail|telefon(?:en|nummer\w*)?|nummeret til"
    r"|(?:hvilket|kva|what) nummer|phone(?: number)?)\b",
    re.IGNORECASE,
)
_SHARE = re.compile(r"\b(?:prosent\w*|per ?cent(?:age)?|andel\w*|share of)\b|%", re.IGNORECASE)
# "What does the leader do" wants no leader.
_DOINGS = re.compile(
    r"\b(?:hva|kva) (?:gjør|gjer|gjorde|sier|seier|sa|mener|meiner|mente|meinte|skjer|skjedde)\b"
    r"|\bwhat (?:do|does|did|has|have)\b.*\b(?:do|done|say|said|think|thought|mean|meant)\b"
    r"|\bwhat (?:happens|happened)\b",
    re.IGNORECASE,
)
_WITHIN_PHRASE = re.compile(r"\s+(?:(?:sin|si|sitt|sine)\s+)?|-", re.IGNORECASE)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PAST = re.compile(
    r"\b(?:tidligere|tidlegare|forrige|førre|forgjenger\w*|første|fyrste|først|før|opprinnelig\w*"
    r"|opphavleg\w*|var|ble|vart|former\w*|previous\w*|predecessor|first|originally|earlier|before"
    r"|was|were|used to)\b",
    re.IGNORECASE,
)


def kind_of(
    text: str, concepts: tuple[ConceptMention, ...], names: tuple[Mention, ...]
) -> AnswerKind:
    """The kind of answer wanted: by the first question word, else by the concept asked about."""
    concepts = tuple(mention for mention in concepts if not _is_in_name(mention, names))
    found = [(match.start(), kind) for kind, words in _KINDS if (match := words.search(text))]
    asked: AnswerKind = next((c.concept.asks for c in concepts if c.concept.asks), "text")
    kind = min(found, key=lambda pair: pair[0])[1] if found else asked
    if kind == "how":
        return "text"
    if kind != "reason" and _CONTACT.search(text):
        return "contact"
    if kind == "sum" and _SHARE.search(text):
        return "number"
    if kind == "person" and _are_organisations(text, concepts):
        return "organisation"
    if kind == "what":
        return _asked_of_what(text, concepts)
    if kind == "which":
        return next(filter(None, map(_listed, concepts)), "text")
    return kind


def _are_organisations(text: str, concepts: tuple[ConceptMention, ...]) -> bool:
    """ "Who are the members" wants companies, "who leads the members" a person."""
    if _PEOPLE.search(text) or any(mention.concept.asks == "person" for mention in concepts):
        return False
    phrase = [mention.concept for mention in _first_phrase(text, concepts)]
    deciding = (c.name for c in phrase if c.asks or c.name in _ORGANISATIONS)
    return next(deciding, None) in _ORGANISATIONS


def _asked_of_what(text: str, concepts: tuple[ConceptMention, ...]) -> AnswerKind:
    """ "What is the deadline" wants a date, "what is a cluster" the sentence."""
    if _DOINGS.search(text):
        return "text"
    subject = [mention.concept for mention in _first_phrase(text, concepts)]
    if any(concept.name == "reason" for concept in subject):
        return "reason"
    asked: AnswerKind = next((concept.asks for concept in subject if concept.asks), "text")
    return "text" if asked == "organisation" else asked


def _first_phrase(text: str, concepts: tuple[ConceptMention, ...]) -> tuple[ConceptMention, ...]:
    """The first concept with those that follow it directly: "klyngens budsjett"."""
    for at, (before, mention) in enumerate(pairwise(concepts), 1):
        if not _WITHIN_PHRASE.fullmatch(text[before.end : mention.start]):
            return concepts[:at]
    return concepts


def _listed(mention: ConceptMention) -> AnswerKind | None:
    """What a which-question for this concept lists; None where the concept tells nothing."""
    return "organisation" if mention.concept.name in _NAMED_THINGS else mention.concept.asks


def _is_in_name(mention: ConceptMention, names: tuple[Mention, ...]) -> bool:
    return any(name.start <= mention.start < name.end for name in names)


def understand(
    text: str,
    language: Language | None,
    lexicon: Lexicon,
    names: tuple[Mention, ...],
    unknown: tuple[Mention, ...],
) -> Question:
    """Put together what the words say; `language` is the asker's where the text does not tell."""
    concepts = tuple(lexicon.find(text, ("no", "en")))
    kind = kind_of(text, concepts, names)
    return Question(
        text=text,
        language=detect_language(text, language),
        kind="text" if kind == "person" and _is_about_person(text, concepts, names) else kind,
        concepts=concepts,
        names=names,
        unknown=unknown,
        years=tuple(YEAR.findall(text)),
    )


_WHO_IS = re.compile(
    r"\b(?:hvem|kven|who)\s+(?:er|var|is|was)\s+(?:(?:egentlig|eigentleg|actually)\s+)?",
    re.IGNORECASE,
)


def _is_about_person(
    text: str, concepts: tuple[ConceptMention, ...], names: tuple[Mention, ...]
) -> bool:
    """ "Who is Hilde Aspås?" wants to know what she does, and no name."""
    who_is = _WHO_IS.search(text)
    if not who_is or any(mention.concept.asks for mention in concepts):
        return False
    return any(name.start == who_is.end() for name in names)
