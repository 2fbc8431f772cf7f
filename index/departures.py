"""People who left: an answer and the register in, what the register knows of their leaving out."""

from collections.abc import Iterator
from dataclasses import dataclass

from index.answer import Answer
from index.lexical import Lexicon
from index.question import Question
from index.roles import another_word_for
from knowledge.names import words
from knowledge.register import Cluster, Register


@dataclass(frozen=True, slots=True)
class Departure:
    """Somebody whom an answer names, and who by the register has left the role."""

    name: str
    role: str
    start: int | None
    end: int
    source: str | None


def find_departure(
    answer: Answer, question: Question, register: Register, lexicon: Lexicon
) -> Departure | None:
    """The latest departure of the person who is the answer; None where the register has none."""
    asked = {name.name for name in question.names}
    found = [
        departure
        for cluster in register.clusters
        if answer.text and cluster.name in asked
        for departure in _departures(answer.text, cluster)
        if _is_asked(departure.role, question, lexicon)
    ]
    return max(found, key=lambda departure: departure.end, default=None)


def _departures(person: str, cluster: Cluster) -> Iterator[Departure]:
    named = _folded(person)
    for leader in cluster.leaders:
        if leader.end is not None and _folded(leader.name) in named:
            source = leader.source or next(iter(cluster.sources), None)
            yield Departure(leader.name, leader.role, leader.start, leader.end, source)


def _folded(name: str) -> str:
    return f" {' '.join(word.folded for word in words(name))} "


def _is_asked(role: str, question: Question, lexicon: Lexicon) -> bool:
    """Whether a role of the register is one of those asked about, as far as both are known."""
    mentions = lexicon.find(role, ("no", "en"))
    known = {mention.concept.name for mention in mentions if mention.concept.asks == "person"}
    asked = another_word_for(question.roles)
    return not known or not asked or not known.isdisjoint(asked)
