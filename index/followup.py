"""Follow-ups: a question that leans on the one before it in, the whole question out.

"Who leads NCE iKuben?" ... "and where are they based?" ... "hva med ACT?"
"""

import re
from dataclasses import dataclass, replace

from index.answer import Answer
from index.departures import Departure
from index.leaning import lacks_subject, only_names, opening_of, opens_topic, pronoun_in
from index.names import Names
from index.question import Question
from index.spans import Span
from knowledge.articles import Language
from knowledge.names import Mention


@dataclass(frozen=True, slots=True)
class Memory:
    """What a conversation remembers: its last whole question about a cluster."""

    text: str
    language: Language
    name: str  # the cluster's
    span: Span  # where the text has it
    is_latest: bool  # not once something else was asked about: "they" may mean that


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The whole question, and a line that shows what was understood."""

    question: str
    understood: str
    language: Language  # the follow-up's, which may differ from that of the question it completes


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to a text of a conversation, and what to remember for the next one."""

    answer: Answer
    understood: str | None  # None where the text stood on its own
    memory: Memory | None
    whole: str | None = None  # the text completed, where it did not stand on its own
    departure: Departure | None = None  # the person who is the answer has left, by the register
    is_known: bool = False  # whether the answer had been found before


def follow_up(question: Question, memory: Memory | None, names: Names) -> FollowUp | None:
    """The question completed from memory; None where it stands on its own."""
    if memory is None:
        return None
    if named := _cluster_in(question, names):
        return _swap(question, named, memory, names) if only_names(question.text, named) else None
    if question.unknown or not memory.is_latest:
        return None
    if pronoun := pronoun_in(question):
        return _resolve(question, pronoun, memory)
    return _append(question, memory) if lacks_subject(question) else None


def remember(question: Question, memory: Memory | None, names: Names) -> Memory | None:
    """The memory after a whole question; only one about a known cluster replaces the last."""
    if named := _cluster_in(question, names):
        name = _name_of(question, named, names)
        span = (named.start, named.end)
        return Memory(question.text, question.language, name, span, is_latest=True)
    if memory and (question.unknown or opens_topic(question)):
        return replace(memory, is_latest=False)
    return memory


def _cluster_in(question: Question, names: Names) -> Mention | None:
    """The cluster that the question names last."""
    clusters = [name for name in question.names if names.may_be_cluster(name)]
    return max(clusters, key=lambda name: name.start, default=None)


def _name_of(question: Question, named: Mention, names: Names) -> str:
    written = question.text[named.start : named.end]
    return named.name if names.is_cluster(named) else re.sub(r"['’]s$", "", written)


def _swap(question: Question, named: Mention, memory: Memory, names: Names) -> FollowUp:
    """The last question, about another cluster."""
    start, end = memory.span
    name = _name_of(question, named, names)
    before, after = memory.text[:start], memory.text[end:]
    whole = before + _inflected(name, memory.text[start:end], memory.name) + after
    is_bare = not re.search(r"\w", question.text[: named.start] + question.text[named.end :])
    language = memory.language if is_bare else question.language  # names have no language
    return FollowUp(whole, _understood(name, before, after), language)


def _inflected(name: str, written: str, last: str) -> str:
    """The name with the ending that the last one is written with: "iKubens" and "iKuben's"."""
    if re.search(r"['’]s$", written):
        return f"{name}'s"
    is_genitive = re.search(r"['’]$", written) or (
        written.endswith("s") and not last.endswith("s")
    )
    return _genitive(name) if is_genitive else name


def _genitive(name: str) -> str:
    """As Norwegian writes it: "NCE iKubens", but "USUS'"."""
    return f"{name}'" if name.lower().endswith(("s", "x", "z")) else f"{name}s"


def _resolve(question: Question, pronoun: re.Match[str], memory: Memory) -> FollowUp:
    """The question with the name in the place of the pronoun."""
    start, end = pronoun.span()
    before, after = question.text[opening_of(question.text) : start], question.text[end:]
    name = _owner(before, memory.name, question.language) if pronoun["owner"] else memory.name
    return FollowUp(
        before + name + after, _understood(memory.name, before, after), question.language
    )


def _owner(before: str, name: str, language: Language) -> str:
    """ "Their", "deres": "NCE iKuben's aim", "NCE iKubens mål", "målet til NCE iKuben"."""
    if language == "en":
        return f"{name}'s"
    if _DEFINITE_BEFORE.search(before):
        return f"til {name}"
    return _genitive(name)


_DEFINITE_BEFORE = re.compile(r"\w{2}(?:en|et|a|ene|ane)\s+$", re.IGNORECASE)


def _append(question: Question, memory: Memory) -> FollowUp:
    """The question with the name at its end."""
    text = question.text[opening_of(question.text) :]
    asked = text.rstrip(" ?!.\n")
    preposition = "in" if question.language == "en" else "i"
    whole = f"{asked} {preposition} {memory.name}?"
    return FollowUp(whole, _understood(memory.name, asked, ""), question.language)


def _understood(name: str, before: str, after: str) -> str:
    """ "NCE iKuben · where based", from "where are" and "based?"."""
    rest = f"{_LEFT_OUT_BEFORE.sub('', before)} {_LEFT_OUT_AFTER.sub('', after)}"
    words = " ".join(rest.split()).strip(" ?!.,")
    if words[1:2].islower():  # not "NCE"
        words = words[0].lower() + words[1:]
    return f"{name} · {words}" if words else name


_VERBS = "are|is|was|were|do|does|did|has|have|er|var|har|hadde"
_LEFT_OUT_BEFORE = re.compile(
    rf"\b(?:{_VERBS}|of|in|for|at|to|i|av|på|til|hos)\s+$", re.IGNORECASE
)
_LEFT_OUT_AFTER = re.compile(r"^\s+(?:are|is|have|has|er|har)\b", re.IGNORECASE)
