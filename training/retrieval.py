"""The real retriever over clusters-qa, and the negatives that it finds."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from index.encoder import Encoder, SentenceEncoder, Vectors
from index.lexical import Lexicon
from index.search import Index, build, known_vectors
from index.spans import Span
from knowledge.articles import Article
from knowledge.glossary import read_glossary
from knowledge.paths import KNOWLEDGE
from training.item import Item

SAME, OTHER = 6, 8  # passages kept of the question's own article, and of others


@dataclass(slots=True)
class BatchedQueries:
    """An encoder that has embedded all questions beforehand, in batches."""

    encoder: SentenceEncoder
    vectors: dict[str, Vectors] = field(default_factory=dict, repr=False)

    @property
    def identity(self) -> dict[str, str]:
        """The encoder's own: its vectors are the same."""
        return self.encoder.identity

    def prepare(self, questions: Iterable[str]) -> None:
        """Embed these questions."""
        texts = sorted(set(questions) - set(self.vectors), key=len)
        prompted = [self.encoder.query_prompt + text for text in texts]
        found = self.encoder.model.encode(prompted, batch_size=64, normalize_embeddings=True)
        self.vectors.update(zip(texts, np.asarray(found, np.float32), strict=True))

    def encode_query(self, text: str) -> Vectors:
        """One question -> shape (d,)."""
        if text not in self.vectors:
            self.vectors[text] = self.encoder.encode_query(text)
        return self.vectors[text]

    def encode_passages(self, texts: Sequence[str], progress: bool) -> Vectors:
        """n texts -> shape (n, d)."""
        return self.encoder.encode_passages(texts, progress)


def product_lexicon() -> Lexicon:
    """The product's own glossary, ready to be searched with."""
    return Lexicon(read_glossary(KNOWLEDGE / "glossary.yaml"))


def build_index(
    articles: Sequence[Article], lexicon: Lexicon, encoder: Encoder, folder: Path
) -> Index:
    """The product's index of these articles; vectors found in `folder` are not made again."""
    known = known_vectors(folder, encoder)
    index = build(articles, lexicon, encoder, known, progress=True)
    if len(index.passages) > len(known):
        index.save(folder)
    return index


@dataclass(frozen=True, slots=True)
class Mined:
    """What the retriever ranks high for a question without being the answer's sentence."""

    same: tuple[Span, ...]
    other: tuple[tuple[str, int, int], ...]  # article, start, end


def mine(items: Sequence[Item], index: Index, file: Path) -> None:
    """Write down what the retriever ranks high for each question."""
    rows = [[item.article.slug, item.question, *_mine(item, index)] for item in items]
    file.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def read_mined(file: Path) -> dict[tuple[str, str], Mined]:
    """What `mine` wrote, by article and question."""
    return {
        (slug, question): Mined(
            tuple((start, end) for start, end in same),
            tuple((article, start, end) for article, start, end in other),
        )
        for slug, question, same, other in json.loads(file.read_text("utf-8"))
    }


def _mine(item: Item, index: Index) -> tuple[list[Span], list[tuple[str, int, int]]]:
    same: list[Span] = []
    other: list[tuple[str, int, int]] = []
    for hit in index.search(item.question, 120):
        passage = hit.passage
        if passage.article.slug != item.article.slug:
            other.append((passage.article.slug, passage.start, passage.end))
        elif item.answer is None or not (passage.start <= item.answer[0] < passage.end):
            same.append((passage.start, passage.end))
    return same[:SAME], other[:OTHER]
