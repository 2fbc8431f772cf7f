"""Which kind of answer a question wants: a person, a number, a sum, a date ... or just words.

The first question word tells, else the concept asked about. A kind that is wrong costs more than
`text`, which lets anything answer: where the words leave it open, it is `text`.
"""

import re
from itertools import pairwise
from typing import Literal

from index.lexical import LEVELS, ConceptMention

AnswerKind = Literal[
    "person", "number", "sum", "date", "place", "organisation", "contact", "reason", "text"
]
_Asks = AnswerKind | Literal["size", "what", "which"]

# "How many" of these wants a sum, but not in "how many million tonnes".
_MONEY = (
    r"million\w*|milliard\w*|billions?|mill\.?|mrd\.?|kroner|nok|crowns|euros?|dollars?|penger"
    "|pengar|midler|midlar"
)
_MEASURED = "tonn|tons|tonnes|people|menneske|mennesker|personer|liter|litres"
_LASTING = "lenge|lange?|ofte|gamm?[ae]lt?|gamle"
_ADJECTIVES = (
    "stor|liten|lita|lite|små|høg|høy|lav|låg|god|godt|bra|dyr|presis|nøyaktig|rask|fort|lang|tung"
    "|sterk|sen|sein|lett|enkel|enkelt|streng|aktiv|kjent|ny|nær|nytt"
    r"|\w{2,}(?:ig|eg|sk|[aik]tiv)"
)
_HOW_MUCH = "hvor mye|hvor mykje|kor mykje|kor mye|how much"
_WHICH = r"(?:hvilken?|hvilke[nt]?|kva(?: for(?: ein| ei| eit| nokre)?)?|which|what)"
_PLACES = (
    r"(?:by|fylke|landsdel|bygd|tettsted|tettstad)(?:e?r|ar)?|kommun\w+|land"
    r"|stad(?:er)?|sted(?:er)?|places?|towns?|city|cities|municipalit(?:y|ies)"
    "|count(?:y|ies)|countr(?:y|ies)|region|part of (?:norway|the country)"
)
_SHARES = r"prosent\w*|per ?cent(?:age)?|andel\w*|share|proportion"
_COUNTS = (
    r"antall(?:et)?|antal(?:et)?|tal(?:et)? på|number of|headcount|medlemstal\w*|medlemmstal\w*"
)
_ME = "jeg|eg|vi|man|ein|en|i|we|you|one"
_DO = (  # "where do I apply"
    r"kan|finn\w*|søk\w*|meld\w*|henvend\w*|skal|bør|må|bur|can|do|should|must|may"
)
_COMES = r"penge\w*|pengane|midl\w+|navnet|namnet|money|funds|funding|name"
_SORTS = r"slags?|(?:type|form|sort)\w* (?:for|av)?|typ[ae]r?|(?:kind|type|sort|form)s? of"

