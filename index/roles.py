"""Who holds which role in what, as a passage words it.

"sier Lars Petter Maltby, leder av Eyde Innovation Center om ACTs status" names a leader, and ACT,
and is still no answer to who leads ACT: the role belongs to what follows or precedes it.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from index.candidates import candidates
from index.lexical import ConceptMention, Lexicon
from index.spans import Span, gap, touches
from knowledge.names import UPPER

_WORD = rf"[a-zæøå]{{0,4}}[{UPPER}\d][\w'’&!-]*"  # iKuben, akvARENA, WoodWorks!
_NAME = rf"{_WORD}(?:[ \u00a0](?:{_WORD}|og|and|for|of|i)(?=[ \u00a0,.'’-]|$))*"
# "leder i 10 år", "for 30 bedrifter"; but "for 71 Nord" and "for 3D-klyngen" name something.
_COUNT = rf"\d++(?:[.,–-]\d++)*+(?!-?\w|[ \u00a0][{UPPER}])"
_AFTER = re.compile(
    r"(?:en|et|a|ar|ane)?,?[ \u00a0](?:av|for|i|hos|ved|til|of|at|in|med|hjå)[ \u00a0]"
    rf"(?:the |den |det |både )?(?!{_COUNT})({_NAME})"
)
_BEFORE = re.compile(rf"(?P<name>{_NAME})(?P<mark>['’]s?|-)?[ \u00a0]?(?:[a-zæøå]+[ \u00a0])?$")
_GENERIC = re.compile(
    r"(?:Klynge\w*|Klynga\w*|Its|The|Hennes|Hans|Dens|Nettverkets|Foreningens)s?"
)
_FARTHEST = 60  # characters between a role and its holder
# "ledes", "leidd", "under ledelse": who leads stands behind "av".
_PASSIVE = re.compile(r"(?:[std]|a|ledelsen?|leiing)$", re.IGNORECASE)
_BY = re.compile(r"\w*,? (?:av|by) (?:(?:the )?[a-zæøå]+ |Dr |Doctor )?")
# What binds a person to a role more than being near does: "Kari Ås er ny leder", "Leder: Kari Ås".
_BOUND_BEFORE = re.compile(
    r"(?:,? (?:som|who|that))?(?: nå| no| now| i dag)?"
    r" (?:er|var|blir|ble|vart|vert|is|was|becomes|became|has been|har vært|har vore|som|as)"
    r"(?: ny| no| nå| den| the| a| vår| our)? "
)
_BOUND_BEHIND = re.compile(
    r": | (?:er|heter|heiter|is|blir|ble|vart|vert|var|was)(?: nå| no| now)? "
)


@dataclass(frozen=True, slots=True)
class Holder:
    """A person in a role, by offsets in the passage; `of` is what the role is said to be in."""

    person: Span
    role: Span
    of: str | None


# Words that one and the same person goes by; any other two roles are two people's.
_ONE_ROLE = frozenset({"leader", "director", "acting", "appointed", "successor"})


def holders(text: str, roles: Collection[str], lexicon: Lexicon) -> list[Holder]:
    """Everyone whom the text shows in one of the roles (names of concepts)."""
    return _holders(text, lexicon, lambda role: role in roles)


def others(text: str, roles: Collection[str], lexicon: Lexicon) -> list[Holder]:
    """Everyone whom the text shows in a role that is none of these, nor another word for one."""
    same = another_word_for(roles)
    return _holders(text, lexicon, lambda role: role not in same)


def another_word_for(roles: Collection[str]) -> frozenset[str]:
    """The roles, and those that one and the same person goes by."""
    return frozenset(roles) | (_ONE_ROLE if _ONE_ROLE & set(roles) else frozenset())


def _holders(text: str, lexicon: Lexicon, is_wanted: Callable[[str], bool]) -> list[Holder]:
    people = candidates(text, "person")
    mentions = [m for m in lexicon.find(text, ("no", "en")) if m.concept.asks == "person"]
    found = (
        _holder(text, people, mention, mentions)
        for mention in mentions
        if is_wanted(mention.concept.name)
    )
    return [holder for holder in found if holder]


def _holder(
    text: str, people: list[Span], mention: ConceptMention, mentions: list[ConceptMention]
) -> Holder | None:
    """The nearest person; unless another role is nearer still, and the next stands in apposition:
    "Styreleder Live Dal takket lederen i ACT, Kari Ås"."""
    role = (mention.start, mention.end)
    person = _nearest(text, people, role)
    if person is None:
        return None
    same = another_word_for([mention.concept.name])
    rivals = [(m.start, m.end) for m in mentions if m.concept.name not in same]
    if any(gap(person, rival) < _distance(text, person, role) for rival in rivals):
        person = _apposed(text, people, role) or person
    return Holder(_without_title(person, role), role, _of(text, role, person))


def _nearest(text: str, people: list[Span], role: Span) -> Span | None:
    near = [
        person
        for person in people
        if gap(person, role) <= _FARTHEST and not _is_of(text, person, role)
    ]
    return min(near, key=lambda person: _distance(text, person, role), default=None)


def _is_of(text: str, person: Span, role: Span) -> bool:
    """Whether a "person" is what the role is in: "the manager of Kulde Nord"."""
    after = _AFTER.match(text, role[1])
    if not after or not person[0] <= after.start(1) < person[1]:
        return False
    is_reason = text.startswith(", for", role[1])  # "a new deputy, for Marte Grøtan leaves"
    return not is_reason and not _is_by(text, role, after.start(1))


def _is_by(text: str, role: Span, at: int) -> bool:
    """Whether "by" stands between a passive and what begins there: "ledes av Kari Ås"."""
    return bool(_BY.fullmatch(text, role[1], at) and _PASSIVE.search(text[: role[1]]))


def _distance(text: str, person: Span, role: Span) -> int:
    """Characters between them, none where grammar binds them, and less behind a passive's "by"."""
    if role[1] <= person[0] and _is_by(text, role, person[0]):
        return -1
    is_bound = (
        person[1] <= role[0]
        and _BOUND_BEFORE.fullmatch(text, person[1], role[0])
        and not _BY.match(text, role[1])
    ) or (role[1] <= person[0] and _BOUND_BEHIND.fullmatch(text, role[1], person[0]))
    return 0 if is_bound else gap(person, role)


