"""The data sets, read into one shape: a question, its article, and where the answer stands."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from index.paths import PROJECT
from index.spans import Span
from knowledge.articles import LANGUAGES, Article, Language
from knowledge.errors import KlyngesvarError
from training.item import Item, Split, hashed

DATA = PROJECT.parent / "shared" / "data"


def split_of(article_id: str) -> Split:
    """`dev` is measured on, `tune` chooses constants, and only `train` is trained on."""
    digest = hashed(article_id)
    if digest[0] % 4 == 0:
        return "dev"
    return "tune" if digest[1] % 12 == 0 else "train"


def read_cluster_articles() -> tuple[Article, ...]:
    """The invented articles of clusters-qa."""
    return tuple(
        Article(
            slug=row["id"],
            title=row["title"],
            publisher=row["publisher"],
            url=None,
            published=row["published"],
            language=row["language"],
            body=row["body"],
        )
        for row in _lines("clusters-qa/articles.jsonl")
    )


def read_clusters(articles: tuple[Article, ...], *splits: Split) -> list[Item]:
    """The questions of clusters-qa whose article is in these splits, each in three languages."""
    by_id = {article.slug: article for article in articles}
    return [
        _cluster_item(row, language, by_id[row["article"]])
        for row in _lines("clusters-qa/questions.jsonl")
        if split_of(row["article"]) in splits
        for language in LANGUAGES
    ]


def _cluster_item(row: dict[str, Any], language: Language, article: Article) -> Item:
    at = article.body.index(row["near"])
    near = (at, at + len(row["near"]))
    answer: Span | None = None
    if row["answer"] is not None:
        start = at + row["near"].index(row["answer"])
        answer = (start, start + len(row["answer"]))
    return Item(row[language], language, row["kind"], article, answer, near)


def read_norquad() -> list[Item]:
    """NorQuAD's training questions on passages that its validation does not share."""
    return list(_read_squad("norquad/train_disjoint.json", "nb"))


def read_squad() -> list[Item]:
    """Half of SQuAD 2.0's development set, half of it unanswerable."""
    return list(_read_squad("squad2/dev_half.json", "en"))


def read_xquad() -> list[Item]:
    """English and German questions, each put to the English and to the German paragraph.

    German is not a language of the product: it is near Norwegian, and people wrote the questions.
    """
    languages = ("en", "de")
    asked = {each: list(_read_squad(f"xquad/xquad.{each}.json", "en")) for each in languages}
    return [
        replace(item, question=other.question)
        for texts in languages
        for questions in languages
        for item, other in zip(asked[texts], asked[questions], strict=True)
    ]


def _read_squad(name: str, language: Language) -> Iterator[Item]:
    for number, document in enumerate(json.loads(_text(name))["data"]):
        for at, paragraph in enumerate(document["paragraphs"]):
            article = Article(
                slug=f"{name}-{number}-{at}",
                title=document["title"].replace("_", " "),
                publisher="",
                url=None,
                published=None,
                language=language,
                body=paragraph["context"],
            )
            for row in paragraph["qas"]:
                near = _span(row.get("answers") or row.get("plausible_answers"))
                answer = None if row.get("is_impossible") else near
                yield Item(row["question"], language, "general", article, answer, near)


def _span(answers: list[dict[str, Any]] | None) -> Span | None:
    if not answers:
        return None
    start = int(answers[0]["answer_start"])
    return start, start + len(answers[0]["text"])


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in _text(name).splitlines() if line]


def _text(name: str) -> str:
    try:
        return (DATA / name).read_text("utf-8")
    except OSError as error:
        raise KlyngesvarError(
            f"{DATA / name} can not be read. Training needs the data sets beside the project, in "
            f"{DATA}; the shipped weights need none of them.\n({error})"
        ) from error


def data_file(name: str) -> Path:
    """Where a data set lies."""
    return DATA / name
