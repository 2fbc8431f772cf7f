"""Passages, their vectors and their terms in one list and one order; question in, hits out.

A passage is embedded with its title and its neighbours, which tell what "they" and "the cluster"
mean, and quoted without them. Dense and lexical scores, of the sentence and of its article, are
standardised and added; `benchmarks/README.md` has the runs that set the weights.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder, Vectors
from index.files import replace_folder
from index.lexical import Lexicon, stemming_of
from index.passages import Passage, split
from knowledge.articles import Article
from knowledge.errors import KlyngesvarError

Scores = NDArray[np.float32]

FORMAT = 1
LEXICAL, ARTICLE_LEXICAL, ARTICLE_DENSE = 0.5, 2.0, 1.0  # beside dense = 1
# A language with fewer passages than this has no distribution of its own to standardise by.
FEWEST_PER_LANGUAGE = 20
_REBUILD = "Run: klyngesvar build"


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage and how well it fits the question; scores are standard deviations above average."""

    passage: Passage
    row: int
    score: float
    dense: float
    lexical: float


@dataclass(frozen=True, slots=True)
class Index:
    """Row i of every array belongs to `passages[i]`."""

    passages: tuple[Passage, ...]
    lexicon: Lexicon = field(repr=False)
    encoder: Encoder = field(repr=False)
    vectors: Any = field(repr=False)  # faiss.IndexFlatIP
    _terms: "_Terms" = field(repr=False)
    _article_terms: "_Terms" = field(repr=False)
    _article_rows: NDArray[np.int64] = field(repr=False)  # row of a passage -> row of its article
    _language_rows: tuple[NDArray[np.int64], ...] = field(repr=False)

    def search(self, question: str, k: int) -> list[Hit]:
        """The k best passages, best first; fewer where there are fewer."""
        dense = self._by_language(self._dense(question))
        terms = self.lexicon.query_terms(question)
        lexical = self._by_language(self._terms.scores(terms))
        article_lexical = _standardised(self._article_terms.scores(terms))[self._article_rows]
        score = dense + LEXICAL * lexical + ARTICLE_LEXICAL * article_lexical
        score += ARTICLE_DENSE * self._best_of_article(dense)
        best = np.argsort(-score, kind="stable")[:k]
        return [
            Hit(self.passages[row], int(row), float(score[row]), float(dense[row]), float(lexical[row]))
            for row in best
        ]

    def rarity(self, term: str) -> float:
        """How telling a term is: BM25's inverse document frequency."""
        return self._terms.rarity(term)

    def save(self, folder: Path) -> None:
        """Write a folder that `load` accepts; the old one stays until the new one is whole."""
        replace_folder(folder, self._write)

    def _write(self, folder: Path) -> None:
        import faiss

        faiss.write_index(self.vectors, str(folder / "vectors.faiss"))
        manifest = {
            "format": FORMAT,
            "encoder": self.encoder.identity,
            "passages": _keys(self.passages),
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        (folder / "manifest.json").write_text(text, encoding="utf-8")  # last: it vouches for the rest

    def _dense(self, question: str) -> Scores:
        count = len(self.passages)
        # k = n: every passage's score is needed to standardise, and no row can be padded with -1.
        found, rows = self.vectors.search(self.encoder.encode_query(question)[None, :], count)
        scores = np.empty(count, np.float32)
        scores[rows[0]] = found[0]
        return scores

    def _by_language(self, scores: Scores) -> Scores:
        """Standardised within each language: E5 favours passages in the question's own."""
        standardised = _standardised(scores)
        for rows in self._language_rows:
            standardised[rows] = _standardised(scores[rows])
        return standardised

    def _best_of_article(self, scores: Scores) -> Scores:
        best = np.full(int(self._article_rows[-1]) + 1, -np.inf, np.float32)
        np.maximum.at(best, self._article_rows, scores)
        return best[self._article_rows]


def build(
    articles: Sequence[Article], lexicon: Lexicon, encoder: Encoder, known: Mapping[str, Vectors], progress: bool
) -> Index:
    """Index these articles; passages whose vector is in `known` are not embedded again."""
    passages = tuple(passage for article in articles for passage in split(article))
    if not passages:
        raise KlyngesvarError("No article has any text to quote. Add one under articles/.")
    keys = _keys(passages)
    texts = dict(zip(keys, embedded_texts(passages), strict=True))
    missing = [key for key in texts if key not in known]
    fresh = encoder.encode_passages([texts[key] for key in missing], progress) if missing else []
    vector = {**known, **dict(zip(missing, fresh, strict=True))}
    return _assemble(passages, lexicon, encoder, _flat([vector[key] for key in keys]))


def _flat(rows: Sequence[Vectors]) -> Any:
    import faiss

    matrix = np.stack(rows).astype(np.float32)
    vectors = faiss.IndexFlatIP(matrix.shape[1])
    vectors.add(matrix)
    return vectors


def load(folder: Path, articles: Sequence[Article], lexicon: Lexicon, encoder: Encoder) -> Index:
    """Load the index of exactly these articles and this encoder, or refuse with a KlyngesvarError."""
    keys, vectors = _read(folder, encoder)
    passages = tuple(passage for article in articles for passage in split(article))
    if keys != _keys(passages):
        raise KlyngesvarError(f"The articles have changed since {folder} was built. {_REBUILD}")
    return _assemble(passages, lexicon, encoder, vectors)


def known_vectors(folder: Path, encoder: Encoder) -> dict[str, Vectors]:
    """What an earlier build of this encoder knows, by passage key; nothing where it is unusable."""
    try:
        keys, vectors = _read(folder, encoder)
    except KlyngesvarError:
        return {}
    return dict(zip(keys, vectors.reconstruct_n(0, len(keys)), strict=True))


def _read(folder: Path, encoder: Encoder) -> tuple[list[str], Any]:
    import faiss

    try:
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        vectors = faiss.read_index(str(folder / "vectors.faiss"))
    except (OSError, ValueError, RuntimeError) as error:
        raise KlyngesvarError(f"There is no whole index in {folder}. {_REBUILD}") from error
    if manifest.get("format") != FORMAT or manifest.get("encoder") != encoder.identity:
        raise KlyngesvarError(
            f"The index in {folder} was built by another version or with another encoder "
            f"({manifest.get('encoder')}, now {encoder.identity}). {_REBUILD}"
        )
    keys = manifest["passages"]
    if len(keys) != vectors.ntotal:
        raise KlyngesvarError(
            f"The index in {folder} is damaged: {len(keys)} passages but {vectors.ntotal} vectors. "
            + _REBUILD
        )
    return keys, vectors


def _assemble(
    passages: tuple[Passage, ...], lexicon: Lexicon, encoder: Encoder, vectors: Any
) -> Index:
    terms = [lexicon.passage_terms(p.text, p.article.language) for p in passages]
    slugs: dict[str, int] = {}
    article_rows = np.array([slugs.setdefault(p.article.slug, len(slugs)) for p in passages])
    articles: list[list[str]] = [[] for _ in slugs]
    for passage_terms, row in zip(terms, article_rows, strict=True):
        articles[row] += passage_terms
    for article in {p.article.slug: p.article for p in passages}.values():
        head = f"{article.title} {article.publisher}"
        articles[slugs[article.slug]] += lexicon.passage_terms(head, article.language)
    return Index(
        passages,
        lexicon,
        encoder,
        vectors,
        _Terms(terms, b=0.75),
        _Terms(articles, b=0.4),  # long articles are not less about their subject
        article_rows,
        _rows_by_language(passages),
    )


def _rows_by_language(passages: Iterable[Passage]) -> tuple[NDArray[np.int64], ...]:
    rows: dict[str, list[int]] = {}
    for row, passage in enumerate(passages):
        rows.setdefault(stemming_of(passage.article.language), []).append(row)
    return tuple(np.array(found) for found in rows.values() if len(found) >= FEWEST_PER_LANGUAGE)


class _Terms:
    """BM25 (bm25s, Lucene's variant) over lists of terms."""

    def __init__(self, documents: Sequence[Sequence[str]], b: float) -> None:
        import bm25s

        self._ids: dict[str, int] = {}
        ids = [[self._ids.setdefault(term, len(self._ids)) for term in terms] for terms in documents]
        self._counts = Counter(term for terms in documents for term in set(terms))
        self._size = len(documents)
        self._bm25 = bm25s.BM25(method="lucene", k1=1.2, b=b)
        self._bm25.index((ids, self._ids), show_progress=False)

    def scores(self, terms: Iterable[str]) -> Scores:
        ids = [self._ids[term] for term in terms if term in self._ids]
        if not ids:
            return np.zeros(self._size, np.float32)
        return np.asarray(self._bm25.get_scores_from_ids(ids), np.float32)

    def rarity(self, term: str) -> float:
        count = self._counts[term]
        return float(np.log(1 + (self._size - count + 0.5) / (count + 0.5)))


def embedded_texts(passages: Sequence[Passage]) -> list[str]:
    """What the encoder reads for each passage: title, the one before, itself, the one after."""
    return [
        " ".join([f"{passage.article.title}:", *_with_neighbours(passages, row)])
        for row, passage in enumerate(passages)
    ]


def _with_neighbours(passages: Sequence[Passage], row: int) -> list[str]:
    around = passages[max(row - 1, 0) : row + 2]
    return [passage.text for passage in around if passage.article is passages[row].article]


def _keys(passages: Sequence[Passage]) -> list[str]:
    """A name for each passage's vector: the hash of the text it was embedded from."""
    return [
        hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]
        for text in embedded_texts(passages)
    ]


def _standardised(scores: Scores) -> Scores:
    spread = scores.std()
    return (scores - scores.mean()) / spread if spread > 0 else np.zeros_like(scores)
