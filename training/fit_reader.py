"""python -m training.fit_reader [--lexical]: fits a reader's weights, and shows what they give.

A conditional logit over the passages found and "none of them" (McFadden 1974), on the golden
questions and on questions of clusters-qa that name something of their article: the first show what
a register of clusters is worth, the second are look-alikes in three languages. The trained reader
is fitted on the `tune` articles, which it was not trained on, the other (`--lexical`) on `train`
as well. The `dev` articles are asked about last and nothing is fitted on them.
"""

import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray

from index import reader, reader_neural
from index.encoder import load_encoder
from index.engine import READ, load_engine
from index.lexical import Lexicon
from index.names import Names
from index.passages import Passage
from index.paths import cache_folder
from index.question import Question, understand
from index.reader import LexicalReader, Reader
from index.search import Index
from knowledge.articles import read_articles
from knowledge.paths import KNOWLEDGE
from knowledge.questions import Proof, read_questions
from knowledge.register import make_register
from training.data import Item, Split, read_cluster_articles, read_clusters
from training.naming import Naming
from training.retrieval import BatchedQueries, build_index

MOST = 500  # questions of each set
SEED = 0
RULES = ("other", "elsewhere", "other year", "other level")  # kept as they are
THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9)


@dataclass(frozen=True, slots=True)
class Example:
    """What was read for one question: features (n, f), and the rows that are right."""

    features: NDArray[np.float32]
    right: tuple[int, ...]
    is_answerable: bool


def main() -> None:
    """Fit, and print the weights and what they give on each set."""
    is_lexical = "--lexical" in sys.argv[1:]
    cluster_sets = Clusters(is_lexical)
    fitted = {
        "clusters-qa": cluster_sets.examples("train", "tune")
        if is_lexical
        else cluster_sets.examples("tune"),
        "golden": golden_examples(is_lexical),
    }
    weights, bias = fit(list(fitted.values()), is_lexical)
    for name, weight in zip(_weights(is_lexical), weights, strict=True):
        sys.stdout.write(f'    "{name}": {weight:.2f},\n')
    sys.stdout.write(f"BIAS = {bias:.2f}\n")
    for name, examples in {**fitted, "dev": cluster_sets.examples("dev")}.items():
        sys.stdout.write("\n".join(table(name, examples, weights, bias)) + "\n")


def _weights(is_lexical: bool) -> dict[str, float]:
    return reader.WEIGHTS if is_lexical else reader_neural.WEIGHTS


class Clusters:
    """The questions of clusters-qa, asked over all of its articles."""

    def __init__(self, is_lexical: bool) -> None:
        """Index the articles, or take over what an earlier run made of them."""
        self._articles = read_cluster_articles()
        self._naming = Naming(self._articles)
        encoder = load_encoder()
        self._encoder = BatchedQueries(encoder)
        folder = cache_folder() / "training" / "clusters-qa"
        self._index = build_index(self._articles, self._encoder, folder)
        self._names = Names(make_register(()), self._articles, self._index.lexicon)
        lexical = LexicalReader(self._index, self._names)
        self._reader: Reader = (
            lexical if is_lexical else reader_neural.NeuralReader(lexical, encoder)
        )

    def examples(self, *splits: Split) -> list[Example]:
        """A sample of those that name something of their article."""
        items = [
            item
            for item in read_clusters(self._articles, *splits)
            if self._naming.names_its_article(item.question, item.article)
        ]
        items = random.Random(SEED).sample(items, min(MOST, len(items)))
        self._encoder.prepare(item.question for item in items)
        return [_example_of(item, self._index, self._names, self._reader) for item in items]


def _example_of(item: Item, index: Index, names: Names, read: Reader) -> Example:
    question = _understand(item.question, index.lexicon, names)

    def is_right(passage: Passage) -> bool:
        return (
            item.answer is not None
            and passage.article is item.article
            and passage.start <= item.answer[0] < passage.end
        )

    found = [] if question.unknown else read.read(question, index.search(question.text, READ))
    return _example(
        [reading.features for reading in found],
        [is_right(reading.passage) for reading in found],
        item.answer is not None,
    )


