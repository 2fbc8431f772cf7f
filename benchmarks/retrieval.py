"""`python -m benchmarks.retrieval`: does search find the right article and the right sentence?

NorQuAD's 472 validation questions over all its 755 texts, with the product's own index.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from benchmarks.data import DATA, missing, read_lines, save
from benchmarks.metrics import hit_rate, ndcg, rank_of
from index.encoder import Encoder, load_encoder
from index.lexical import Lexicon
from index.passages import Passage
from index.paths import cache_folder
from index.percentile import percentile
from index.search import Index, build, known_vectors
from knowledge.articles import Article
from training.retrieval import product_lexicon

NORQUAD = DATA / "norquad"
COMMAND = "python -m benchmarks.retrieval"
# Deep enough that ten articles are among them; what lies deeper counts as not found.
DEPTH = 1000
STEP = 50  # articles embedded between two saves
FIGURES = {
    "article nDCG@10": "article_ndcg_10",
    "sentence hit@1": "sentence_hit_1",
    "sentence hit@10": "sentence_hit_10",
    "sentence hit@48": "sentence_hit_48",
    "ms a query, p50": "ms_p50",
    "ms a query, p95": "ms_p95",
}


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and where in which text its answer begins."""

    text: str
    context: str
    answer_start: int


@dataclass(frozen=True, slots=True)
class Found:
    """Where the right article and the right sentence came, and how long the search took."""

    article: int | None
    sentence: int | None
    ms: float


def main() -> int:
    """Measure, print a table and keep the figures."""
    if absent := missing(NORQUAD):
        sys.stdout.write(f"{absent}\n")
        return 0
    questions = read_questions(NORQUAD / "validation.json")
    articles = read_articles(NORQUAD / "contexts.jsonl")
    encoder = load_encoder()
    folder = cache_folder() / "benchmarks" / "norquad"
    rows = {}
    embed(articles, encoder, folder)
    known = known_vectors(folder, encoder)
    for name, lexicon in (("with the glossary", product_lexicon()), ("without it", Lexicon(()))):
        index = build(articles, lexicon, encoder, known, progress=False)
        rows[name] = figures([look_up(index, question) for question in questions])
    sys.stdout.write(table(rows))
    sizes = {"questions": len(questions), "articles": len(articles)}
    file = save("retrieval", COMMAND, {**sizes, "passages": len(index.passages), "runs": rows})
    sys.stdout.write(f"\n{len(questions)} questions; saved as {file}\n")
    return 0


def read_questions(file: Path) -> list[Question]:
    """NorQuAD's questions; the first answer is the one that counts."""
    documents = json.loads(file.read_text("utf-8"))["data"]
    return [
        Question(row["question"], paragraph["context"], row["answers"][0]["answer_start"])
        for document in documents
        for paragraph in document["paragraphs"]
        for row in paragraph["qas"]
    ]


def read_articles(file: Path) -> list[Article]:
    """Each text as an article without a title, since its first line is one (see README.md)."""
    return [
        Article(
            slug=row["context_id"],
            title="",
            publisher=row["source"],
            url=None,
            published=None,
            language="nb",
            body=row["text"],
        )
        for row in read_lines(file)
    ]


def embed(articles: Sequence[Article], encoder: Encoder, folder: Path) -> None:
    """Keep the vectors of all articles in `folder`; a run that was stopped goes on from there."""
    for count in range(STEP, len(articles) + STEP, STEP):
        known = known_vectors(folder, encoder)
        index = build(articles[:count], Lexicon(()), encoder, known, progress=True)
        if len(index.passages) > len(known):
            index.save(folder)


def look_up(index: Index, question: Question) -> Found:
    """Search once, and see where the right article and sentence came."""
    started = perf_counter()
    passages = [hit.passage for hit in index.search(question.text, DEPTH)]
    ms = (perf_counter() - started) * 1000
    articles = list(dict.fromkeys(passage.article.body for passage in passages))
    right = [is_right(passage, question) for passage in passages]
    return Found(rank_of(question.context, articles), rank_of(True, right), ms)


def is_right(passage: Passage, question: Question) -> bool:
    """Whether the answer begins in this passage."""
    begins_here = passage.start <= question.answer_start < passage.end
    return begins_here and passage.article.body == question.context


def figures(found: Sequence[Found]) -> dict[str, float]:
    """Everything the table shows."""
    sentences = [each.sentence for each in found]
    times = [each.ms for each in found]
    return {
        "article_ndcg_10": round(ndcg([each.article for each in found], 10), 4),
        "sentence_hit_1": round(hit_rate(sentences, 1), 4),
        "sentence_hit_10": round(hit_rate(sentences, 10), 4),
        "sentence_hit_48": round(hit_rate(sentences, 48), 4),
        "ms_p50": round(percentile(times, 50), 1),
        "ms_p95": round(percentile(times, 95), 1),
    }


def table(rows: dict[str, dict[str, float]]) -> str:
    """One line for each figure, one column for each run."""
    head = f"{'':18}" + "".join(f"{name:>20}" for name in rows)
    lines = [
        f"{shown:18}" + "".join(f"{row[key]:>20}" for row in rows.values())
        for shown, key in FIGURES.items()
    ]
    return "\n".join([head, *lines, ""])


if __name__ == "__main__":
    sys.exit(main())
