"""python -m training.fit_reader: fits `index/calibration.json` and shows what it gives.

Two fits, one after the other. Which passage: a conditional logit over those found and "none of
them" (McFadden 1974). Whether the best one answers: a logistic regression on it and its rivals.
The least probability of a firm answer is the lowest at which, with every article judged by a fit
that has not seen it and each set counting as much as another, at most 3 % of the firm answers to
answerable questions are wrong, and at most 3 % of the others are answered firmly.

Fitted on questions about the product's own articles, the golden ones and those in
`training/questions.yaml`, and on other articles that the reader was not trained on: the `tune`
splits of clusters-qa and of those written for training, and general ones, half of which are left
out of what is searched. The `dev` articles of clusters-qa are asked about last, and nothing is
fitted on them.
"""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, replace
from itertools import chain
from pathlib import Path
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray
from tqdm import tqdm  # type: ignore[import-untyped]

from index.answer import newest
from index.calibration import FILE, Calibration, Features, Weights, probability
from index.encoder import SentenceEncoder, load_encoder
from index.engine import SHIPPED, UNTRAINED
from index.lexical import Lexicon
from index.paths import cache_folder
from index.reader import RULES
from index.verdict import verdict_features
from knowledge.paths import KNOWLEDGE
from training.asking import Asked, Corpus, ask_product, make_corpus, product_engine
from training.data import read_cluster_articles, read_clusters
from training.item import Item, articles_of, hashed
from training.retrieval import product_lexicon
from training.scores import decided, figures, judge
from training.written import ELSEWHERE, GENERAL, read_written

QUESTIONS = Path(__file__).parent / "questions.yaml"
MOST = 600  # questions of each set that are fitted on
WRONG, FALSE = 0.03, 0.03  # most of the answers that are wrong, of the others that are answered
MAYBE = 0.2  # offered as uncertain where one in five would be right
FOLDS = 5
NAMES = {UNTRAINED: "none", SHIPPED: "trained"}
Matrix = NDArray[np.float32]


def main() -> None:
    """Fit both readers, write the file and print the figures."""
    encoder = load_encoder()
    found = {NAMES[reader]: fit(encoder, reader) for reader in (UNTRAINED, SHIPPED)}
    FILE.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps({name: each["figures"] for name, each in found.items()}, indent=1))


def fit(encoder: SentenceEncoder, reader: str) -> dict[str, object]:
    """A reader's part of the file."""
    corpus = clusters_corpus(product_lexicon(), encoder, reader)
    product = product_engine(encoder, reader)
    sets = {
        "golden": ask_product(product, KNOWLEDGE / "questions.yaml"),
        "product": ask_product(product, QUESTIONS),
        "clusters-qa": ask(corpus, read_clusters(read_cluster_articles(), "tune"), MOST),
        "written": ask_written(encoder, reader),
        "elsewhere": ask_elsewhere(encoder, reader),
    }
    passage, verdict = fit_weights(list(sets.values()))
    answer = answer_threshold(held_out(list(sets.values())))
    calibration = Calibration(passage, verdict, answer, MAYBE)
    sets["dev"] = ask(corpus, read_clusters(read_cluster_articles(), "dev"), 0)
    return {
        "passage": _record(passage),
        "verdict": _record(verdict),
        "answer": answer,
        "maybe": MAYBE,
        "figures": {
            name: figures(
                [
                    judge(asked, decided(_rescored(asked, passage), corpus.names, calibration))
                    for asked in each
                ]
            )
            for name, each in sets.items()
        },
    }


def clusters_corpus(lexicon: Lexicon, encoder: SentenceEncoder, reader: str) -> Corpus:
    """All of clusters-qa."""
    folder = cache_folder() / "training" / "clusters-qa"
    return make_corpus(read_cluster_articles(), lexicon, encoder, folder, reader)


def ask_written(encoder: SentenceEncoder, reader: str) -> list[Asked]:
    """The written articles that were not trained on, asked about among themselves."""
    items = read_written("tune")
    folder = cache_folder() / "training" / "written"
    every = tuple(articles_of(items).values())
    return ask(make_corpus(every, product_lexicon(), encoder, folder, reader), items, MOST)


def ask_elsewhere(encoder: SentenceEncoder, reader: str) -> list[Asked]:
    """General articles, half of which are left out: what only these tell is in none that is
    searched. Among others that were trained on, and are not asked about."""
    items = read_written("train", "tune", folder=ELSEWHERE)
    absent = articles_of(i for i in items if hashed(i.article.slug)[1] % 2)
    beside = read_written("tune", folder=GENERAL)
    searched = articles_of(i for i in [*items, *beside] if i.article.slug not in absent)
    corpus = make_corpus(
        tuple(searched.values()),
        product_lexicon(),
        encoder,
        cache_folder() / "training" / "elsewhere",
        reader,
        tuple(absent.values()),
    )
    there = [item for item in items if item.article.slug in searched]
    lacking = [replace(i, answer=None) for i in items if i.article.slug in absent]
    named = [i for i in lacking if corpus.naming.names_its_article(i.question, i.article)]
    return ask(corpus, [*there, *named], MOST)


def ask(corpus: Corpus, items: Sequence[Item], most: int) -> list[Asked]:
    """Ask a sample of these."""
    return [corpus.ask(item) for item in tqdm(sample(items, most), desc="asking")]


def sample(items: Sequence[Item], most: int) -> list[Item]:
    """So many of these, the same each time; 0 for all of them."""
    return Random(0).sample(items, most) if 0 < most < len(items) else list(items)


def fit_weights(sets: Sequence[Sequence[Asked]]) -> tuple[Weights, Weights]:
    """Of a passage's features and, in the order that these give, of a verdict's."""
    passage = fit_passages(sets)
    return passage, fit_verdict([[_rescored(asked, passage) for asked in each] for each in sets])