def _apposed(text: str, people: list[Span], role: Span) -> Span | None:
    """Who is named after a comma behind the role and its organisation."""
    after = _AFTER.match(text, role[1])
    if not after or not text.startswith(", ", after.end()):
        return None
    return next((person for person in people if person[0] == after.end() + 2), None)


def _without_title(person: Span, role: Span) -> Span:
    """ "Klyngeleder Live Skogseth" without the role, which only looks like a first name."""
    is_title = person[0] == role[0] and role[1] < person[1]
    return (role[1] + 1 if is_title else person[0]), person[1]


def _of(text: str, role: Span, person: Span) -> str | None:
    """The organisation that the role is tied to by a preposition or a genitive."""
    after = _AFTER.match(text, role[1])
    # "ledes av Astri Vegsund" does not say what she leads; nor does "in January 2019".
    if after and not touches(after.span(1), [person]) and not _is_date(text, after.start(1)):
        return after.group(1)
    before = _BEFORE.search(text[: role[0]])
    if not before or not (before["mark"] or before["name"].endswith("s")):
        return None
    # "Hilde Aspås leder": a surname in -s is no genitive.
    if touches(before.span("name"), [person]) or _GENERIC.fullmatch(before["name"]):
        return None
    return before["name"]


def _is_date(text: str, at: int) -> bool:
    return any(start == at for start, _ in candidates(text, "date"))
