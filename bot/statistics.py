"""Figures from the journal: its entries in, shares, votes, times and busy hours out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.journal import Entry
from bot.votes import AGAINST, UP
from index.answer import Verdict
from index.percentile import percentile


@dataclass(frozen=True, slots=True)
class Figures:
    """What happened in some days; shares in percent, times in milliseconds."""

    questions: int
    answer: int
    maybe: int
    none: int
    up: int
    down: int
    p50: int
    p95: int


def figures(entries: Sequence[Entry]) -> Figures:
    """All figures of these questions."""
    votes = Counter(vote for entry in entries for vote in entry.votes)
    times = [entry.ms for entry in entries]
    return Figures(
        questions=len(entries),
        answer=_share(entries, "answer"),
        maybe=_share(entries, "maybe"),
        none=_share(entries, "none"),
        up=votes[UP],
        down=sum(votes[vote] for vote in AGAINST),
        p50=round(percentile(times, 50)),
        p95=round(percentile(times, 95)),
    )


def by_hour(entries: Sequence[Entry]) -> list[int]:
    """How many questions came in each of the day's 24 hours, local time."""
    hours = Counter(datetime.fromtimestamp(entry.asked).hour for entry in entries)
    return [hours[hour] for hour in range(24)]


def _share(entries: Sequence[Entry], verdict: Verdict) -> int:
    count = sum(entry.verdict == verdict for entry in entries)
    return round(100 * count / len(entries)) if entries else 0
