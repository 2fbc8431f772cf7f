"""Passages, their vectors and their terms in one list and one order; question in, hits out.

A passage is embedded twice, with its title and with its neighbours as well, which tell what
"they" and "the cluster" mean, and quoted without them. Dense and lexical scores, of the passage
and of its article, are added; `benchmarks/README.md` has the runs that set the weights.
"""

import hashlib
import json
import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder, Vectors
from index.files import replace_folder
from index.lexical import Lexicon, stemming_of
from index.passages import Passage, split
from knowledge.articles import Article
from knowledge.errors import KlyngesvarError

if TYPE_CHECKING:
    import faiss

Scores = NDArray[np.float32]

FORMAT = 1
# Beside the two dense scores, which count 1 each. Lexical scores go from 0 to 1, the others are
# standardised: BM25's long tail would drown the vectors.
LEXICAL, ARTICLE_LEXICAL, ARTICLE_DENSE = 3.0, 1.0, 0.5
# A language with fewer passages than this has no distribution of its own to standardise by.
FEWEST_PER_LANGUAGE = 20
_REBUILD = "Run: klyngesvar build"


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage and how well it fits the question; `score` adds up all that speaks for it."""

    passage: Passage
    row: int
    score: float
    dense: float
    lexical: float


@dataclass(frozen=True, slots=True)
class Index:
    """Row i of every array belongs to `passages[i]`."""

    passages: tuple[Passage, ...]
    embedded: int  # how many of them the encoder read for this index; the others were known
    lexicon: Lexicon = field(repr=False)
    encoder: Encoder = field(repr=False)
    _dense: "_Dense" = field(repr=False)
    _terms: "_Terms" = field(repr=False)
    _article_terms: "_Terms" = field(repr=False)
    _article_rows: NDArray[np.int64] = field(repr=False)  # row of a passage -> row of its article
    _language_rows: tuple[NDArray[np.int64], ...] = field(repr=False)

    def search(self, question: str, k: int) -> list[Hit]:
        """The k best passages, best first; fewer where there are fewer."""
        alone, in_context = map(self._by_language, self._dense.scores(question, self.encoder))
        terms = self.lexicon.query_terms(question)
        lexical = self._share_of_best(self._terms.scores(terms))
        article_lexical = _standardised(self._article_terms.scores(terms))[self._article_rows]
        dense = alone + in_context
        score = dense + LEXICAL * lexical + ARTICLE_LEXICAL * article_lexical
        score += ARTICLE_DENSE * self._best_of_article(in_context)
        best = np.argsort(-score, kind="stable")[:k]
        return [
            Hit(self.passages[row], int(row), *map(float, (score[row], dense[row], lexical[row])))
            for row in best
        ]

    @property
    def articles(self) -> tuple[Article, ...]:
        """Every article that has a passage, in their order."""
        return tuple({passage.article.slug: passage.article for passage in self.passages}.values())

    @property
    def version(self) -> str:
        """Changes with the encoder and with every text that was embedded."""
        parts = (str(self.encoder.identity), *_keys(_embedded_texts(self.passages)))
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]

    def rarity(self, term: str) -> float:
        """How telling a term is: BM25's inverse document frequency."""
        return self._terms.rarity(term)

    def save(self, folder: Path) -> None:
        """Write a folder that `load` accepts; the old one stays until the new one is whole."""
        replace_folder(folder, self.write)

    def write(self, folder: Path) -> None:
        """Write the files that `load` accepts into an empty folder."""
        self._dense.write(folder)
        manifest = {
            "format": FORMAT,
            "encoder": self.encoder.identity,
            "passages": _keys(_embedded_texts(self.passages)),
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        # Last: it vouches for the rest.
        (folder / "manifest.json").write_text(text, encoding="utf-8")

    def _by_language(self, scores: Scores) -> Scores:
        """Standardised within each language: E5 favours passages in the question's own."""
        standardised = _standardised(scores)
        for rows in self._language_rows:
            if len(rows) >= FEWEST_PER_LANGUAGE:
                standardised[rows] = _standardised(scores[rows])
        return standardised

    def _share_of_best(self, scores: Scores) -> Scores:
        """From 0 to 1, the best of each language being 1."""
        shares = np.zeros_like(scores)
        for rows in self._language_rows:
            shares[rows] = scores[rows] / max(float(scores[rows].max()), 1e-9)
        return shares

    def _best_of_article(self, scores: Scores) -> Scores:
        best = np.full(int(self._article_rows[-1]) + 1, -np.inf, np.float32)
        np.maximum.at(best, self._article_rows, scores)
        return best[self._article_rows]


@dataclass(frozen=True, slots=True)
class _Dense:
    """Two exact inner-product indexes: of the passages with their title, and in their context."""

    alone: "faiss.Index"
    in_context: "faiss.Index"

    def scores(self, question: str, encoder: Encoder) -> tuple[Scores, Scores]:
        """Cosine similarity with every passage, in the order of the rows."""
        vector = encoder.encode_query(question)[None, :]
        return _all_scores(self.alone, vector), _all_scores(self.in_context, vector)

    def write(self, folder: Path) -> None:
        """Two files of the index folder."""
        import faiss

        faiss.write_index(self.alone, str(folder / "alone.faiss"))
        faiss.write_index(self.in_context, str(folder / "in_context.faiss"))

    def vectors(self) -> Vectors:
        """All vectors, side by side: shape (n, 2, d)."""
        count = self.alone.ntotal
        pair = (self.alone.reconstruct_n(0, count), self.in_context.reconstruct_n(0, count))
        return np.stack(pair, axis=1)


def _all_scores(vectors: "faiss.Index", query: Vectors) -> Scores:
    # k = n: every score is needed to standardise, and no row can be padded with -1.
    found, rows = vectors.search(query, vectors.ntotal)
    scores = np.empty(vectors.ntotal, np.float32)
    scores[rows[0]] = found[0]
    return scores


def _flat(matrix: Vectors) -> "faiss.Index":
    import faiss

    vectors = faiss.IndexFlatIP(matrix.shape[1])
    vectors.add(np.ascontiguousarray(matrix))
    return vectors


def build(
    articles: Sequence[Article],
    lexicon: Lexicon,
    encoder: Encoder,
    known: Mapping[str, Vectors],
    progress: bool,
) -> Index:
    """Index these articles; passages whose vectors are in `known` are not embedded again."""
    passages = _split_all(articles)
    if not passages:
        raise KlyngesvarError("No article has any text to quote. Add one under articles/.")
    embedded = _embedded_texts(passages)
    keys = _keys(embedded)
    texts = dict(zip(keys, embedded, strict=True))
    missing = [key for key in texts if key not in known]
    flat = [text for key in missing for text in texts[key]]
    fresh = encoder.encode_passages(flat, progress) if flat else np.empty((0, 1), np.float32)
    pairs = dict(zip(missing, fresh.reshape(len(missing), 2, -1), strict=True)) if flat else {}
    vectors = np.stack([pairs[key] if key in pairs else known[key] for key in keys])
    dense = _Dense(_flat(vectors[:, 0]), _flat(vectors[:, 1]))
    return _assemble(passages, len(missing), lexicon, encoder, dense)


def load(folder: Path, articles: Sequence[Article], lexicon: Lexicon, encoder: Encoder) -> Index:
    """The index of exactly these articles and this encoder; a KlyngesvarError refuses others."""
    keys, dense = _read(folder, encoder)
    passages = _split_all(articles)
    if keys != _keys(_embedded_texts(passages)):
        raise KlyngesvarError(f"The articles have changed since {folder} was built. {_REBUILD}")
    return _assemble(passages, 0, lexicon, encoder, dense)


def known_vectors(folder: Path, encoder: Encoder) -> dict[str, Vectors]:
    """What an earlier build of this encoder knows, by passage key; nothing if it is unusable."""
    try:
        keys, dense = _read(folder, encoder)
    except KlyngesvarError:
        return {}
    return dict(zip(keys, dense.vectors(), strict=True))


def _read(folder: Path, encoder: Encoder) -> tuple[list[str], _Dense]:
    import faiss

    try:
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        keys = list(manifest["passages"])
        dense = _Dense(
            faiss.read_index(str(folder / "alone.faiss")),
            faiss.read_index(str(folder / "in_context.faiss")),
        )
    except (OSError, ValueError, LookupError, TypeError, RuntimeError) as error:
        raise KlyngesvarError(f"There is no whole index in {folder}. {_REBUILD}") from error
    if manifest.get("format") != FORMAT or manifest.get("encoder") != encoder.identity:
        raise KlyngesvarError(
            f"The index in {folder} was built by another version or with another encoder "
            f"({manifest.get('encoder')}, now {encoder.identity}). {_REBUILD}"
        )
    counts = (len(keys), dense.alone.ntotal, dense.in_context.ntotal)
    if len(set(counts)) > 1:
        raise KlyngesvarError(
            f"The index in {folder} is damaged: its parts hold {counts} passages. {_REBUILD}"
        )
    return keys, dense


def _split_all(articles: Sequence[Article]) -> tuple[Passage, ...]:
    return tuple(passage for article in articles for passage in split(article))


def _assemble(
    passages: tuple[Passage, ...],
    embedded: int,
    lexicon: Lexicon,
    encoder: Encoder,
    dense: _Dense,
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
        embedded,
        lexicon,
        encoder,
        dense,
        _Terms(terms, b=0.75),
        _Terms(articles, b=0.4),  # long articles are not less about their subject
        article_rows,
        _rows_by_language(passages),
    )


def _rows_by_language(passages: Iterable[Passage]) -> tuple[NDArray[np.int64], ...]:
    rows: dict[str, list[int]] = {}
    for row, passage in enumerate(passages):
        rows.setdefault(stemming_of(passage.article.language), []).append(row)
    return tuple(np.array(found) for found in rows.values())


class _Terms:
    """BM25 (bm25s, Lucene's variant) over lists of terms."""

    def __init__(self, documents: Sequence[Sequence[str]], b: float) -> None:
        import bm25s

        logging.getLogger("bm25s").setLevel(logging.WARNING)  # which importing it sets to DEBUG
        self._ids: dict[str, int] = {}
        ids = [
            [self._ids.setdefault(term, len(self._ids)) for term in terms] for terms in documents
        ]
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


def _embedded_texts(passages: Sequence[Passage]) -> list[tuple[str, str]]:
    """What the encoder reads for each passage: with its title, and with its neighbours as well."""
    return [
        (f"{passage.article.title}: {passage.text}", window(passages, row))
        for row, passage in enumerate(passages)
    ]


def window(passages: Sequence[Passage], row: int) -> str:
    """The title, the passage before, the passage, the one after."""
    article = passages[row].article
    around = passages[max(row - 1, 0) : row + 2]
    return " ".join([f"{article.title}:", *(p.text for p in around if p.article is article)])


def _keys(embedded: Iterable[tuple[str, str]]) -> list[str]:
    """A name for each passage's vectors: the hash of the texts they were embedded from."""
    return [
        hashlib.sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:24]
        for texts in embedded
    ]


def _standardised(scores: Scores) -> Scores:
    spread = scores.std()
    return (scores - scores.mean()) / spread if spread > 0 else np.zeros_like(scores)
