"""A question, understood as far as its words tell: language, kind of answer, roles and names."""

import re
from collections.abc import Sequence
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
    def asked(self) -> tuple[ConceptMention, ...]:
        """The concepts that are no part of a name."""
        return tuple(m for m in self.concepts if not _is_in_name(m, self.names))

    @property
    def roles(self) -> frozenset[str]:
        """The concepts asked about that people can be: leader, chair, minister."""
        return frozenset(m.concept.name for m in self.asked if m.concept.asks == "person")

    @property
    def is_past(self) -> bool:
        """Whether it asks how things were, so that a newer source knows no better."""
        return bool(self.years or _PAST.search(self.text))


_Asks = AnswerKind | Literal["how", "size", "what", "which"]

# "How many" of these wants a sum, but not in "how many million tonnes".
_MONEY = r"million\w*|milliard\w*|billions?|mill\.?|mrd\.?|kroner|nok|crowns|euros?|dollars?"
_MEASURED = "tonn|tons|tonnes|people|menneske|mennesker|personer|liter|litres"
_LASTING = "lenge|lange?|ofte|gamm?[ae]lt?|gamle"
_ADJECTIVES = (
    "stor|liten|lita|lite|små|høg|høy|lav|låg|god|godt|bra|dyr|presis|nøyaktig|rask|fort|lang|tung"
    "|viktig|sterk|tidlig|tidleg|sen|sein"
)
_WHICH = r"(?:hvilken?|hvilke[nt]?|kva(?: for(?: ein| ei| eit| nokre)?)?|which|what)"
_PLACES = (
    "by|kommune|fylke|landsdel|land|sted|stad|bygd|tettsted|tettstad|town|city|municipality|county"
    "|country|part of (?:norway|the country)"
)

# Where two begin at the same word the first decides: "hvor mange" stands before "hvor".
_QUESTION_WORDS: tuple[tuple[_Asks, str], ...] = (
    ("sum", rf"(?:hvor mange|kor mange|how many) (?:{_MONEY})(?! (?:{_MEASURED}))"),
    ("number", "hvor mange|kor mange|how many|antall|antal|tal på|number of|headcount"),
    ("sum", rf"hvor mye|hvor mykje|kor mykje|kor mye|how much|{_WHICH} (?:sum|beløp|amount)"),
    ("number", rf"{_WHICH} (?:prosent\w*|percentage)"),
    ("number", rf"(?:hvor|kor) (?:{_LASTING})|how (?:long|old|often)"),
    ("reason", "hvorfor|kvifor|why"),
    ("size", "how (?:big|large|high|small)|size of"),
    ("how", "hvordan|korleis|how"),
    ("size", rf"(?:hvor|kor) (?:{_ADJECTIVES})(?:e|t|e?re)?"),  # "hvor stor", not "hvor ligger"
    ("date", rf"når|when|kva tid|{_WHICH} (?:år|dato|dag|måned|månad|year|date|day|month)"),
    ("organisation", "hvem eier|kven eig|kven eiger|who owns"),
    ("person", rf"{_WHICH} (?:(?:to|two|tre|three) )?(?:people|person(?:er|ar)?)"),
    ("place", rf"{_WHICH} (?:{_PLACES})"),
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
        member_institution group_of_companies supplier ministry nce gce arena arena_pro
        mature_cluster
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
# "What is the money used for" wants no sum.
_PURPOSE = re.compile(
    r"\b(?:bruk\w*|går|gjekk|gikk)\b.*\b(?:på|til)\b"
    r"|\b(?:spen[dt]\w*|used?|go(?:es)?|went|meant)\b.*\b(?:on|for|to|towards)\b|\bfor\W*$",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\b(?:heter|heiter|hette|navn\w*|namn\w*|names?|called)\b", re.IGNORECASE)
_YES_NO = re.compile(
    r"\W*(?:er|har|hadde|kan|må|skal|vil|ville|får|fikk|fekk|blir|ble|vart|finnes|finst|is|are|was"
    r"|were|has|have|had|does|do|did|can|could|must|will|would|may)\b",
    re.IGNORECASE,
)
# Of several kinds in a phrase, "the manager's salary last year", the one that is wanted.
_TELLING: tuple[AnswerKind, ...] = ("sum", "number", "date", "person", "organisation", "place")
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
    found = [(match.span(), kind) for kind, words in _KINDS if (match := words.search(text))]
    at, kind = min(
        found, key=lambda pair: pair[0][0], default=((0, 0), _of_no_word(text, concepts))
    )
    if kind == "how":
        return "text"
    if kind == "size":
        asked = _head(text, concepts)
        return asked if asked in ("sum", "number") else "text"
    if kind != "reason" and _CONTACT.search(text):
        return "contact"
    if kind == "sum" and _SHARE.search(text):
        return "number"
    if kind == "person" and _are_organisations(text, concepts):
        return "organisation"
    if kind == "what":
        return _asked_of_what(text, concepts)
    if kind == "which":
        return _asked_of_which(text[at[1] :], [(c.start - at[1], c) for c in concepts])
    return kind


def _of_no_word(text: str, concepts: tuple[ConceptMention, ...]) -> AnswerKind:
    """ "Membership fee iKuben?" wants the sum; "is the fee due?" a yes or no."""
    return "text" if _YES_NO.match(text) else _head(text, concepts)


def _head(text: str, concepts: tuple[ConceptMention, ...]) -> AnswerKind:
    """What the first phrase that asks for something does: in "county grant" it is the sum."""
    first = next((at for at, mention in enumerate(concepts) if mention.concept.asks), 0)
    asked = {mention.concept.asks for mention in _first_phrase(text, concepts[first:])}
    return next((kind for kind in _TELLING if kind in asked), "text")


def _are_organisations(text: str, concepts: tuple[ConceptMention, ...]) -> bool:
    """ "Who are the members" wants companies, "who leads the members" a person."""
    if _PEOPLE.search(text) or any(mention.concept.asks == "person" for mention in concepts):
        return False
    phrase = [mention.concept for mention in _first_phrase(text, concepts)]
    deciding = (c.name for c in phrase if c.asks or c.name in _ORGANISATIONS)
    return next(deciding, None) in _ORGANISATIONS


def _asked_of_what(text: str, concepts: tuple[ConceptMention, ...]) -> AnswerKind:
    """ "What is the deadline" wants a date, "what is a cluster" the sentence."""
    if _DOINGS.search(text) or _PURPOSE.search(text):
        return "text"
    subject = _first_phrase(text, concepts)
    if any(mention.concept.name == "reason" for mention in subject):
        return "reason"
    asked = _head(text, subject)
    is_text = asked == "organisation" or (asked == "person" and not _NAMED.search(text))
    return "text" if is_text else asked


def _asked_of_which(rest: str, concepts: Sequence[tuple[int, ConceptMention]]) -> AnswerKind:
    """What a which-question lists: what its noun asks for, else organisations, as far as it
    tells of such; `rest` is what stands after "which", and where the concepts begin in it."""
    near = [c for at, c in concepts if at >= 0 and len(rest[:at].split()) <= 1]
    far = [kind for _, c in concepts if (kind := _listed(c)) == "organisation"]
    return next(filter(None, (*map(_listed, near), *far)), "text")


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
