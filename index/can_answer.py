"""Whether words that were found can be an answer of the kind that a question wants."""

import re

from index.answer_kind import PEOPLE
from index.candidates import NUMBER_WORD, STATUS, candidates, may_be
from index.lexical import LEVELS
from index.passages import Passage
from index.question import Question
from index.spans import Span, touches
from knowledge.names import fold, words

_ASKS_FOR_STATUS = LEVELS | {"level", "awarded", "application", "programme"}
_ONLY_STATUS = re.compile(rf"\W*{STATUS}(?:[ -]status)?(?: \((?:[NG]CE)\))?\W*")
# Things that are counted and easily taken for one another; compounds belong where they end.
_COUNTED = tuple(
    re.compile(rf"\w*(?:{stems})\w*", re.IGNORECASE)
    for stems in (
        "ansatt|tilsett|medarbeid|sysselsatt|sysselsett|årsverk|arbeid[se]|jobb|stilling|employ"
        "|staff|jobs?$|workplace",
        "medlem|bedrift|virksomhet|verksemd|selskap|firma|foretak|føretak|partn[ea]r|delta[kg]"
        "|aktør|member|compan|firms?$|enterprise|business",
        "klynge|klyngje|cluster",
        r"(?<!\w)(?:åra?|årene|years?|måned\w*|månad\w*|months?)$",
    )
)
_HOW_MANY = re.compile(
    r"\b(?:hvor mange|kor mange|how many|antall|antal|tal på|number of)\s+"
    r"((?:[\w-]+\W+){0,2}[\w-]+)",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"(?:\d[\s.,\d]*(?!\d)|\b(?:{NUMBER_WORD})\b\s?)((?:[\w-]+\s+)?[\w-]+)?", re.IGNORECASE
)
# "58 of the cluster's firms" counts no clusters, and "15 000 per firm" no firms.
_NOT_COUNTED = frozenset("av of per pr for til to each a an i in med with og and fra from".split())
_DEFINITE = re.compile(r"\w+(?:[ae]n|n[ea]|klynga)s?|the", re.IGNORECASE)
_HAPPENS = frozenset({"event", "annual_meeting", "announcement", "awarded"})
_IN_PLACE = re.compile(r"([\w&!-]+) (?:i|in|på|at|ved) $")
_SEVERAL = re.compile(
    r"\bhvilke\b|\bkva (?:for )?(?:to|tre|fire|klyng\w*r|bedrifter|verksemder|partnarar)\b"
    r"|\b(?:which|what) (?:two|three|four|(?!(?:is|was|has|does)\b)\w*[^\Ws]s)\b",
    re.IGNORECASE,
)
_ASKED_BEFORE = re.compile(r"\b(?:hv\w+|kven|kor|kvar|korleis|who\w*|what|when|where|how)\b", re.I)
_IN_A_ROW = re.compile(r"[,;/&]|\b(?:og|and|samt)\b")


def is_status(text: str) -> bool:
    """Whether it is no more than "NCE" or "Global Centre of Expertise (GCE)"."""
    return bool(_ONLY_STATUS.fullmatch(text))


def can_answer(question: Question, passage: Passage, span: Span) -> bool:
    """Whether the words hold a person for who, an amount for how much, and so on."""
    said = passage.article.body[slice(*span)]
    if is_status(said):
        return question.kind == "text" and _asks_about(question, _ASKS_FOR_STATUS)
    if question.kind in ("text", "reason"):
        return True
    start, end = span[0] - passage.start, span[1] - passage.start
    if not _is_of_kind(question, passage.text, (start, end)):
        return False
    if question.kind in ("number", "sum"):
        return not _counts_something_else(question, passage.text[start:], end - start)
    if question.kind == "place" and _is_its_seat(question, passage.text[:start]):
        return False
    if question.kind in ("organisation", "person") and _asks_for_several(question.text):
        return bool(_IN_A_ROW.search(said))
    return True


def _asks_about(question: Question, concepts: frozenset[str]) -> bool:
    return any(mention.concept.name in concepts for mention in question.asked)


def _is_of_kind(question: Question, text: str, span: Span) -> bool:
    kind = question.kind
    if touches(span, candidates(text, kind)) or may_be(text[slice(*span)], kind):
        return True
    if kind != "person" or question.roles or PEOPLE.search(question.text):
        return False
    return touches(span, candidates(text, "organisation"))  # "who funds it", "who won"


def _is_its_seat(question: Question, before: str) -> bool:
    """ "iKuben in Molde" tells where iKuben is, and not where it was awarded its status."""
    place = _IN_PLACE.search(before)
    if not place or not _asks_about(question, _HAPPENS):
        return False
    named = (question.text[name.start : name.end] for name in question.names)
    return fold(place[1]) in {word.folded for name in named for word in words(name)}


def _asks_for_several(text: str) -> bool:
    """ "Which firms joined", but not "who decides which firms join"."""
    found = _SEVERAL.search(text)
    return found is not None and not _ASKED_BEFORE.search(text[: found.start()])


def _counts_something_else(question: Question, text: str, length: int) -> bool:
    """Whether employees were asked for and the number is one of firms, or the like; the number
    begins within so many characters of the text."""
    found = _COUNT.search(text)
    if not found or found.start() >= length or not found[1]:
        return False
    theirs = _thing(found[1].split())
    if question.kind == "sum":
        return theirs is not None and not candidates(text[:length], "sum")
    asked = _HOW_MANY.search(question.text)
    counted = [w for w in asked[1].split() if not _DEFINITE.fullmatch(w)] if asked else []
    ours = _thing(counted)
    return None not in (ours, theirs) and ours != theirs


def _thing(counted: list[str]) -> int | None:
    """Which of the things that are counted is named: of neighbours, "business clusters", the
    last; None where none is, or only a part of them."""
    found = None
    for word in (re.sub(r"\W+$", "", word) for word in counted):
        if word.lower() in _NOT_COUNTED:
            break
        thing = next((at for at, p in enumerate(_COUNTED) if p.fullmatch(word)), None)
        if thing is None and found is not None:
            break
        found = thing if thing is not None else found
    return found
