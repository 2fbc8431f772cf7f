from datetime import datetime

from bot.journal import Entry
from bot.statistics import Figures, by_hour, figures
from index.answer import Verdict


def entry(verdict: Verdict = "answer", ms: float = 100, asked: float = 0, *votes: str) -> Entry:
    return Entry(asked, "Hvem?", "nb", verdict, ms, votes)


def test_shares_votes_and_times() -> None:
    entries = [
        entry("answer", 10, 0, "up", "up", "down"),
        entry("answer", 30, 0, "old"),
        entry("none", 20),
        *[entry("maybe", 40 + number) for number in range(17)],
    ]
    assert figures(entries) == Figures(20, 10, 85, 5, up=2, down=2, p50=46, p95=55)


def test_of_nothing_everything_is_nought() -> None:
    assert figures([]) == Figures(0, 0, 0, 0, 0, 0, 0, 0)
    assert figures([entry(ms=7)]) == Figures(1, 100, 0, 0, 0, 0, 7, 7)


def test_hours_are_local() -> None:
    times = [(1, 9, 0), (2, 9, 59), (3, 23, 0)]
    entries = [entry(asked=datetime(2026, 11, *time).timestamp()) for time in times]
    assert {hour: n for hour, n in enumerate(by_hour(entries)) if n} == {9: 2, 23: 1}
