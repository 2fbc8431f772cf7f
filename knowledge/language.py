"""Which of the three languages a text is in: its function words, else `lingua`'s judgement."""

import re
from functools import cache
from typing import TYPE_CHECKING

from knowledge.articles import Language

if TYPE_CHECKING:
    from lingua import LanguageDetector

# Words that only one of the three has. Names ("Toten Precision") mislead a letter model in so
# short texts: over the 5,280 questions of clusters-qa it alone mistakes 20 % of the English ones.
_MARKERS: dict[Language, frozenset[str]] = {
    "nb": frozenset(
        """
            hvem hva hvor hvordan hvorfor hvilke hvilken hvilket hvis hvems jeg ikke noen noe
            fra ble hun dere de være vært mye mer en et bare flere hele gjøre gjør sier kommer
            klyngen medlemmer leder
            """.split()
    ),
    "nn": frozenset(
        """
            kven kva kvar korleis kvifor kor eg ikkje nokon noko nokre frå vert vart ho dei
            dykk vere vore mykje meir kvart ein eit berre fleire heile gjere gjer seier kjem
            klynga medlemer medlemmar leiar leier dagleg
            """.split()
    ),
    "en": frozenset(
        """
            who what where how why which whose when is are was were the of does did do and
            about an that with leads lead runs members many much based cluster
            """.split()
    ),
}
_WORD = re.compile(r"[^\W\d_]+")
_SURE = 0.6  # below this lingua is guessing between the Norwegian two, or sees only names


def detect_language(text: str, fallback: Language | None) -> Language:
    """The text's language; `fallback` (or bokmål) where the text does not tell."""
    words = [word.lower() for word in _WORD.findall(text)]
    counts = {
        language: sum(word in known for word in words) for language, known in _MARKERS.items()
    }
    best = max(counts, key=lambda language: counts[language])
    if counts[best] and list(counts.values()).count(counts[best]) == 1:
        return best
    return _by_letters(text) or fallback or "nb"


def _by_letters(text: str) -> Language | None:
    best = next(iter(_detector().compute_language_confidence_values(text)), None)
    if best is None or best.value < _SURE:
        return None
    names: dict[str, Language] = {"BOKMAL": "nb", "NYNORSK": "nn", "ENGLISH": "en"}
    return names[best.language.name]


@cache
def _detector() -> "LanguageDetector":
    from lingua import Language as Lingua
    from lingua import LanguageDetectorBuilder

    return LanguageDetectorBuilder.from_languages(
        Lingua.BOKMAL, Lingua.NYNORSK, Lingua.ENGLISH
    ).build()
