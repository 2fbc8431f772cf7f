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

    def answer(self, text: str, language: Language | None) -> str | None:
        """What to say in return, in the user's language if the phrase is one of that."""
        tokens = _TOKEN.findall(text.lower().replace("’", "'"))
        talks = [self._talks[language or "en"], *self._talks.values()]
        return next(filter(None, (talk.answer(tokens) for talk in talks)), None)


@dataclass(frozen=True, slots=True)
class _Talk:
    """What is said in one language, each phrase with its answer."""

    phrases: Mapping[tuple[str, ...], str]
    answers: tuple[str, ...]  # the most telling first: thanks after a greeting are thanks

    def answer(self, tokens: Sequence[str]) -> str | None:
        """The answer to a text of nothing but phrases, or of no words at all."""
        words = [token for token in tokens if token[0].isalnum() or (token,) in self.phrases]
        said = set(self._answers(words)) if words else {self.answers[-1]}
        return None if "" in said else next(answer for answer in self.answers if answer in said)

    def _answers(self, words: Sequence[str]) -> Iterator[str]:
        """The answer to each phrase, from the left and the longest first; "" to anything else."""
        at = 0
        while at < len(words):
            ends = range(len(words), at, -1)
            end = next((end for end in ends if tuple(words[at:end]) in self.phrases), 0)
            yield self.phrases[tuple(words[at:end])] if end else ""
            at = end or len(words)


def _talk(texts: Texts) -> _Talk:
    pairs = (
        (texts.thanks, texts.thanked),
        (texts.how_are_you, texts.well),
        (texts.greetings, texts.greeted),
    )
    phrases = {
        tuple(_TOKEN.findall(phrase.lower())): answer
        for listed, answer in pairs
        for phrase in listed.split(",")
    }
    return _Talk(phrases, tuple(answer for _, answer in pairs))