# Where two begin at the same word the first decides: "hvor mange" stands before "hvor".
_QUESTION_WORDS: tuple[tuple[_Asks, str], ...] = (
    ("sum", rf"(?:hvor mange|kor mange|how many) (?:{_MONEY})(?! (?:{_MEASURED}))"),
    ("number", rf"hvor mange|kor mange|how many|{_COUNTS}"),
    ("number", rf"(?:{_HOW_MUCH}) (?:av|of)|{_WHICH} (?:{_SHARES})"),
    ("sum", rf"{_HOW_MUCH}|{_WHICH} (?:sum|beløp|amount)"),
    ("text", "(?:hvor|kor) lenge (?:har|er det)|how long (?:has|have)"),  # or since when
    ("number", rf"(?:hvor|kor) (?:{_LASTING})|how (?:long|old|often)"),
    ("reason", "hvorfor|kvifor|why|how come|(?:hva|kva) (?:gjorde|er grunnen til) at|what made"),
    ("text", rf"{_WHICH} (?:{_SORTS})"),
    ("text", rf"(?:hvem|kven|who) (?:kan|can|may|is eligible)(?! (?:{_ME})\b)"),
    ("text", rf"(?:hvor|kvar|kor|where) (?:{_DO}) (?:{_ME})|where to|(?:hvor|kvar|kor) står det"),
    ("text", rf"(?:hvor|kvar|kor) (?:kommer|kjem|går|får)\b[^?]{{0,80}}\b(?:{_COMES})"),
    ("text", rf"where (?:does|did|do|will)\b[^?]{{0,80}}\b(?:{_COMES})\b.* (?:come|go|from)\b"),
    ("size", "how (?:big|large|high|small)|size of"),
    ("text", "hvordan|korleis|how"),
    ("size", rf"(?:hvor|kor) (?:{_ADJECTIVES})(?:e|t|e?re)?"),  # "hvor stor", not "hvor ligger"
    ("date", rf"når|when|kva tid|{_WHICH} (?:år|dato|dag|måned|månad|year|date|day|month|time)"),
    ("organisation", "hvem eier|kven eig|kven eiger|who owns"),
    ("person", rf"{_WHICH} (?:(?:to|two|tre|three) )?(?:people|person(?:er|ar)?)"),
    ("place", rf"{_WHICH} (?:{_PLACES})"),
    (
        "which",
        "hvilken?|hvilket|hvilke|kva for|which|what(?= (?:two|three|compan|cluster|organi))",
    ),
    (
        "which",
        "kva(?= (?:to|tre|klyng|selskap|verksemd|bedrift|partnar|medlem|universitet|firma))",
    ),
    ("person", "hvem|kven|who|whom|whose"),
    ("place", "hvor|kvar|where|kor"),
    ("what", "hva|kva|what|what's"),
)
_KINDS = tuple(
    (kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for kind, words in _QUESTION_WORDS
)
# "When Kari left, who took over?" asks who.
_CLAUSE = re.compile(
    r"\W*(?:når|when|where|if|hvis|dersom|after|etter at|da)\b"
    r"(?! (?:er|ble|blei|var|vart|fikk|fekk|starta|startet|kom|is|was|were|did|does|are)\b)"
    r"[^,:?]*[,:]\s*+(?!(?:og|and|men|but)\b)"
    r"(?=.*\b(?:hv\w+|kven|kva|kor|kvar|korleis|kvifor|who|what|when|where|why|how|which)\b)",
    re.IGNORECASE,
)
_ANY = re.compile(r"\b(?:når|hvor|hva|hvem|kven|kva|kor) som helst\b", re.IGNORECASE)
# "Is there a fee?", but not "can you tell me who leads it?"
_YES_NO = re.compile(
    r"(?:\W*(?:hei|hi|hello|hallo|god dag|so|and|but|og|men)\b\W*)*\W*"
    r"(?:(?:is|are|was|were|has|have|had|does|do|did|can|could|must|will|would|should)(?:n't)?"
    r"|may|might|shall|er|har|hadde|kan|må|skal|vil|ville|får|fikk|fekk|blir|ble|vart|fins|finnes"
    r"|finst)\b",
    re.IGNORECASE,
)
_WHETHER = re.compile(
    r"\b(?:if|whether|hvorvidt|om (?:det|de|dei|vi|man|ein|klyng\w+))\b", re.IGNORECASE
)
_TELL = re.compile(
    r"\b(?:tell|say|know|explain|find|help|give|get|vet|veit|vite|si|seie|fortel\w*|forklar\w*"
    r"|finne|hjelp\w*|gi|gje|få|oversikt|peiling|anelse|aning|spør\w*|ask|idea|svar\w*|answer"
    r"|husk\w*|hugs\w*|remember|lurer|wonder\w*)\b",
    re.IGNORECASE,
)
# What a which-question lists by name.
_NAMED_THINGS = LEVELS | frozenset(
    """
        cluster company core_company member partner university research_institution owner host
        member_institution group_of_companies supplier ministry association county_council
        """.split()
)
# What "who" asks for that organisations are or do; only people sit on a board, and speak.
_ORGANISATIONS = LEVELS | frozenset(
    """
        member partner core_company member_institution supplier host owner funding awarded decision
        cooperation rejected
        """.split()
)
# What is said of who runs a programme, be it a council or a person.
_RUNS = re.compile(
    r"\b(?:ansvar\w*|responsible|in charge|runs?|ran|manages?|managed|driver|driv|styrer|styrar"
    r"|tok over|tek over|took over|grunnla|found(?:ed|er))\b",
    re.IGNORECASE,
)
PEOPLE = re.compile(
    r"\b(?:styre\w*|board|sa|sier|seier|mener|meiner|snakk\w*|said|says|thinks|spoke|speaks)\b",
    re.IGNORECASE,
)
# Who asks for these wants an address or a number, whoever it belongs to.
_CONTACT = re.compile(
    r"\b(?:e-?post(?:en|adress\w*)?|mail(?:en|adress\w*)?|e-?mail|telefon(?:en|nummer\w*)?|tlf"
    r"|mobil(?:en|nummer\w*)|nummeret til|(?:hvilket|kva|what) nummer|phone(?: number)?"
    r"|kontakt(?:info\w*|opplysning\w*)|contact (?:details|info\w*)|nettsid\w+|nettstad\w*"
    r"|hjemmesid\w+|heimesid\w+|web ?(?:site|page)|home ?page)\b",
    re.IGNORECASE,
)
_SHARE = re.compile(rf"\b(?:{_SHARES}|(?:hvor|kor) stor del)\b|%", re.IGNORECASE)
_NUMBER_OF = re.compile(rf"\b(?:{_COUNTS})\b", re.IGNORECASE)
# "What is the fee", "kva er klynga sin kontingent": what follows is what is wanted.
_WHAT_IS = re.compile(
    r"\b(?:hva|kva|what)(?:'s| (?:er|var|blir|ble|vart|is|are|was|were|heter|heiter|hette))\b",
    re.IGNORECASE,
)
_NOT_ITSELF = re.compile(  # "What is the fee based on", "what was the money spent on"
    r"\b(?:bas\w+ (?:on|på)|inkluder\w*|include[sd]?|cover\w*|avheng\w*|depend\w*|bruk\w*|spent"
    r"|used|meant|rules?|reglene|role|rolle\w*|mål\w*|purpose|formål\w*)\b|\b(?:for|til|på)\W*$",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\b(?:heter|heiter|hette|navn\w*|namn\w*|names?|called)\b", re.IGNORECASE)
_FORMER_NAME = re.compile(
    r"\b(?:former|old|previous|earlier|original|tidligere|tidlegare|gamle?|forrige|førre"
    r"|opprinnelige?|opphavlege?) (?:names?|navn\w*|namn\w*)\b",
    re.IGNORECASE,
)
_COSTS = frozenset({"price", "turnover"})  # verbs that want a sum: "hva koster det"
# What these words ask for when they stand alone, "what" and "which" do not ask: "what support
# is there", "what was founded", "which areas".
_NOT_OF_WHAT = frozenset(
    {"funding", "founded", "ended", "region", "county", "municipality", "town", "employee"}
)
_MODIFIERS = frozenset({"year", "month"})  # "yearly rent", "exports this year"
# Between "which" and what is listed: "hvilke av de tre største norske klyngene".
_BETWEEN = re.compile(
    r"\s*(?:(?:av|of|de|dei|the|to|tre|fire|fem|two|three|four|five|andre|other|nye?|new|norske?"
    r"|norwegian|stor\w*|størst\w*|big\w*|large\w*|små|maritime?|nasjonale?|national)\s+)*",
    re.IGNORECASE,
)
_GETS = re.compile(r"(?:fikk|fekk|får|ble|vart|er|got|get|became|are|were|was)\b", re.IGNORECASE)
# Of several kinds in a phrase, "the manager's salary last year", the one that is wanted.
_TELLING: tuple[AnswerKind, ...] = ("sum", "number", "date", "person", "organisation", "place")
_WITHIN_PHRASE = re.compile(r"\s+(?:(?:sin|si|sitt|sine)\s+)?|-", re.IGNORECASE)


def kind_of(text: str, concepts: tuple[ConceptMention, ...]) -> AnswerKind:
    """The kind of answer wanted; `concepts` are those of the text that are in no name."""
    text = _ANY.sub(lambda match: " " * len(match[0]), text)
    if _FORMER_NAME.search(text):
        return "text"
    asked, end = _first_word(text)
    if asked != "reason" and _CONTACT.search(text):
        return "contact"
    opens_as_yes_no = bool(_YES_NO.match(text))
    if opens_as_yes_no and not _TELL.search(text):
        return "text"
    if asked is None:
        return "text" if opens_as_yes_no or _WHETHER.search(text) else _head(text, concepts)
    if asked in ("sum", "size") and _SHARE.search(text):
        return "number"
    if asked == "size":
        return _of_size(text, concepts)
    if asked == "person":
        return _of_who(text, concepts)
    if asked == "what":
        return _of_what(text, concepts)
    if asked == "which":
        return _of_which(text, end, concepts)
    return asked


def _first_word(text: str) -> tuple[_Asks | None, int]:
    """What the first question word asks for, and where it ends."""
    clause = _CLAUSE.match(text)
    start = clause.end() if clause else 0
    found = [
        (m.start(), m.end(), kind) for kind, words in _KINDS if (m := words.search(text, start))
    ]
    _, end, kind = min(found, key=lambda each: each[0], default=(0, 0, None))
    return kind, end


def _head(text: str, concepts: tuple[ConceptMention, ...]) -> AnswerKind:
    """What the first phrase that asks for something does: in "county grant" it is the sum."""
    concepts = tuple(c for c in concepts if c.concept.name not in _MODIFIERS)
    first = next((at for at, mention in enumerate(concepts) if mention.concept.asks), 0)
    asked = {mention.concept.asks for mention in _first_phrase(text, concepts[first:])}
    return next((kind for kind in _TELLING if kind in asked), "text")


def _of_size(text: str, concepts: tuple[ConceptMention, ...]) -> AnswerKind:
    """ "How big is the budget" wants a sum, "how big is the cluster" whatever is told of it."""
    asked = _head(text, concepts)
    return asked if asked in ("sum", "number") else "text"


def _of_who(text: str, concepts: tuple[ConceptMention, ...]) -> AnswerKind:
    """A person, or what is led and owned by nobody in person."""
    spoken_of = [text[c.start : c.end].lower() for c in concepts if c.concept.name == "programme"]
    if _RUNS.search(text) and any("program" in words for words in spoken_of):
        return "text"  # "who is responsible for the programme": a council or its director
    return "organisation" if _are_organisations(text, concepts) else "person"


def _are_organisations(text: str, concepts: tuple[ConceptMention, ...]) -> bool:
    """ "Who are the members" wants companies, "who leads the members" a person."""
    is_level = any(mention.concept.name in LEVELS for mention in concepts)
    # "Who was chosen as GCE": no person is.
    left = tuple(c for c in concepts if not (is_level and c.concept.name == "appointed"))
    if PEOPLE.search(text) or any(mention.concept.asks == "person" for mention in left):
        return False
    phrase = [mention.concept for mention in _first_phrase(text, left)]
    deciding = (c.name for c in phrase if c.asks or c.name in _ORGANISATIONS)
    return next(deciding, None) in _ORGANISATIONS


def _of_what(text: str, concepts: tuple[ConceptMention, ...]) -> AnswerKind:
    """ "What is the deadline" wants a date, "what is a cluster" the sentence."""
    phrase = _first_phrase(text, concepts)
    if any(mention.concept.name == "reason" for mention in phrase):
        return "reason"
    if _NUMBER_OF.search(text):
        return "number"
    if _NOT_ITSELF.search(text):
        return "text"
    if not _WHAT_IS.search(text):
        return "sum" if any(c.concept.name in _COSTS for c in concepts) else "text"
    asked = _head(text, tuple(c for c in phrase if c.concept.name not in _NOT_OF_WHAT))
    is_text = asked == "organisation" or (asked == "person" and not _NAMED.search(text))
    return "text" if is_text else asked


def _of_which(text: str, end: int, concepts: tuple[ConceptMention, ...]) -> AnswerKind:
    """What a which-question lists, by the noun after "which"; `end` is where that word ends."""
    between = _BETWEEN.match(text, end)
    noun = between.end() if between else end
    listed = [c for c in concepts if c.start >= end]
    if listed and listed[0].start <= noun:
        return _listed(listed[0]) or "text"
    is_left_out = bool(_GETS.match(text, noun))  # "which three got NCE status"
    return "organisation" if is_left_out and any(map(_is_named, listed)) else "text"


def _listed(mention: ConceptMention) -> AnswerKind | None:
    if _is_named(mention):
        return "organisation"
    return None if mention.concept.name in _NOT_OF_WHAT else mention.concept.asks


def _is_named(mention: ConceptMention) -> bool:
    return mention.concept.name in _NAMED_THINGS


def _first_phrase(text: str, concepts: tuple[ConceptMention, ...]) -> tuple[ConceptMention, ...]:
    """The first concept with those that follow it directly: "klyngens budsjett"."""
    for at, (before, mention) in enumerate(pairwise(concepts), 1):
        if not _WITHIN_PHRASE.fullmatch(text[before.end : mention.start]):
            return concepts[:at]
    return concepts
