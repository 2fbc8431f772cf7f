"""python -m training.evaluate WEIGHTS: what the reader is worth on articles not trained on.

Questions are asked over all articles of clusters-qa; one that names nothing of its article
(`training.naming` has the rule) is asked within its article.
"""

import argparse
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, quantiles
from time import perf_counter
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import torch
from tqdm import tqdm  # type: ignore[import-untyped]

from index.encoder import load_encoder
from index.reader_model import load_reader
from index.reader_windows import WindowReader
from index.search import Index
from index.spans import Span
from index.windows import Window, grid, window_at
from training import data
from training.item import Item
from training.naming import Naming
from training.retrieval import BatchedQueries, build_index

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

RETRIEVED = 48  # passages, as the product reads them
WEIGHTS_TRIED = [0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0]  # of the retriever, beside the margin


@dataclass(frozen=True, slots=True)
class Candidate:
    """A window read: its best span, the reader's margin and the retriever's best score in it."""

    slug: str
    span: Span
    margin: float
    search: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that was read for one question, in the retriever's order."""

    item: Item = field(repr=False)
    is_open: bool
    candidates: tuple[Candidate, ...]
    ms: float

    def score(self, weight: float) -> float:
        """How sure the best window is."""
        return max(c.margin + weight * c.search for c in self.candidates)

    def best(self, weight: float) -> Candidate:
        """The window that is answered from."""
        return max(self.candidates, key=lambda c: c.margin + weight * c.search)

    def is_right(self, weight: float) -> bool:
        """Whether the answer found lies in the sentence that proves it."""
        best, near = self.best(weight), self.item.near or (0, 0)
        return best.slug == self.item.article.slug and (
            best.span[0] < near[1] and near[0] < best.span[1]
        )

    def has_proof(self) -> bool:
        """Whether the right window was read at all."""
        near = self.item.near or (0, 0)
        return any(
            c.slug == self.item.article.slug and window_at(_grid_at(self.item, c), near)
            for c in self.candidates
        )


def _grid_at(item: Item, candidate: Candidate) -> list[Window]:
    return [w for w in grid(item.article) if w.holds(candidate.span)]


class Asker:
    """Puts questions to the retriever and the reader."""

    def __init__(self, index: Index, naming: Naming, reader: WindowReader) -> None:
        self._index, self._naming, self._reader = index, naming, reader

    def ask(self, item: Item, limit: int) -> Outcome:
        """Retrieve, read at most `limit` windows, and time it."""
        started = perf_counter()
        is_open = self._naming.names_its_article(item.question, item.article)
        hits = self._index.search(
            item.question, RETRIEVED if is_open else len(self._index.passages)
        )
        found: dict[tuple[str, int], tuple[Window, float]] = {}
        for hit in hits:
            article = hit.passage.article
            if is_open or article.slug == item.article.slug:
                window = window_at(grid(article), (hit.passage.start, hit.passage.end))
                if window:
                    found.setdefault((article.slug, window.start), (window, hit.score))
        read_first = dict(list(found.values())[:limit])
        candidates = tuple(
            Candidate(window.article.slug, best.span, best.margin, read_first[window])
            for scores in self._reader.read(item.question, list(read_first))
            if (best := scores.best(((window := scores.window).start, window.end)))
        )
        return Outcome(item, is_open, candidates, (perf_counter() - started) * 1000)


def report(outcomes: Sequence[Outcome], weight: float) -> dict[str, Any]:
    """All figures, at this weight of the retriever's score."""
    answerable = [o for o in outcomes if o.item.answer]
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in answerable:
        groups["all"].append(outcome)
        groups["open" if outcome.is_open else "within"].append(outcome)
        groups[f"kind {outcome.item.kind}"].append(outcome)
        groups[f"pair {pair_of(outcome.item)}"].append(outcome)
    times = [o.ms for o in outcomes]
    return {
        "questions": len(outcomes),
        "weight": weight,
        **{name: _figures(group, weight) for name, group in sorted(groups.items())},
        "auroc": {
            name: auroc(_scores(group, weight, True), _scores(group, weight, False))
            for name, group in _by_openness(outcomes).items()
        },
        "windows": round(mean(len(o.candidates) for o in outcomes), 1),
        "ms": {"p50": round(quantiles(times, n=20)[9]), "p95": round(quantiles(times, n=20)[18])},
    }


