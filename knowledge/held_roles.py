"""Who held a role when an article was written: the facts that grow old."""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from knowledge.glossary import Concept
from knowledge.names import UPPER

_WORD = re.compile(r"\w+")
_ENDINGS = ("", "s", "n", "en", "ens", "a", "e", "ne", "r")  # lederen, direktørens, leiarane
_PERSON = re.compile(rf"\b[{UPPER}][\w'’-]+(?: [{UPPER}]\.?[\w'’-]*)+")
_NEAR = 40  # characters between a role and a name


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role with a person's name beside it: the words around it, and its place in the body."""

    text: str
    start: int  # code points


class Roles:
    """The glossary's words for roles, ready to be found."""

    def __init__(self, concepts: Iterable[Concept], left: Container[str]) -> None:
        self._left = left  # people of whom it is known that they have left
        self._from: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
        for concept in concepts:
            if concept.asks == "person":
                for _, phrase in concept.words:
                    self._learn(_WORD.findall(phrase.lower()))

    def _learn(self, words: list[str]) -> None:
        for ending in _ENDINGS:
            form = (*words[:-1], words[-1] + ending)
            self._from[form[0]].add(form)

    def first_held(self, body: str) -> HeldRole | None:
        """The first role that a text gives somebody by name who is not known to have left."""
        for start, end in self._mentions(body):
            around = _around(body, start, end)
            people = _PERSON.findall(around)
            if people and not any(person in self._left for person in people):
                return HeldRole(" ".join(around.split()), start)
        return None

    def _mentions(self, body: str) -> Iterator[tuple[int, int]]:
        found = list(_WORD.finditer(body))
        words = [match.group().lower() for match in found]
        for at, word in enumerate(words):
            lengths = [
                len(f) for f in self._from.get(word, ()) if (*words[at : at + len(f)],) == f
            ]
            if lengths:
                yield found[at].start(), found[at + max(lengths) - 1].end()


def _around(body: str, start: int, end: int) -> str:
    """A place with what is near, in whole words."""
    right = body.find(" ", end + _NEAR)
    left = body.rfind(" ", 0, max(0, start - _NEAR)) + 1
    return body[left : right if right >= 0 else len(body)]
