"""A question, understood as far as its words tell: language, kind of answer, roles and names."""

import re
from dataclasses import dataclass

from index.answer_kind import AnswerKind, kind_of
from index.lexical import ConceptMention, Lexicon
from index.names import NamesInQuestion
from knowledge.articles import Language
from knowledge.language import detect_language
from knowledge.names import Mention


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for (`kind`, `concepts`) and about whom (`names`)."""

    text: str
    spelled: str  # ... with the names in it as the articles write them: what is searched and read
    language: Language
    kind: AnswerKind
    concepts: tuple[ConceptMention, ...]
    names: tuple[Mention, ...]
    unknown: tuple[Mention, ...]  # what is written as a name, but no article or register knows
    years: tuple[str, ...]

    @property
    def asked(self) -> tuple[ConceptMention, ...]:
        """The concepts that are no part of a name."""
        return _outside_names(self.concepts, self.names)

    @property
    def roles(self) -> frozenset[str]:
        """The concepts asked about that people can be: leader, chair, minister."""
        return frozenset(m.concept.name for m in self.asked if m.concept.asks == "person")

    @property
    def is_past(self) -> bool:
        """Whether it asks how things were, so that a newer source knows no better."""
        return bool(self.years or _PAST.search(self.text))


YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PAST = re.compile(
    r"\b(?:tidligere|tidlegare|forrige|førre|forgjenger\w*|forgjengar\w*|første|fyrste|først"
    r"|opprinnelig\w*|opphavleg\w*|var|hadde|har (?:vært|vore|ledet|leidd)|ledet|leidde|i fjor"
    r"|former\w*|previous\w*|predecessor|first|originally|earlier|was|were|had|led|did|used to"
    r"|last year|e(?:ks|x)-\w+|(?:ble|vart)(?!(?: \w+)? ny\b)"
    r"|(?:før|before)(?! (?:man|vi|jeg|eg|ein|en|du|we|i|you|one)\b))\b",
    re.IGNORECASE,
)


def _outside_names(
    concepts: tuple[ConceptMention, ...], names: tuple[Mention, ...]
) -> tuple[ConceptMention, ...]:
    return tuple(
        mention
        for mention in concepts
        if not any(name.start <= mention.start < name.end for name in names)
    )


def understand(
    text: str,
    language: Language | None,
    lexicon: Lexicon,
    found: NamesInQuestion,
) -> Question:
    """Put together what the words say; `language` is the asker's where the text does not tell."""
    concepts = tuple(lexicon.find(text, ("no", "en")))
    names = found.known
    kind = kind_of(text, _outside_names(concepts, names))
    return Question(
        text=text,
        spelled=found.spelled,
        language=detect_language(text, language),
        kind="text" if kind == "person" and _is_about_person(text, concepts, names) else kind,
        concepts=concepts,
        names=names,
        unknown=found.unknown,
        years=tuple(YEAR.findall(text)),
    )


_WHO_IS = re.compile(
    r"\b(?:hvem|kven|who)\s+(?:er|var|is|was)\s+(?:(?:egentlig|eigentleg|actually)\s+)?",
    re.IGNORECASE,
)


def _is_about_person(
    text: str, concepts: tuple[ConceptMention, ...], names: tuple[Mention, ...]
) -> bool:
    """ "Who is Hilde Aspås?" wants to know what she does, and no name."""
    who_is = _WHO_IS.search(text)
    if not who_is or any(mention.concept.asks for mention in concepts):
        return False
    return any(name.start == who_is.end() for name in names)
