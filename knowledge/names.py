"""Finds names in running text: whatever the case, the genitive, the status prefix or the keyboard.

NCE, GCE and Arena are statuses that come and go, and "klynge" and "cluster" are often left out,
so a name is also known by what remains without them.
"""

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice, pairwise
from typing import NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

STATUSES = frozenset({"nce", "gce", "arena"})
CLUSTER = "klynge"  # what every word for a cluster is folded to
_CLUSTER_WORDS = frozenset(
    ["klynge", "klyngen", "klynga", "klynger", "klyngene", "klyngens", "cluster", "clusters"]
)
_COMPOUND = re.compile(r"(?P<head>.{2,})(?P<tail>klyngens?|klynga|klynge|cluster)", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢİĶĹĽŁŃŇŊŌŐŒŔŘŚŞŠŢŤŦŪŮŰŹŻŽ"  # Ánte, Łukasz and Özlem too
_TWO_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
_ONE_LETTER = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})
# Lowercase "act" is a name only where a name can stand, not in "how do clusters act".
_BEFORE_NAME = frozenset(
    """
        i in of til for med with about om av ved hos leder leads leiar leier runs heads driver
        styrer styrar eier owns er is har ligger ligg betyr tyder does
        """.split()
)
# All that may stand around a short name that makes a text by itself, folded.
_AROUND_NAME = frozenset("og and da then hva kva what about med ok sa so nei no vs ogsa".split())
_SHORT = 4  # a short abbreviation may be an ordinary word: ACT, NODE, NOW
_LIKE_BEGINNING = 6  # letters; so short a word begins like the name that it misspells
_SHORTEST_MISSPELT = 5
_SHORTEST_BEGUN = 3  # unless nothing else is typed


class Word(NamedTuple):
    """A word of a text, folded for comparison, with its place (code points)."""

    text: str
    folded: str
    start: int
    end: int

    @property
    def is_capitalised(self) -> bool:
        """Whether it is written as names are: "Molde", "iKuben", "ACT"."""
        return self.text != self.text.lower()


@dataclass(frozen=True, slots=True)
class Mention:
    """A known name as it stands in a text; `misspelt` when one letter is off."""

    name: str
    start: int
    end: int
    misspelt: bool = False


def fold(text: str) -> str:
    """Lowercase without accents; æøå as most people write them on a foreign keyboard."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_ONE_LETTER))
    return "".join(char for char in plain if not unicodedata.combining(char))


def words(text: str) -> list[Word]:
    """The text's words; "Eydeklyngen" counts as "Eyde klyngen"."""
    return [
        Word(part, folded, start + at, start + at + len(part))
        for match in _WORD.finditer(text)
        for start in (match.start(),)
        for part, folded, at in _parts(match.group())
    ]