def golden_examples(is_lexical: bool) -> list[Example]:
    """The golden questions, asked over the product's own articles."""
    engine = load_engine(KNOWLEDGE, progress=True)
    if is_lexical:
        engine = replace(engine, reader=LexicalReader(engine.index, engine.names))
    examples = []
    for golden in read_questions(
        KNOWLEDGE / "questions.yaml", read_articles(KNOWLEDGE / "articles")
    ):
        question = engine.understand(golden.question, None)
        found = [] if question.unknown else engine.read(question)
        right = [any(_proves(proof, r.passage) for proof in golden.proofs) for r in found]
        features = [reading.features for reading in found]
        examples.append(_example(features, right, not golden.unanswerable))
    return examples


def _understand(text: str, lexicon: Lexicon, names: Names) -> Question:
    found = names.in_question(text)
    return understand(text, None, lexicon, found.known, found.unknown)


def _proves(proof: Proof, passage: Passage) -> bool:
    if proof.article != passage.article.slug:
        return False
    start = passage.article.body.index(proof.text)
    return passage.start < start + len(proof.text) and start < passage.end


def _example(
    features: Sequence[Sequence[tuple[str, float]]], right: Sequence[bool], is_answerable: bool
) -> Example:
    matrix = np.array([[value for _, value in row] for row in features], np.float32)
    rows = tuple(row for row, fits in enumerate(right) if fits)
    return Example(matrix, rows, is_answerable)


def fit(sets: Sequence[Sequence[Example]], is_lexical: bool) -> tuple[NDArray[np.float32], float]:
    """Weights and bias; each set counts as much as another, however many questions it has."""
    known = _weights(is_lexical)
    weights = torch.tensor(list(known.values()), requires_grad=True)
    bias = torch.tensor(reader.BIAS if is_lexical else reader_neural.BIAS, requires_grad=True)
    start = weights.detach().clone()
    fixed = torch.tensor([name in RULES for name in known])
    usable = [
        (torch.from_numpy(example.features), example, 1 / len(examples))
        for examples in sets
        for example in examples
        if len(example.features) and (example.right or not example.is_answerable)
    ]
    optimiser = torch.optim.LBFGS([weights, bias], max_iter=300, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        used = torch.where(fixed, start, weights)
        loss = 0.002 * (used * used).sum()
        for features, example, share in usable:
            loss = loss - share * _log_likelihood(features @ used + bias, example)
        loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        return loss

    optimiser.step(closure)  # type: ignore[no-untyped-call]  # torch leaves it untyped
    return torch.where(fixed, start, weights).detach().numpy(), float(bias.detach())


def _log_likelihood(scores: torch.Tensor, example: Example) -> torch.Tensor:
    """That a right passage, or none where none is, is chosen among all."""
    choices = torch.cat([torch.zeros(1), scores]).log_softmax(0)
    right = [row + 1 for row in example.right] if example.is_answerable else [0]
    return choices[right].logsumexp(0)


def table(
    name: str, examples: Sequence[Example], weights: NDArray[np.float32], bias: float
) -> list[str]:
    """For each threshold: answered right, answered wrong, and answered though nothing is there."""
    best = [_best(example, weights, bias) for example in examples]
    there = [pair for pair, example in zip(best, examples, strict=True) if example.is_answerable]
    absent = [
        pair for pair, example in zip(best, examples, strict=True) if not example.is_answerable
    ]
    lines = [
        f"{name}: {len(there)} answerable, {len(absent)} not",
        "at least   right   wrong   false",
    ]
    for least in THRESHOLDS:
        right = np.mean([chance >= least and fits for chance, fits in there])
        wrong = np.mean([chance >= least and not fits for chance, fits in there])
        false = np.mean([chance >= least for chance, _ in absent])
        lines.append(f"{least:8.2f}{right:8.3f}{wrong:8.3f}{false:8.3f}")
    return lines


def _best(example: Example, weights: NDArray[np.float32], bias: float) -> tuple[float, bool]:
    if not len(example.features):
        return 0.0, False
    scores = example.features @ weights + bias
    row = int(scores.argmax())
    return float(1 / (1 + np.exp(-scores[row]))), row in example.right


if __name__ == "__main__":
    main()
