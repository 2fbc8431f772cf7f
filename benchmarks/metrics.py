"""Ranks in, figures out; a rank counts from 1 and is None where the right thing was not found."""

import re
from collections import Counter
from collections.abc import Sequence
from math import log2

Ranks = Sequence[int | None]


def rank_of(wanted: object, ranking: Sequence[object]) -> int | None:
    """Where `wanted` first stands."""
    return ranking.index(wanted) + 1 if wanted in ranking else None


def hit_rate(ranks: Ranks, k: int) -> float:
    """The share of questions whose one right thing is among the first k."""
    return sum(rank is not None and rank <= k for rank in ranks) / len(ranks)


def ndcg(ranks: Ranks, k: int) -> float:
    """Normalised discounted cumulative gain where each question has one right thing.

    The best possible gain is then 1, and a right thing at rank r gains 1 / log2(r + 1).
    """
    return sum(1 / log2(rank + 1) for rank in ranks if rank and rank <= k) / len(ranks)


def words(text: str) -> list[str]:
    """In lower case, without punctuation."""
    return re.findall(r"\w+", text.lower())


def exact(said: str, wanted: str) -> float:
    """SQuAD's exact match: 1 where the words are the same."""
    return float(words(said) == words(wanted))


def token_f1(said: str, wanted: str) -> float:
    """SQuAD's overlap of words."""
    one, other = Counter(words(said)), Counter(words(wanted))
    shared = (one & other).total()
    return 2 * shared / (one.total() + other.total()) if shared else 0.0


def coverage(judged: Sequence[tuple[float, bool]], accuracy: float) -> float:
    """The largest share of questions that, the surest first, are answered this accurately."""
    right, best = 0, 0
    for count, (_, fits) in enumerate(sorted(judged, key=lambda each: -each[0]), 1):
        right += fits
        best = count if right / count >= accuracy else best
    return best / len(judged)
