"""Lines broken by a page's width in, paragraphs out; the words stay what they were."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

_BULLET = re.compile(r"\s*(?:[•▪◦‣*–—-]\s|\d{1,2}[.)]\s)")
_ENDS = re.compile(r"[.!?:…][»”\"')]*\s*$")
_HYPHEN = re.compile(r"(\w+)[-\u2010\u00ad]$")
_SUSPENDED = re.compile(r"(?:og|eller|and|or|samt|til|to)\b")  # "nærings- og handelspolitikk"
_FIRST_WORD = re.compile(r"\w+")
_WIDE = 130  # characters; nobody breaks lines later than this


@dataclass(frozen=True, slots=True)
class Layout:
    """How wide a text is set, in characters, and which words it has."""

    width: int
    vocabulary: frozenset[str]

    def paragraphs(self, lines: Sequence[str]) -> list[str]:
        """The paragraphs of lines; an empty line always ends one."""
        groups: list[list[str]] = [[]]
        for line, following in pairwise([*lines, ""]):
            if line.strip():
                groups[-1].append(line.strip())
            if self._ends(line, following):
                groups.append([])
        return [self.joined(group) for group in groups if group]

    def _ends(self, line: str, following: str) -> bool:
        """Whether a paragraph ends between two lines."""
        if not line.strip() or not following.strip() or _BULLET.match(following):
            return True
        if self.width > _WIDE:
            return True
        if _ENDS.search(line):
            return len(line) < 0.9 * self.width
        starts_anew = not following.lstrip()[0].islower()
        is_open = line.rstrip().endswith((",", "-"))
        return starts_anew and not is_open and len(line) < 0.6 * self.width

    def joined(self, lines: Iterable[str]) -> str:
        """Lines as one; a hyphen that only broke a word goes, all others stay."""
        text = ""
        for line in lines:
            text = self._glued(text, line) if text else line
        return text

    def _glued(self, text: str, line: str) -> str:
        hyphen = _HYPHEN.search(text)
        word = _FIRST_WORD.match(line)
        if hyphen is None or word is None or _SUSPENDED.match(line):
            return f"{text} {line}"
        whole, hyphenated = hyphen[1] + word[0], f"{hyphen[1]}-{word[0]}"
        is_broken = word[0][0].islower() and hyphen[1][-1].islower()
        is_compound = self._knows(hyphenated) and not self._knows(whole)
        if text.endswith("\u00ad") or (is_broken and not is_compound):
            return text[:-1] + line
        return text + line

    def _knows(self, word: str) -> bool:
        return word.lower() in self.vocabulary


def layout_of(lines: Sequence[str]) -> Layout:
    """The layout of a whole text: nine in ten lines are no longer than its width."""
    lengths = sorted(len(line) for line in lines if line.strip()) or [0]
    words = re.findall(r"[\w-]+", " ".join(lines).lower())
    return Layout(lengths[len(lengths) * 9 // 10], frozenset(words))
