"""Whether words that were found can be an answer of the kind that a question wants."""

import re

from index.candidates import STATUS, candidates, may_be
from index.passages import Passage
from index.question import Question
from index.spans import Span, touches

_ASKS_FOR_STATUS = frozenset({"level", "nce", "gce", "arena", "arena_pro", "mature_cluster"})
_ONLY_STATUS = re.compile(rf"\W*{STATUS}(?:[ -]status)?(?: \((?:[NG]CE)\))?\W*")
# Things that are counted and easily taken for one another; compounds belong where they end.
_COUNTED = tuple(
    re.compile(rf"\w*(?:{stems})\w*", re.IGNORECASE)
    for stems in (
        "ansatt|tilsett|medarbeid|sysselsatt|sysselsett|årsverk|arbeidsplass|jobb|stilling|employ"
        "|staff|jobs?$|workplace",
        "medlem|bedrift|virksomhet|verksemd|selskap|firma|foretak|føretak|partn[ea]r|member|compan"
        "|firms?$|enterprise|business",
        "søknad|søker|søkjar|application|applicant",
        "prosent|percent",
        "klynge|cluster",
    )
)
_HOW_MANY = re.compile(
    r"\b(?:hvor mange|kor mange|how many|antall|antal|tal på|number of)\s+"
    r"((?:[\w-]+\W+){0,2}[\w-]+)",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\bhvilke\b|\bkva (?:for )?(?:to|tre|fire|klyng\w*r|bedrifter|verksemder|partnarar)\b"
    r"|\b(?:which|what) (?:two|three|four|(?!(?:is|was|has|does)\b)\w+s)\b",
    re.IGNORECASE,
)
_IN_A_ROW = re.compile(r",|&|\b(?:og|and|samt)\b")
_COUNT = re.compile(r"\d[\s.,\d]*(?!\d)((?:[\w-]+\s+)?[\w-]+)")
_PART = frozenset({"av", "of"})  # "58 of the cluster's firms" counts no clusters


def can_answer(question: Question, passage: Passage, span: Span) -> bool:
    """Whether the words hold a person for who, an amount for how much, and so on."""
    start = passage.start
    words = passage.article.body[slice(*span)]
    if _ONLY_STATUS.fullmatch(words):
        return any(mention.concept.name in _ASKS_FOR_STATUS for mention in question.asked)
    if question.kind in ("text", "reason"):
        return True
    inside = (span[0] - start, span[1] - start)
    is_of_kind = touches(inside, candidates(passage.text, question.kind))
    if not is_of_kind and not may_be(words, question.kind):
        return False
    if _SEVERAL.search(question.text) and question.kind in ("organisation", "person"):
        return bool(_IN_A_ROW.search(words))
    return not _counts_something_else(question, passage.text[inside[0] :])


def _counts_something_else(question: Question, text: str) -> bool:
    """Whether employees were asked for and the number is one of firms, or the like."""
    if question.kind not in ("number", "sum"):
        return False
    asked = _HOW_MANY.search(question.text)
    found = _COUNT.search(text[:40])
    ours = _thing(asked[1]) if asked else None
    theirs = _thing(found[1]) if found else None
    if question.kind == "sum":
        return theirs is not None
    return None not in (ours, theirs) and ours != theirs


def _thing(words: str) -> int | None:
    """Which of the things that are counted is named first; None where none is, or only a part."""
    for word in re.findall(r"[\w-]+", words):
        if word.lower() in _PART:
            return None
        for thing, pattern in enumerate(_COUNTED):
            if pattern.fullmatch(word):
                return thing
    return None
