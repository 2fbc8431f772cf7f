"""python -m training.tune CHECKPOINT...: what the mean of these weights reads on tune articles.

Each question is put to all windows of its article, cut at three places, and the span that they
like best together is taken.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, cast

import numpy as np
from tqdm import tqdm  # type: ignore[import-untyped]

from index.encoder import load_encoder
from index.reader_model import ExtractiveReader, bert_of, pack, unpack
from index.reader_windows import Found, ReadsWindows, WindowReader, best_of
from index.spans import touches
from index.windows import PHASES, grid
from knowledge.articles import Article
from training import data
from training.export import mean_of, read_checkpoint
from training.item import Item, Split
from training.scores import auroc
from training.written import HARDER, read_written

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

QUESTIONS = 500  # of each kind of article
ABOVE = 95  # per cent of the unanswerable


def cluster_items(split: Split) -> list[Item]:
    """All questions of a split about clusters, apart from the harder articles."""
    return [*data.read_clusters(data.read_cluster_articles(), split), *read_written(split)]


def figures(reader: ReadsWindows, items: Sequence[Item]) -> dict[str, float | None]:
    """Shares of the answerable: right sentence, exact words, right and surer than nearly all
    best spans of the unanswerable; and how well the two are told apart."""
    found = [(item, read_whole(reader, item.question, item.article)) for item in items]
    there = [(item, best) for item, best in found if item.answer]
    absent = [best.margin for item, best in found if not item.answer]
    least = float(np.percentile(absent, ABOVE)) if absent else 0.0
    right = [(_is_right(item, best), best) for item, best in there]
    return {
        "right": _share([fits for fits, _ in right]),
        "exact": _share([best.span == item.answer for item, best in there]),
        "sure": _share([fits and best.margin > least for fits, best in right]),
        "auroc": auroc([best.margin for _, best in there], absent),
    }


def read_whole(reader: ReadsWindows, question: str, article: Article) -> Found:
    """The best span of a whole article, cut at each of the places: on tune articles, one cut gave
    two in a hundred exact answers fewer. The product has time for it only where it looks best."""
    windows = [window for phase in range(PHASES) for window in grid(article, phase)]
    found = best_of(reader.read(question, windows), (0, len(article.body)))
    if found is None:
        raise ValueError(f"{article.slug} has no words")
    return found


def _is_right(item: Item, best: Found) -> bool:
    return item.near is not None and touches(best.span, [item.near])


def _share(fits: Sequence[bool]) -> float:
    return round(sum(fits) / len(fits), 3)


def main() -> None:
    """Read the tune articles and those that are harder, and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m training.tune", description=__doc__)
    parser.add_argument("checkpoints", type=Path, nargs="+", metavar="CHECKPOINT")
    encoder = load_encoder()
    model = ExtractiveReader(bert_of(encoder.model))
    states = [read_checkpoint(each) for each in parser.parse_args().checkpoints]
    model.load_own_state(unpack(pack(mean_of(states))))
    tokenizer = cast("PreTrainedTokenizerFast", encoder.model.tokenizer)
    reader = WindowReader(model.eval(), tokenizer)
    sets = {"tune": cluster_items("tune"), "harder": read_written("tune", folder=HARDER)}
    for name, items in sets.items():
        found = figures(reader, tqdm(Random(0).sample(items, QUESTIONS), desc=name))
        sys.stdout.write(f"{name}: {json.dumps(found)}\n")


if __name__ == "__main__":
    main()
