"""Text -> terms for BM25: stems in Norwegian and English, without stop words, plus concepts.

A concept is a term of its own ("leads", "leder" and "dagleg leiar" all become `§leader`), so a
question finds passages in the other languages. Phrases come from the glossary that editors keep.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import Stemmer

from knowledge.articles import Language
from knowledge.glossary import Concept
from knowledge.stop_words import STOP_WORDS

Stemming = Literal["no", "en"]
LEVELS = frozenset("arena arena_pro nce gce mature_cluster".split())  # concepts of the programme
_STEMMERS = {"no": Stemmer.Stemmer("norwegian"), "en": Stemmer.Stemmer("english")}
_WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")  # æøå, H2, 71.5, iKuben's


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text, with its stems and its place (code points)."""

    text: str
    start: int
    end: int
    no: str
    en: str

    def stem(self, stemming: Stemming) -> str:
        """The word's stem in one of the two languages that have a stemmer."""
        return self.no if stemming == "no" else self.en


@dataclass(frozen=True, slots=True)
class ConceptMention:
    """A glossary concept as it stands in a text."""

    concept: Concept
    start: int
    end: int


def stemming_of(language: Language) -> Stemming:
    """Bokmål and nynorsk share Snowball's Norwegian stemmer."""
    return "en" if language == "en" else "no"


def stem_of(word: str) -> str:
    """The Norwegian stem of a folded word."""
    return _stems(word)[0]


@lru_cache(maxsize=65536)
def _stems(word: str) -> tuple[str, str]:
    return _STEMMERS["no"].stemWord(word), _STEMMERS["en"].stemWord(word)


def tokenize(text: str) -> list[Token]:
    """The words of a text, lowercased."""
    return [
        Token(word, match.start(), match.end(), *_stems(word))
        for match in _WORD.finditer(text)
        if (word := match.group().lower())
    ]


class Lexicon:
    """The glossary, ready to find its concepts in running text."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.concepts = tuple(concepts)
        self._phrases: dict[tuple[Stemming, tuple[str, ...]], Concept] = {}
        entries = [(c, stemming_of(lang), words) for c in self.concepts for lang, words in c.words]
        # Snowball takes "er" off "leder" but only "en" off "lederen": both stems are known.
        agents: list[tuple[Concept, Stemming, str]] = [
            (c, "no", f"{words}{ending}")
            for c, st, words in entries
            if _is_agent(st, words)
            for ending in ("en", "ne")
        ]
        for concept, stemming, words in [*entries, *agents]:
            stems = tuple(token.stem(stemming) for token in tokenize(words))
            self._phrases.setdefault((stemming, stems), concept)
        self._longest = max((len(stems) for _, stems in self._phrases), default=0)
        # A passage is looked through for roles, levels and anchors in turn.
        self._found = lru_cache(maxsize=16384)(self._find)

    def find(self, text: str, stemmings: Iterable[Stemming]) -> list[ConceptMention]:
        """Concepts in reading order; at each word the longest phrase wins."""
        return list(self._found(text, tuple(stemmings)))

    def _find(self, text: str, stemmings: tuple[Stemming, ...]) -> tuple[ConceptMention, ...]:
        tokens = tokenize(text)
        mentions: list[ConceptMention] = []
        at = 0
        while at < len(tokens):
            found = self._longest_at(tokens, at, stemmings)
            if found:
                concept, length = found
                last = tokens[at + length - 1]
                mentions.append(ConceptMention(concept, tokens[at].start, last.end))
            at += found[1] if found else 1
        return tuple(mentions)

    def _longest_at(
        self, tokens: list[Token], at: int, stemmings: tuple[Stemming, ...]
    ) -> tuple[Concept, int] | None:
        shortest = 1 if tokens[at].text in STOP_WORDS else 0  # "vart" is not "varte"
        for length in range(min(self._longest, len(tokens) - at), shortest, -1):
            for stemming in stemmings:
                stems = tuple(token.stem(stemming) for token in tokens[at : at + length])
                if concept := self._phrases.get((stemming, stems)):
                    return concept, length
        return None

    def passage_terms(self, text: str, language: Language) -> list[str]:
        """The terms that BM25 indexes for a passage."""
        stemming = stemming_of(language)
        return [*_word_terms(text, (stemming,)), *self._concept_terms(text, (stemming,))]

    def query_terms(self, question: str) -> list[str]:
        """The terms that BM25 looks up: stems in both languages, since names are in either."""
        both: tuple[Stemming, ...] = ("no", "en")
        terms = [*_word_terms(question, both), *self._concept_terms(question, both)]
        return list(dict.fromkeys(terms))

    def _concept_terms(self, text: str, stemmings: tuple[Stemming, ...]) -> Iterator[str]:
        return (f"§{mention.concept.name}" for mention in self.find(text, stemmings))


def _is_agent(stemming: Stemming, words: str) -> bool:
    """Whether it is a Norwegian noun for a person: its definite forms end in "eren", "erne"."""
    return stemming == "no" and words.endswith(("er", "ar"))


def _word_terms(text: str, stemmings: tuple[Stemming, ...]) -> Iterator[str]:
    for token in tokenize(text):
        if token.text not in STOP_WORDS:
            yield from dict.fromkeys(token.stem(stemming) for stemming in stemmings)