def fit_passages(sets: Sequence[Sequence[Asked]]) -> Weights:
    """Weights of a passage's features; each set counts as much as another."""
    names = _feature_names(chain.from_iterable(sets))
    usable = [
        (
            _matrix([r.features for r in asked.readings], names),
            _targets(asked),
            1 / len(each),
        )
        for each in sets
        for asked in each
        if asked.readings and (asked.is_answerable is any(_rights(asked)))
    ]

    def loss(weights: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        return -sum(
            (
                share * _log_likelihood(torch.from_numpy(features) @ weights + bias, targets)
                for features, targets, share in usable
            ),
            start=torch.zeros(()),
        )

    return _minimised(loss, names, RULES)


def fit_verdict(sets: Sequence[Sequence[Asked]]) -> Weights:
    """Weights of a verdict's features; each set counts as much as another."""
    usable = [(asked, 1 / len(each)) for each in sets for asked in each if asked.readings]
    found = [_verdict_row(asked) for asked, _ in usable]
    names = [name for name, _ in found[0][0]]
    features = torch.from_numpy(_matrix([row for row, _ in found], names))
    right = torch.tensor([float(fits) for _, fits in found])
    weight = torch.tensor([share for _, share in usable])

    def loss(weights: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        each = torch.nn.functional.binary_cross_entropy_with_logits(
            features @ weights + bias, right, reduction="none"
        )
        return (weight * each).sum()

    return _minimised(loss, names, {})


@dataclass(frozen=True, slots=True)
class Held:
    """What fits that have not seen a question's article make of it."""

    chance: float
    is_right: bool
    is_answerable: bool
    share: float  # what it counts


def held_out(sets: Sequence[Sequence[Asked]]) -> list[Held]:
    """Every question, judged by fits that have not seen its article."""
    found = []
    for fold in range(FOLDS):
        passage, verdict = fit_weights([[a for a in e if _fold(a) != fold] for e in sets])
        found += [
            _held(_rescored(asked, passage), verdict, 1 / len(each))
            for each in sets
            for asked in each
            if _fold(asked) == fold
        ]
    return found


def _fold(asked: Asked) -> int:
    return hashed(asked.group)[2] % FOLDS


def _held(asked: Asked, verdict: Weights, share: float) -> Held:
    if not asked.readings:
        return Held(0.0, False, asked.is_answerable, share)
    features, is_right = _verdict_row(asked)
    return Held(probability(verdict.logit(features)), is_right, asked.is_answerable, share)


def answer_threshold(held: Sequence[Held]) -> float:
    """The least probability from which few enough answers are wrong, and few false."""
    chance, right, there, share = (
        np.array(column) for column in zip(*map(astuple, held), strict=True)
    )
    for least in np.arange(0.5, 0.995, 0.005):
        answered, false = share * (chance >= least) * there, share * (chance >= least) * ~there
        wrong = (answered * ~right).sum()
        if wrong <= WRONG * answered.sum() and false.sum() <= FALSE * (share * ~there).sum():
            return round(float(least), 3)
    return 0.995


def _verdict_row(asked: Asked) -> tuple[Features, bool]:
    """What the verdict rests on, and whether the reading chosen is right."""
    chosen = newest(asked.question, asked.readings)
    features = verdict_features(asked.question, chosen, asked.readings)
    return features, asked.is_right(chosen.passage)


def _rescored(asked: Asked, weights: Weights) -> Asked:
    """The readings in the order that these weights give."""
    readings = [replace(r, score=weights.logit(r.features)) for r in asked.readings]
    return replace(asked, readings=tuple(sorted(readings, key=lambda each: -each.score)))


def _rights(asked: Asked) -> list[bool]:
    return [asked.is_right(reading.passage) for reading in asked.readings]


def _targets(asked: Asked) -> list[int]:
    """Rows that are right among "none of them" (0) and the readings."""
    return [row + 1 for row, fits in enumerate(_rights(asked)) if fits] or [0]


def _feature_names(asked: "chain[Asked]") -> list[str]:
    readings = next(each.readings for each in asked if each.readings)
    return [name for name, _ in readings[0].features]


def _matrix(rows: Sequence[Features], names: Sequence[str]) -> Matrix:
    return np.array([[dict(row)[name] for name in names] for row in rows], np.float32)


def _log_likelihood(scores: torch.Tensor, targets: Sequence[int]) -> torch.Tensor:
    """That a right passage, or none where none is, is chosen among all."""
    return torch.cat([torch.zeros(1), scores]).log_softmax(0)[list(targets)].logsumexp(0)


def _minimised(
    loss: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
    names: Sequence[str],
    rules: dict[str, float],
) -> Weights:
    """The weights of least loss, a little drawn towards nothing; rules stay as they are."""
    weights = torch.zeros(len(names), requires_grad=True)
    bias = torch.zeros((), requires_grad=True)
    fixed = torch.tensor([name in rules for name in names])
    ruled = torch.tensor([rules.get(name, 0.0) for name in names])
    optimiser = torch.optim.LBFGS([weights, bias], max_iter=300, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        used = torch.where(fixed, ruled, weights)
        value = loss(used, bias) + 0.002 * (weights * weights).sum()
        value.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        return value

    optimiser.step(closure)  # type: ignore[no-untyped-call]  # torch leaves it untyped
    used = torch.where(fixed, ruled, weights.detach())
    return Weights(float(bias.detach()), dict(zip(names, used.tolist(), strict=True)))


def _record(weights: Weights) -> dict[str, float]:
    return {"bias": round(weights.bias, 3), **{n: round(w, 3) for n, w in weights.of.items()}}


if __name__ == "__main__":
    main()