def _by_openness(outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    return {
        "all": list(outcomes),
        "open": [o for o in outcomes if o.is_open],
        "within": [o for o in outcomes if not o.is_open],
    }


def _scores(outcomes: Iterable[Outcome], weight: float, answerable: bool) -> list[float]:
    return [o.score(weight) for o in outcomes if bool(o.item.answer) is answerable]


def _figures(outcomes: Sequence[Outcome], weight: float) -> dict[str, float]:
    said = [(_said(o, weight), _wanted(o)) for o in outcomes]
    return {
        "n": len(outcomes),
        "proof_read": round(mean(o.has_proof() for o in outcomes), 3),
        "right_sentence": round(mean(o.is_right(weight) for o in outcomes), 3),
        "exact": round(mean(normal(a) == normal(b) for a, b in said), 3),
        "f1": round(mean(token_f1(a, b) for a, b in said), 3),
    }


def _said(outcome: Outcome, weight: float) -> str:
    best = outcome.best(weight)
    if best.slug != outcome.item.article.slug:
        return ""
    return outcome.item.article.body[slice(*best.span)]


def _wanted(outcome: Outcome) -> str:
    return outcome.item.article.body[slice(*(outcome.item.answer or (0, 0)))]


def pair_of(item: Item) -> str:
    """Whether question and article share a language, are both Norwegian, or need translation."""
    if item.language == item.article.language:
        return "same"
    return "en-no" if "en" in (item.language, item.article.language) else "nb-nn"


def normal(text: str) -> list[str]:
    """Words in lower case, without punctuation."""
    return re.findall(r"\w+", text.lower())


def token_f1(said: str, wanted: str) -> float:
    """SQuAD's overlap of words."""
    a, b = normal(said), normal(wanted)
    shared = sum(min(a.count(word), b.count(word)) for word in set(a))
    return 2 * shared / (len(a) + len(b)) if shared else 0.0


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """How often an answerable question scores above an unanswerable one."""
    if not positive or not negative:
        return float("nan")
    a, b = np.array(positive)[:, None], np.array(negative)[None, :]
    return round(float((a > b).mean() + (a == b).mean() / 2), 3)


def best_weight(outcomes: Sequence[Outcome]) -> float:
    """The weight of the retriever that finds most on questions neither trained nor measured on."""
    answerable = [o for o in outcomes if o.item.answer]
    return max(WEIGHTS_TRIED, key=lambda weight: sum(o.is_right(weight) for o in answerable))


def _sample(items: list[Item], count: int) -> list[Item]:
    return random.Random(0).sample(items, count) if 0 < count < len(items) else items


def _asker(weights: Path, index_folder: Path) -> Asker:
    encoder = load_encoder()
    articles = data.read_cluster_articles()
    index = build_index(articles, BatchedQueries(encoder), index_folder)
    tokenizer = cast("PreTrainedTokenizerFast", encoder.model.tokenizer)
    reader = WindowReader(load_reader(weights, encoder.model), tokenizer)
    return Asker(index, Naming(articles), reader)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training.evaluate", description=__doc__)
    parser.add_argument("weights", type=Path, help="an exported file")
    parser.add_argument("--index", type=Path, required=True, help="where vectors are kept")
    parser.add_argument("--count", type=int, default=300, help="questions; 0 for all")
    parser.add_argument("--windows", type=int, default=48, help="read at most so many")
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def main() -> None:
    """Choose the weight on the tune split, measure on dev, and print the report as JSON."""
    given = _arguments()
    torch.set_num_threads(given.threads)
    asker = _asker(given.weights, given.index)
    articles = data.read_cluster_articles()
    asked = {
        split: _sample(data.read_clusters(articles, split), given.count)
        for split in ("tune", "dev")
    }
    outcomes = {
        split: [asker.ask(item, given.windows) for item in tqdm(items, desc=split)]
        for split, items in asked.items()
    }
    weight = best_weight(outcomes["tune"])
    reports = [report(outcomes["dev"], chosen) for chosen in dict.fromkeys((0.0, weight))]
    print(json.dumps(reports, indent=1))  # noqa: T201


if __name__ == "__main__":
    main()
