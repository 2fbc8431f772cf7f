"""`python -m benchmarks.reading`: does the reader find the answer in NorQuAD's texts?

The 472 validation questions, none of whose texts the reader was trained on: with their text given,
and asked over all 755 texts. Then the questions of `unanswerable_dev`, over a corpus from which
the texts with some of the answers are taken out.
"""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm  # type: ignore[import-untyped]

from benchmarks.data import missing, read_lines, save
from benchmarks.metrics import coverage, exact, hit_rate, rank_of, token_f1
from benchmarks.retrieval import NORQUAD, is_right, read_articles, read_questions
from benchmarks.retrieval import Question as Asked
from index.answer import judged
from index.calibration import Calibration, read_calibration
from index.encoder import SentenceEncoder, load_encoder
from index.engine import READ, SHIPPED, load_reader
from index.names import Names
from index.paths import cache_folder
from index.question import Question, understand
from index.reader import Reading
from index.reader_neural import shipped_reader
from index.reader_windows import ReadsWindows
from knowledge.articles import Article
from knowledge.register import make_register
from training.retrieval import build_index, product_lexicon
from training.tune import read_whole

COMMAND = "python -m benchmarks.reading"
ACCURACY = 0.95


@dataclass(frozen=True, slots=True)
class Readings:
    """A question as it was understood, and what was read for it, best first."""

    question: Question
    readings: list[Reading]


Read = Callable[[str], Readings]


@dataclass(frozen=True, slots=True)
class Given:
    """A question with its text, and all answers that count."""

    question: str
    article: Article
    answers: tuple[str, ...]


def main() -> int:
    """Measure, print and keep the figures."""
    if absent := missing(NORQUAD):
        sys.stdout.write(f"{absent}\n")
        return 0
    encoder = load_encoder()
    articles = read_articles(NORQUAD / "contexts.jsonl")
    found = {
        **given_the_text(shipped_reader(encoder), read_given(NORQUAD / "validation.json")),
        **over_all(reading_of(articles, encoder), read_questions(NORQUAD / "validation.json")),
        **abstaining(encoder, articles),
    }
    for name, value in found.items():
        sys.stdout.write(f"{name:32}{value:>10}\n")
    sys.stdout.write(f"saved as {save('reading', COMMAND, found)}\n")
    return 0


def read_given(file: Path) -> list[Given]:
    """NorQuAD's questions, each with its text under its title."""
    return [
        Given(
            row["question"],
            Article(
                slug=paragraph["context_id"],
                title=document["title"].replace("_", " "),
                publisher="",
                url=None,
                published=None,
                language="nb",
                body=paragraph["context"],
            ),
            tuple(answer["text"] for answer in row["answers"]),
        )
        for document in json.loads(file.read_text("utf-8"))["data"]
        for paragraph in document["paragraphs"]
        for row in paragraph["qas"]
    ]


def given_the_text(reader: ReadsWindows, questions: Sequence[Given]) -> dict[str, float]:
    """SQuAD's two scores."""
    said = [_said(reader, given) for given in tqdm(questions, desc="given the text")]
    best = [
        (max(exact(text, a) for a in g.answers), max(token_f1(text, a) for a in g.answers))
        for text, g in zip(said, questions, strict=True)
    ]
    return {
        "given the text, EM": round(sum(em for em, _ in best) / len(best), 4),
        "given the text, F1": round(sum(f1 for _, f1 in best) / len(best), 4),
    }


def _said(reader: ReadsWindows, given: Given) -> str:
    found = read_whole(reader, given.question, given.article)
    return given.article.body[slice(*found.span)]


def reading_of(articles: Sequence[Article], encoder: SentenceEncoder) -> Read:
    """The product's path from a question to readings, over these articles."""
    lexicon = product_lexicon()
    index = build_index(articles, lexicon, encoder, cache_folder() / "benchmarks" / "norquad")
    names = Names(make_register(()), articles, lexicon)
    reader, _ = load_reader(index, names, encoder, SHIPPED)

    def read(text: str) -> Readings:
        found = names.in_question(text)
        question = understand(text, "nb", lexicon, found)
        if question.unknown:
            return Readings(question, [])  # a name that no text knows: the product says so
        return Readings(question, reader.read(question, index.search(question.spelled, READ)))

    return read


def over_all(read: Read, questions: Sequence[Asked]) -> dict[str, float]:
    """How often the right sentence is first, and among the first ten."""
    ranks = [
        rank_of(
            True, [is_right(reading.passage, question) for reading in read(question.text).readings]
        )
        for question in tqdm(questions, desc="over all texts")
    ]
    return {
        "over all texts, hit@1": round(hit_rate(ranks, 1), 4),
        "over all texts, hit@10": round(hit_rate(ranks, 10), 4),
    }


def abstaining(encoder: SentenceEncoder, articles: Sequence[Article]) -> dict[str, float]:
    """The share of questions that can be answered so that 95 % of the answers are right."""
    removed = set(json.loads((NORQUAD / "unanswerable_dev_removed_contexts.json").read_text()))
    read = reading_of([a for a in articles if a.slug not in removed], encoder)
    rows = [
        row for row in read_lines(NORQUAD / "unanswerable_dev.jsonl") if not row["possible_leak"]
    ]
    calibration = read_calibration("trained")
    judgements = [
        _judged(read(row["question_nb"]), row, calibration) for row in tqdm(rows, "abstaining")
    ]
    articles_right = [(each.sure, each.is_article) for each in judgements]
    sentences_right = [(each.sure, each.is_sentence) for each in judgements]
    return {
        "abstaining, questions": len(rows),
        f"coverage at {ACCURACY:.0%}, article": round(coverage(articles_right, ACCURACY), 4),
        f"coverage at {ACCURACY:.0%}, sentence": round(coverage(sentences_right, ACCURACY), 4),
    }


@dataclass(frozen=True, slots=True)
class _Judged:
    """How sure an answer is; whether its article, and its sentence, are the right ones."""

    sure: float
    is_article: bool
    is_sentence: bool


def _judged(read: Readings, row: dict[str, object], calibration: Calibration) -> _Judged:
    if not read.readings:
        return _Judged(0.0, False, False)
    chosen, sure = judged(read.question, read.readings, calibration)
    start = row["answer_start"]
    is_article = not row["is_impossible"] and chosen.passage.article.slug == row["context_id"]
    is_sentence = isinstance(start, int) and chosen.passage.start <= start < chosen.passage.end
    return _Judged(sure, is_article, is_article and is_sentence)


if __name__ == "__main__":
    sys.exit(main())