@lru_cache(maxsize=65536)
def _parts(text: str) -> tuple[tuple[str, str, int], ...]:
    """What one word counts as: each part, folded, and where in the word it begins."""
    compound = _COMPOUND.fullmatch(text)
    cuts = [0, compound.start("tail"), len(text)] if compound else [0, len(text)]
    parts = [(text[left:right], fold(text[left:right]), left) for left, right in pairwise(cuts)]
    return tuple(
        (part, CLUSTER if folded in _CLUSTER_WORDS else folded, at) for part, folded, at in parts
    )


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a name, and what is asked of a text before it counts as that name."""

    tokens: tuple[str, ...]
    is_derived: bool  # from what an editor wrote
    is_abbreviation: bool  # needs capitals: ACT, NODE and NOW are also words
    is_plain: (
        bool  # needs a capital and no longer name around it: Eyde, not Eyde Innovation Center
    )


def forms(name: str) -> Iterator[Form]:
    """The ways to write a name: as it stands, and what remains without status and "klynge"."""
    spelled = name.lower().translate(_TWO_LETTERS)
    for text in dict.fromkeys((name, spelled)):
        tokens = tuple(word.folded for word in words(text))
        is_short = len(tokens) == 1 and len(tokens[0]) <= _SHORT
        yield Form(tokens, False, is_short and name.isupper(), is_short)
        for shorter in _without_status_and_cluster(tokens):
            yield Form(shorter, True, False, len(shorter) == 1)


def _without_status_and_cluster(tokens: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    bare = tokens
    if bare[0] in STATUSES:
        bare = bare[2:] if bare[1:2] == ("pro",) else bare[1:]
        # "Arena Oslo" and "Arena Skog" leave a town and a common noun behind.
        is_word = len(bare) == 1 and tokens[0] == "arena"
        yield from [bare] if bare and bare != (CLUSTER,) and not is_word else []
    if bare[-1:] == (CLUSTER,) and len(bare) > 1:
        yield bare[:-1]


def _rank(form: Form) -> tuple[bool, bool]:
    """Names of several words as written, then as derived; then single short words of either."""
    return form.is_plain, form.is_derived and not form.is_plain


def _bare(spelled: str) -> str:
    """The folded name without the status in front of it."""
    first, _, rest = spelled.partition(" ")
    return rest if first in STATUSES else spelled


class NameFinder:
    """Many names, each with its other spellings, found in one pass over a text."""

    def __init__(self, spellings: Mapping[str, Iterable[str]]) -> None:
        self._forms: dict[tuple[str, ...], tuple[str, Form]] = {}
        listed = [
            (name, form) for name, all_ in spellings.items() for s in all_ for form in forms(s)
        ]
        # What an editor wrote goes before what is derived from another name.
        for name, form in sorted(listed, key=lambda pair: _rank(pair[1])):
            self._forms.setdefault(form.tokens, (name, form))
        self._longest = max(map(len, self._forms), default=0)
        self._longest_from: dict[str, int] = {}  # by the first word, which may be a genitive
        for tokens in self._forms:
            for first in (tokens[0], f"{tokens[0]}s"):
                known = self._longest_from.get(first, 0)
                self._longest_from[first] = max(known, len(tokens) + 1)  # iKuben's: one more
        self._spellings = {fold(s): name for name, all_ in spellings.items() for s in all_}

    def find(self, text: str) -> list[Mention]:
        """Names in reading order; the longest wins."""
        if not self._may_hold(text):
            return []
        found: list[Mention] = []
        text_words = words(text)
        at = 0
        while at < len(text_words):
            longest = self._longest_from.get(text_words[at].folded)
            mention, length = self._longest_at(text_words, at, longest) if longest else (None, 1)
            if mention:
                found.append(mention)
            at += length
        return found

    def _may_hold(self, text: str) -> bool:
        """Whether a name's words stand in a text, whatever else these need: most hold none."""
        tokens = [folded for word in _WORD.findall(text) for _, folded, _ in _parts(word)]
        return any(
            spelled in self._forms
            for at, first in enumerate(tokens)
            for length in range(1, self._longest_from.get(first, 0) + 1)
            for spelled in _with_and_without_genitive(tuple(tokens[at : at + length]))
        )

    def _longest_at(
        self, text_words: list[Word], at: int, longest: int
    ) -> tuple[Mention | None, int]:
        for length in range(min(longest, len(text_words) - at), 0, -1):
            window = text_words[at : at + length]
            for tokens in _with_and_without_genitive(tuple(word.folded for word in window)):
                name, form = self._forms.get(tokens, (None, None))
                if name and form and _stands_as_name(form, text_words, at, length):
                    return Mention(name, window[0].start, window[-1].end), length
        return None, 1

    def find_misspelt(self, text: str, known: Container[str]) -> list[Mention]:
        """Names with one letter wrong, in words that are not in `known` (folded)."""
        text_words = words(text)
        return [
            mention
            for length in range(min(self._longest, len(text_words)), 0, -1)
            for at in range(len(text_words) - length + 1)
            if (mention := self._misspelt_at(text_words, at, length, known))
        ]

    def _misspelt_at(
        self, text_words: list[Word], at: int, length: int, known: Container[str]
    ) -> Mention | None:
        window = text_words[at : at + length]
        spelled = " ".join(word.folded for word in window)
        if len(spelled) < _SHORTEST_MISSPELT or all(word.folded in known for word in window):
            return None
        # Who writes "NCE Seafod Innovation" in full means a name; ask back rather than guess.
        if length > 1 and STATUSES & {text_words[max(at - 1, 0)].folded, window[0].folded}:
            return None
        for tokens, (name, form) in self._forms.items():
            is_compound = length == 1 and tokens[1:] == (CLUSTER,)  # "solenergiklynegn"
            comparable = len(tokens) == length and not form.is_abbreviation and not form.is_plain
            # Many a short word is a letter away from a name: "trinn" from VRINN.
            comparable &= len(spelled) > _LIKE_BEGINNING or spelled[0] == tokens[0][0]
            if not (comparable or is_compound):
                continue
            meant = f"{tokens[0]}klyngen" if is_compound else " ".join(tokens)
            if OSA.distance(spelled, meant, score_cutoff=1) == 1:
                return Mention(name, window[0].start, window[-1].end, misspelt=True)
        return None

    def begun(self, text: str, limit: int) -> list[Mention]:
        """Names that begin like the text's last words do, and where in it; the most words win."""
        starts = [match.start() for match in re.finditer(r"\S+", text)]
        end = len(text.rstrip(" ?!."))
        for start in starts[-self._longest :]:
            typed = fold(text[start:end])
            if start and (len(typed) < _SHORTEST_BEGUN or typed in STATUSES):
                break  # the end of a question, and not of a name
            if found := self._beginning_with(typed):
                return [Mention(name, start, end) for name in found[:limit]]
        return []

    def _beginning_with(self, typed: str) -> list[str]:
        found = (
            name
            for spelled, name in self._spellings.items()
            if typed and any(form.startswith(typed) for form in (spelled, _bare(spelled)))
        )
        return list(dict.fromkeys(found))

    def nearest(self, name: str, limit: int) -> list[str]:
        """The names most like this one, best first."""
        close = process.extract(
            fold(name), list(self._spellings), scorer=fuzz.WRatio, score_cutoff=75, limit=3 * limit
        )
        return list(dict.fromkeys(self._spellings[spelling] for spelling, _, _ in close))[:limit]


