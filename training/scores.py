"""Answers judged: how many are right, firm, wrong or false, and how well they are ranked."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from index.answer import Answer, decide
from index.calibration import Calibration
from index.evaluate import is_same
from index.names import Names
from training.asking import Asked


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer beside what was wanted."""

    asked: Asked
    answer: Answer
    is_right: bool  # its first quote is a proof
    is_short_right: bool

    def is_(self, verdict: str) -> bool:
        """Whether this was the verdict."""
        return self.answer.verdict == verdict


def decided(asked: Asked, names: Names, calibration: Calibration) -> Answer:
    """The product's verdict."""
    return decide(asked.question, asked.readings, names, calibration)


def judge(asked: Asked, answer: Answer) -> Judged:
    """Hold an answer against what was wanted."""
    spans = [(q.article.slug, q.start, q.end) for q in answer.quotes[:1]]
    is_right = any(
        asked.is_right(reading.passage)
        for reading in asked.readings
        for slug, start, end in spans
        if reading.passage.article.slug == slug
        and start <= reading.passage.start
        and reading.passage.end <= end
    )
    is_short = any(is_same(answer.text or "", text) for text in asked.answers)
    return Judged(asked, answer, is_right, is_right and is_short)


def figures(judged: Sequence[Judged]) -> dict[str, dict[str, float]]:
    """All figures, in total and for some parts of the questions."""
    parts: dict[str, list[Judged]] = defaultdict(list)
    for each in judged:
        for part in _parts(each):
            parts[part].append(each)
    return {part: _figures(found) for part, found in sorted(parts.items())}


def _parts(judged: Judged) -> list[str]:
    asked = judged.asked
    kind = [f"kind {asked.kind}"] if asked.is_answerable else []
    return ["all", "open" if asked.is_open else "within", f"pair {asked.pair}", *kind]


def _figures(judged: Sequence[Judged]) -> dict[str, float]:
    there = [each for each in judged if each.asked.is_answerable]
    absent = [each for each in judged if not each.asked.is_answerable]
    short = [
        each for each in there if each.asked.answers and each.asked.kind not in ("why", "how")
    ]
    found = {
        "answerable": len(there),
        "right": _share(there, lambda each: each.is_right),
        "firm": _share(there, lambda each: each.is_right and each.is_("answer")),
        "firm wrong": _share(there, lambda each: not each.is_right and each.is_("answer")),
        "none": _share(there, lambda each: each.is_("none")),
        "short": _share(short, lambda each: each.is_short_right),
        "unanswerable": len(absent),
        "false firm": _share(absent, lambda each: each.is_("answer")),
        "false maybe": _share(absent, lambda each: each.is_("maybe")),
        "auroc": auroc(
            [each.answer.confidence for each in there], [each.answer.confidence for each in absent]
        ),
    }
    return {name: value for name, value in found.items() if value is not None}


def _share(judged: Sequence[Judged], fits: Callable[[Judged], bool]) -> float | None:
    return round(sum(map(fits, judged)) / len(judged), 3) if judged else None


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """How often an answerable question scores above an unanswerable one."""
    if not positive or not negative:
        return None
    a, b = np.array(positive)[:, None], np.array(negative)[None, :]
    return round(float((a > b).mean() + (a == b).mean() / 2), 3)
