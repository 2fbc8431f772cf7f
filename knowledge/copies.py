"""Near-copies: texts with much of their wording in common, such as two reprints of one release.

Wording is compared as runs of four words, so a translation is no copy, and neither are two texts
about the same event.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from knowledge.articles import Article

_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s|\n")
_RUN = 4  # words
_ALIKE = 0.3  # of the shorter text's runs; unrelated articles share less than 0.1
_BOILERPLATE = 20  # what more articles than this say, such as a footer, tells no copy
_SHOWN = 2  # sentences of either text
_WIDTH = 90  # characters of a shown sentence


@dataclass(frozen=True, slots=True)
class Copy:
    """An article that has much of its wording in common with another text."""

    article: Article
    likeness: float  # the share of the shorter text's runs of words that the other has too, 0..1
    differs: tuple[str, ...]  # a few sentences: "+ ..." only in the text, "- ..." in the article


def near_copies(body: str, articles: Iterable[Article]) -> list[Copy]:
    """The articles that a text is a near-copy of, the most alike first."""
    known = tuple(articles)
    (own, *others), _ = _telling_runs([body, *(article.body for article in known)])
    copies = [
        _copy(body, article, likeness)
        for article, other in zip(known, others, strict=True)
        if (likeness := _likeness(len(own & other), own, other)) >= _ALIKE
    ]
    return sorted(copies, key=lambda copy: -copy.likeness)


def copies_among(articles: Sequence[Article]) -> Iterator[tuple[Article, Copy]]:
    """Every near-copy of an article before it in the sequence, with the most alike of those."""
    texts, repeated = _telling_runs([article.body for article in articles])
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for at, own in enumerate(texts):
        common = own & repeated
        counts = Counter(chain.from_iterable(holders[run] for run in common))
        alike = [(_likeness(count, own, texts[other]), -other) for other, count in counts.items()]
        likeness, first = max(alike, default=(0.0, 0))
        if likeness >= _ALIKE:
            yield articles[at], _copy(articles[at].body, articles[-first], likeness)
        for run in common:
            holders[run].append(at)


def _copy(body: str, article: Article, likeness: float) -> Copy:
    return Copy(article, likeness, tuple(_differences(body, article.body)))


def _telling_runs(bodies: Iterable[str]) -> tuple[list[set[int]], set[int]]:
    """The hashes of each text's runs without boilerplate, and those that several texts have."""
    texts = [_runs(body) for body in bodies]
    seen: set[int] = set()
    repeated: set[int] = set()
    for text in texts:
        repeated |= seen & text
        seen |= text
    counts = Counter(chain.from_iterable(text & repeated for text in texts))
    boilerplate = {run for run, count in counts.items() if count > _BOILERPLATE}
    return [text - boilerplate for text in texts], repeated - boilerplate


def _runs(body: str) -> set[int]:
    words = _words(body)
    return {hash(run) for run in zip(*(words[at:] for at in range(_RUN)), strict=False)}


def _likeness(shared: int, one: set[int], other: set[int]) -> float:
    return shared / max(1, min(len(one), len(other)))


def _differences(body: str, other: str) -> Iterator[str]:
    mine, theirs = _sentences(body), _sentences(other)
    for mark, sentences, known in (("+", mine, theirs), ("-", theirs, mine)):
        only = [sentence for words, sentence in sentences.items() if words not in known]
        yield from (f"{mark} {_shortened(sentence)}" for sentence in only[:_SHOWN])


def _sentences(text: str) -> dict[tuple[str, ...], str]:
    """The sentences by their words: near enough to show, where "ca." may end one too early."""
    found = {tuple(_words(sentence)): sentence for sentence in _SENTENCE_END.split(text)}
    return {words: sentence for words, sentence in found.items() if words}


def _shortened(sentence: str) -> str:
    if len(sentence) <= _WIDTH:
        return sentence
    return sentence[:_WIDTH].rsplit(" ", 1)[0] + " ..."


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
