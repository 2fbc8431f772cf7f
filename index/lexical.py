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

Stemming = Literal["no", "en"]
_STEMMERS = {"no": Stemmer.Stemmer("norwegian"), "en": Stemmer.Stemmer("english")}
_WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")  # æøå, H2, 71.5, iKuben's

# All three languages' stop words go from every text: else "who" pulls towards English articles.
STOP_WORDS = frozenset(
    """
        og i jeg det at en et den til er som på de med han av ikke der så var meg seg men ett
        har om vi min mitt ha hadde hun nå over da ved fra du ut sin dem oss opp man kan hans
        hvor eller hva skal selv sjøl her alle vil bli ble blitt kunne inn når være kom noen
        noe ville dere de som deres kun ja etter ned skulle denne for deg si sine sitt mot å
        meget hvorfor dette disse uten hvordan ingen din ditt blir samme hvilken hvilke sånn
        inni mellom vår hver hvem vors hvis både bare enn fordi før mange også slik vært være
        begge siden henne hennar hennes nå får få fikk finnes finst eg ikkje ein eit ei dei han
        ho dykk me korleis kva kven kvar kvifor når vart vere vore blei ha hadde hjå hos no
        noko nokon noka nokre sidan skal skulle so som somme um upp vart vort verte vore vår
        vårt kor kvart kvarhelst ikkje inkje mi mine mitt hoss hossen inn kom a an the and or
        of to in on at by for from with as is are was were be been being it its this that these
        those he she they them his her their we our us you your i me my who whom whose what
        which when where why how do does did has have had can could will would should may might
        about into than then there here not no any some all also please tell mange mye mykje
        many much get gets got fekk fått slags slag type kind utgjer utgjør makes made egentlig
        eigentleg really actually skjer skjedde happen happened
        """.split()
)


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
            (c, "no", f"{words}en") for c, st, words in entries if _is_agent(st, words)
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
    """Whether a Norwegian noun for a person follows, whose definite form ends in "eren"."""
    return stemming == "no" and words.endswith(("er", "ar"))


def _word_terms(text: str, stemmings: tuple[Stemming, ...]) -> Iterator[str]:
    for token in tokenize(text):
        if token.text not in STOP_WORDS:
            yield from dict.fromkeys(token.stem(stemming) for stemming in stemmings)
