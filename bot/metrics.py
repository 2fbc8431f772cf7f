"""What is counted while the bot runs: events in, the text that Prometheus reads out."""

import logging
from bisect import bisect_left
from collections.abc import Callable, Iterator
from itertools import accumulate
from time import perf_counter
from typing import ParamSpec

from bot.logs import log_event
from index.followup import Reply

Asked = ParamSpec("Asked")

# Closest where answers are: most take a third of a second.
SECONDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 2.5, 5.0, 10.0)

logger = logging.getLogger(__name__)


class Metric:
    """A number for each combination of label values; only a gauge's goes down again."""

    def __init__(
        self, name: str, text: str, labels: tuple[str, ...] = (), kind: str = "counter"
    ) -> None:
        self.name, self._text, self._labels, self._kind = name, text, labels, kind
        # A series without labels is there from the start, and can be watched.
        self.values: dict[tuple[str, ...], float] = {} if labels else {(): 0.0}

    def add(self, *values: str, amount: float = 1.0) -> None:
        """Count something."""
        self.values[values] = self.values.get(values, 0.0) + amount

    def set(self, number: float) -> None:
        """Say what it is now; for a gauge without labels."""
        self.values[()] = number

    def become(self, *values: str) -> None:
        """Say which one it is now; for a gauge whose labels tell it."""
        self.values = {values: 1.0}

    def lines(self) -> Iterator[str]:
        """In Prometheus' text format."""
        yield from _head(self.name, self._text, self._kind)
        for values, number in sorted(self.values.copy().items()):  # questions run in a thread
            labels = dict(zip(self._labels, values, strict=True))
            yield f"{self.name}{_labels(labels)} {number:.15g}"


class Histogram:
    """How many events took how many seconds."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self._text = name, text
        self._counts = [0] * (len(SECONDS) + 1)
        self._sum = 0.0

    def observe(self, seconds: float) -> None:
        """Count an event."""
        self._counts[bisect_left(SECONDS, seconds)] += 1
        self._sum += seconds

    def lines(self) -> Iterator[str]:
        """In Prometheus' text format, where each bucket holds those before it."""
        yield from _head(self.name, self._text, "histogram")
        limits = [f"{limit:g}" for limit in SECONDS] + ["+Inf"]
        totals = list(accumulate(self._counts))
        for limit, total in zip(limits, totals, strict=True):
            yield f"{self.name}_bucket{_labels({'le': limit})} {total}"
        yield f"{self.name}_sum {self._sum:.15g}"
        yield f"{self.name}_count {totals[-1]}"


class Metrics:
    """Everything that is counted; each is a line in docs/operating.md."""

    def __init__(self) -> None:
        """Start from nothing."""
        self.questions = Metric(
            "klyngesvar_questions_total", "Questions answered.", ("verdict", "language")
        )
        self.failures = Metric("klyngesvar_failures_total", "Questions that ended in an error.")
        self.cache_hits = Metric(
            "klyngesvar_cache_hits_total", "Questions whose answer was known already."
        )
        self.asked = Metric(
            "klyngesvar_asked_total", "Questions taken up, by where they were asked.", ("mode",)
        )
        self.seconds = Histogram("klyngesvar_answer_seconds", "Time to find an answer.")
        self.waiting = Metric(
            "klyngesvar_waiting", "Updates accepted and not yet handled.", kind="gauge"
        )
        self.refused = Metric(
            "klyngesvar_refused_total", "Updates turned away under load.", ("reason",)
        )
        self.telegram_errors = Metric(
            "klyngesvar_telegram_errors_total", "Calls that Telegram refused.", ("method", "error")
        )
        self.telegram_heard = Metric(
            "klyngesvar_telegram_heard_seconds", "When Telegram last answered.", kind="gauge"
        )
        self.votes = Metric(
            "klyngesvar_votes_total", "Votes on answers, changed ones included.", ("vote",)
        )
        self.version = Metric(
            "klyngesvar_version", "The number of the version that answers.", kind="gauge"
        )
        self.version_failures = Metric(
            "klyngesvar_version_failures_total", "Versions that could not take over."
        )
        self.index = Metric(
            "klyngesvar_index_info", "The index in use; always 1.", ("version",), "gauge"
        )

    def text(self) -> str:
        """The page at /metrics."""
        return "".join(f"{line}\n" for metric in vars(self).values() for line in metric.lines())


def observed(ask: Callable[Asked, Reply], metrics: Metrics) -> Callable[Asked, Reply]:
    """The same function, counted, timed and logged, but without what was asked."""

    def measured(*args: Asked.args, **kwargs: Asked.kwargs) -> Reply:
        started = perf_counter()
        try:
            reply = ask(*args, **kwargs)
        except Exception:
            metrics.failures.add()
            raise
        seconds = perf_counter() - started
        metrics.seconds.observe(seconds)
        answer = reply.answer
        metrics.questions.add(answer.verdict, answer.language)
        if reply.is_known:
            metrics.cache_hits.add()
        log_event(
            logger,
            "Answered",
            verdict=answer.verdict,
            language=answer.language,
            version=answer.version,
            ms=round(seconds * 1000),
        )
        return reply

    return measured


def _head(name: str, text: str, kind: str) -> Iterator[str]:
    yield f"# HELP {name} {text}"
    yield f"# TYPE {name} {kind}"


def _labels(labels: dict[str, str]) -> str:
    pairs = (f'{name}="{_escaped(value)}"' for name, value in labels.items())
    return f"{{{','.join(pairs)}}}" if labels else ""


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