def _with_and_without_genitive(tokens: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield tokens
    if tokens[-1] == "s" and len(tokens) > 1:  # iKuben's
        yield tokens[:-1]
    elif tokens[-1].endswith("s") and len(tokens[-1]) > 2:
        yield (*tokens[:-1], tokens[-1][:-1])


def _stands_as_name(form: Form, text_words: list[Word], at: int, length: int) -> bool:
    if not (form.is_abbreviation or form.is_plain):
        return True
    first = text_words[at]
    if _is_alone(text_words, at, length):
        return True
    if form.is_abbreviation:
        as_written = first.text[: len(form.tokens[0])].isupper()
        return as_written or _is_lowercase_name(text_words, at)
    is_begun = at > 0 or first.text.isupper()
    as_written = first.is_capitalised and is_begun and not _is_longer_name(text_words, at + length)
    return as_written or (len(first.text) <= _SHORT and _is_lowercase_name(text_words, at))


def _is_alone(text_words: list[Word], at: int, length: int) -> bool:
    """Whether a name is all that a text asks about: "and eyde?"."""
    others = chain(islice(text_words, at), islice(text_words, at + length, None))
    return all(word.folded in _AROUND_NAME for word in others)


def _is_longer_name(text_words: list[Word], end: int) -> bool:
    """Whether a capitalised word goes on with a name, as in neither "NODE, ACT" nor "NODE NCE"."""
    before, following = text_words[end - 1], text_words[end : end + 1]
    return any(
        word.is_capitalised and word.start == before.end + 1 and word.folded not in STATUSES
        for word in following
    )


def _is_lowercase_name(text_words: list[Word], at: int) -> bool:
    """Whether a short name stands where a name would, in a text typed without capitals; "møte"
    is not the "mote" of "moteklyngen"."""
    if text_words[at].folded != text_words[at].text.lower():
        return False
    typed_lowercase = not any(word.is_capitalised for word in text_words[1:])
    return typed_lowercase and at > 0 and text_words[at - 1].folded in _BEFORE_NAME
