"""`python -m benchmarks.answers`: what each part of the way to an answer is worth.

The dev articles of clusters-qa, on which nothing was trained or fitted, are asked about in three
languages: over all 160 articles, or within its own article where a question names nothing of it.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from time import perf_counter
from unittest.mock import patch

import numpy as np
from tqdm import tqdm  # type: ignore[import-untyped]

from benchmarks.data import DATA, missing, save
from index.calibration import Calibration, Weights
from index.encoder import SentenceEncoder, load_encoder
from index.engine import SHIPPED, UNTRAINED
from index.lexical import Lexicon
from index.percentile import percentile
from index.question import Question
from index.reader import Reading
from index.search import Hit
from training.asking import Corpus
from training.data import read_cluster_articles, read_clusters
from training.fit_reader import clusters_corpus, sample
from training.item import Item
from training.retrieval import product_lexicon
from training.scores import decided, figures, judge

COMMAND = "python -m benchmarks.answers"
COUNT = 400  # questions; every one with --all
SHOWN = ("right", "firm", "short", "firm wrong", "false firm", "auroc")


@dataclass(frozen=True, slots=True)
class Row:
    """A stage of the product; `lexical` switches BM25 on."""

    name: str
    corpus: Corpus
    calibration: Calibration
    lexical: bool = True


class FirstHits:
    """No reader: the passages in the order in which they were found, and no short answer."""

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Reading]:
        """One reading a hit, as sure as the search is."""
        return [Reading(hit.passage, None, hit.score, ()) for hit in hits]


def main() -> int:
    """Measure every row, print a table and keep the figures."""
    if absent := missing(DATA / "clusters-qa"):
        sys.stdout.write(f"{absent}\n")
        return 0
    items = read_clusters(read_cluster_articles(), "dev")
    items = sample(items, 0 if "--all" in sys.argv[1:] else COUNT)
    found = {row.name: measured(row, items) for row in rows(load_encoder())}
    sys.stdout.write(table(found))
    file = save("answers", COMMAND, {"questions": len(items), "rows": found})
    sys.stdout.write(f"\n{len(items)} questions; saved as {file}\n")
    return 0


def rows(encoder: SentenceEncoder) -> Iterator[Row]:
    """The same articles with ever more of the product."""
    score_alone = Weights(0.0, _only_score())
    always = Calibration(Weights(0.0, {}), score_alone, answer=0.0, maybe=0.0)
    even = Calibration(Weights(0.0, {}), score_alone, answer=0.5, maybe=0.2)
    plain = replace(clusters_corpus(Lexicon(()), encoder, UNTRAINED), reader=FirstHits())
    everything = (np.arange(len(plain.index.passages)),)
    one_language = replace(plain, index=replace(plain.index, _language_rows=everything))
    untrained = clusters_corpus(product_lexicon(), encoder, UNTRAINED)
    trained = clusters_corpus(product_lexicon(), encoder, SHIPPED)
    yield Row("dense only", one_language, always, lexical=False)
    yield Row("+ BM25", one_language, always)
    yield Row("+ per language", plain, always)
    yield Row("+ glossary", replace(untrained, reader=FirstHits()), always)
    yield Row("+ names, untrained reader", untrained, even)
    yield Row("+ trained reader", trained, even)
    yield Row("+ fit of the verdict", trained, trained.calibration)


def _only_score() -> Mapping[str, float]:
    """Weights for which the verdict is as sure as the best passage, seen alone."""
    weights = defaultdict(float)
    weights["score"] = 1.0
    return weights


def measured(row: Row, items: Sequence[Item]) -> dict[str, dict[str, float]]:
    """All figures of a row, and how long a question took."""
    without_words = patch.multiple("index.search", LEXICAL=0.0, ARTICLE_LEXICAL=0.0)
    judged, times = [], []
    with nullcontext() if row.lexical else without_words:
        for item in tqdm(items, desc=row.name):
            started = perf_counter()
            asked = row.corpus.ask(item)
            answer = decided(asked, row.corpus.names, row.calibration)
            times.append((perf_counter() - started) * 1000)
            judged.append(judge(asked, answer))
    ms = {"p50": round(percentile(times, 50), 1), "p95": round(percentile(times, 95), 1)}
    return {**figures(judged), "ms": ms}


def table(found: Mapping[str, Mapping[str, Mapping[str, float]]]) -> str:
    """One line for each row."""
    head = f"{'':26}" + "".join(f"{name:>12}" for name in (*SHOWN, "ms p50", "ms p95"))
    lines = [
        f"{name:26}"
        + "".join(f"{parts['all'].get(shown, 0.0):>12}" for shown in SHOWN)
        + f"{parts['ms']['p50']:>12}{parts['ms']['p95']:>12}"
        for name, parts in found.items()
    ]
    return "\n".join([head, *lines, ""])


if __name__ == "__main__":
    sys.exit(main())
