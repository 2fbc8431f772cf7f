"""How the articles write names, so that what is typed as "ikuben" is read as iKuben.

Encoder and reader know names by their capitals: typed in small letters, half of a name is lost.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from knowledge.names import STATUSES, Mention, Word, fold, words

_LONGEST_ROW = 5  # words
_ABBREVIATED = 12  # characters before a word that tell whether a sentence begins with it
_SENTENCE_START = re.compile(r"(?:^|[.!?:…\n])\W*$")
# What ends in a full stop within a name: "St. Olav", "John F. Kennedy", "adm. dir. Odd Falch".
ABBREVIATION = re.compile(r"\b(?:[^\W\d_]|adm|dir|prof|dr|st|mrs?|ms)\.\s*$", re.IGNORECASE)


class Spelling:
    """How words are written, apart from where they begin a sentence."""

    def __init__(self) -> None:
        """Nothing is known before texts are learnt."""
        self._forms: defaultdict[str, Counter[str]] = defaultdict(Counter)  # by the folded word
        self._rows: dict[tuple[str, ...], tuple[str, ...]] = {}  # capitalised words in a row

    def learn(self, text: str, text_words: Sequence[Word]) -> None:
        """Take in how a text writes its words."""
        for word in text_words:
            if not begins_sentence(text, word):
                self._forms[fold(word.text)][word.text] += 1
        for row in _capitalised_rows(text, text_words):
            self._rows.setdefault(tuple(map(fold, row)), row)

    def rows_in(self, text: str, text_words: Sequence[Word]) -> dict[int, str]:
        """The words, by their place, that the articles write with capitals together and that are
        typed without any; each as it is written."""
        found: dict[int, str] = {}
        for at in range(len(text_words)):
            if at not in found:
                found.update(self._row_at(text, text_words, at))
        return found

    def _row_at(self, text: str, text_words: Sequence[Word], start: int) -> dict[int, str]:
        for end in range(min(len(text_words), start + _LONGEST_ROW), start + 1, -1):
            row = text_words[start:end]
            written = self._rows.get(tuple(fold(word.text) for word in row))
            is_one = all(text[a.end : b.start] == " " for a, b in pairwise(row))
            if written and is_one and not any(word.is_capitalised for word in row):
                return dict(zip(range(start, end), written, strict=True))
        return {}

    def respelt(self, text: str, names: Sequence[Mention]) -> str:
        """The text with its names as the articles write them, and statuses with capitals."""
        text_words = words(text)
        rows = self.rows_in(text, text_words)
        changes = [
            (word.start, word.end, form)
            for at, word in enumerate(text_words)
            if (form := rows.get(at) or self._as_written(word, names)) and not word.is_capitalised
        ]
        for name in (name for name in names if name.misspelt):
            typed = text[name.start : name.end]
            changes = [c for c in changes if not name.start <= c[0] < name.end]
            changes.append((name.start, name.end, _meant(typed, name.name)))
        for start, end, form in sorted(changes, reverse=True):
            text = text[:start] + form + text[end:]
        return text

    def _as_written(self, word: Word, names: Sequence[Mention]) -> str | None:
        """How a status, or a word of one of the names, is mostly written."""
        if word.folded in STATUSES:
            return word.text.title() if word.folded == "arena" else word.text.upper()
        if not is_within(word, names):
            return None
        folded = fold(word.text)
        bare = folded.removesuffix("s")
        if forms := self._forms.get(folded):
            return max(forms, key=forms.__getitem__)
        if forms := self._forms.get(bare):
            return f"{max(forms, key=forms.__getitem__)}s"
        return None


def is_within(word: Word, mentions: Sequence[Mention]) -> bool:
    """Whether a word is part of one of the mentions."""
    return any(mention.start <= word.start < mention.end for mention in mentions)


def begins_sentence(text: str, word: Word) -> bool:
    """Whether a word is the first of its sentence, where capitals say nothing."""
    before = text[max(0, word.start - _ABBREVIATED) : word.start]
    return bool(_SENTENCE_START.search(before)) and not ABBREVIATION.search(before)


def _capitalised_rows(text: str, text_words: Sequence[Word]) -> Iterator[tuple[str, ...]]:
    """Two and more capitalised words in a row that begin no sentence."""
    row: list[Word] = []
    for word in text_words:
        if row and word.is_capitalised and text[row[-1].end : word.start] == " ":
            row.append(word)
            continue
        yield from _whole(row)
        begins = word.is_capitalised and not begins_sentence(text, word)
        row = [word] if begins and word.folded not in STATUSES else []
    yield from _whole(row)


def _whole(row: Sequence[Word]) -> Iterator[tuple[str, ...]]:
    written = tuple(word.text for word in row)
    if 1 < len(row) <= _LONGEST_ROW and not "".join(written).isupper():  # a heading is no name
        yield written


def _meant(typed: str, name: str) -> str:
    """The name that was meant, without its status where none was typed."""
    status, _, rest = name.partition(" ")
    is_bare = fold(status) in STATUSES and fold(typed.split()[0]) not in STATUSES
    return rest if is_bare else name
