"""Greetings and thanks: a message that holds nothing else in, a sentence in return out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.texts import Texts
from knowledge.articles import Language

_TOKEN = re.compile(
    r"[^\W_]+(?:['’][^\W_]+)?"
    r"|[\u2600-\u27bf\U0001f300-\U0001f3fa\U0001f400-\U0001faff]"  # pictures, but no tones of skin
)


class SmallTalk:
    """Knows the phrases of texts.yaml."""

    def __init__(self, texts: Mapping[Language, Texts]) -> None:
        """Take the phrases and their answers."""
        self._talks = {language: _talk(words) for language, words in texts.items()}

    def answer(
        self, text: str, language: Language | None, chosen: Language | None = None
    ) -> str | None:
        """What to say in return, in the chosen language, else in the user's if the phrase is."""
        tokens = _TOKEN.findall(text.lower().replace("’", "'"))
        for talk in (self._talks[language or "en"], *self._talks.values()):
            if (number := talk.answer(tokens)) is not None:
                return (self._talks[chosen] if chosen else talk).answers[number]
        return None


@dataclass(frozen=True, slots=True)
class _Talk:
    """What is said in one language, each phrase with its answer."""

    phrases: Mapping[tuple[str, ...], int]
    answers: tuple[str, ...]  # the most telling first: thanks after a greeting are thanks

    def answer(self, tokens: Sequence[str]) -> int | None:
        """Which answer a text of nothing but phrases gets, or one of no words at all."""
        words = [token for token in tokens if token[0].isalnum() or (token,) in self.phrases]
        said = set(self._answers(words)) if words else {len(self.answers) - 1}
        return None if None in said else min(number for number in said if number is not None)

    def _answers(self, words: Sequence[str]) -> Iterator[int | None]:
        """The answers to phrases, from the left and the longest first; None to anything else."""
        at = 0
        while at < len(words):
            ends = range(len(words), at, -1)
            end = next((end for end in ends if tuple(words[at:end]) in self.phrases), 0)
            yield self.phrases[tuple(words[at:end])] if end else None
            at = end or len(words)


def _talk(texts: Texts) -> _Talk:
    pairs = (
        (texts.thanks, texts.thanked),
        (texts.how_are_you, texts.well),
        (texts.greetings, texts.greeted),
    )
    phrases = {
        tuple(_TOKEN.findall(phrase.lower())): number
        for number, (listed, _) in enumerate(pairs)
        for phrase in listed.split(",")
    }
    return _Talk(phrases, tuple(answer for _, answer in pairs))
