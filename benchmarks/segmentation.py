"""`python -m benchmarks.segmentation`: does each sentence that proves an answer stand alone?

The proofs of clusters-qa, held against the product's passages and against the plain segmenter.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from typing import Literal

import sentencex

from benchmarks.data import DATA, missing, read_lines, save
from index.passages import split
from index.spans import Span
from knowledge.articles import Article
from training.data import read_cluster_articles

CLUSTERS = DATA / "clusters-qa"
COMMAND = "python -m benchmarks.segmentation"

Outcome = Literal["alone", "swallowed", "cut"]
Segmenter = Callable[[Article], list[Span]]


def main() -> int:
    """Count, print a table and keep the figures."""
    if absent := missing(CLUSTERS):
        sys.stdout.write(f"{absent}\n")
        return 0
    articles = {article.slug: article for article in read_cluster_articles()}
    rows = read_lines(CLUSTERS / "questions.jsonl")
    proofs = sorted({(row["article"], row["near"]) for row in rows})
    runs = {
        name: count(segment, [(articles[slug], near) for slug, near in proofs])
        for name, segment in SEGMENTERS.items()
    }
    sys.stdout.write(table(runs))
    file = save("segmentation", COMMAND, {"proofs": len(proofs), "runs": runs})
    sys.stdout.write(f"\n{len(proofs)} proofs; saved as {file}\n")
    return 0


def count(segment: Segmenter, proofs: Iterable[tuple[Article, str]]) -> dict[str, int]:
    """How many proofs have each outcome."""
    outcomes: Counter[str] = Counter()
    for article, near in proofs:
        start = article.body.index(near)
        proof = (start, start + len(near))
        outcomes[outcome(article.body, segment(article), proof)] += 1
    return {name: outcomes[name] for name in ("alone", "swallowed", "cut")}


def outcome(body: str, spans: Iterable[Span], proof: Span) -> Outcome:
    """Whether a proof is a passage, lies in a longer one, or in several.

    Marks and white space at either end, such as the dash before direct speech, do not count.
    """
    inner = _bare(body, proof)
    holders = [bare for span in spans if _meet(bare := _bare(body, span), inner)]
    if len(holders) > 1:
        return "cut"
    return "alone" if holders == [inner] else "swallowed"


def plain(language: str, article: Article) -> list[Span]:
    """What sentencex makes of a body by itself."""
    found = sentencex.get_sentence_boundaries(language, article.body)
    return [(sentence["start_index"], sentence["end_index"]) for sentence in found]


def ours(article: Article) -> list[Span]:
    """The product's passages."""
    return [(passage.start, passage.end) for passage in split(article)]


SEGMENTERS: dict[str, Segmenter] = {
    "sentencex, English": partial(plain, "en"),
    "sentencex, Danish": partial(plain, "da"),
    "index.passages": ours,
}


def table(runs: dict[str, dict[str, int]]) -> str:
    """One line for each segmenter."""
    head = f"{'':20}{'alone':>12}{'swallowed':>12}{'cut':>12}"
    lines = [
        f"{name:20}" + "".join(f"{row[key]:>12}" for key in ("alone", "swallowed", "cut"))
        for name, row in runs.items()
    ]
    return "\n".join([head, *lines, ""])


def _bare(body: str, span: Span) -> Span:
    start, end = span
    while start < end and not body[start].isalnum():
        start += 1
    while start < end and not body[end - 1].isalnum():
        end -= 1
    return start, end


def _meet(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


if __name__ == "__main__":
    sys.exit(main())
