"""Golden questions: `questions.yaml` in, questions with their proofs out.

A proof is a verbatim piece of an article, so a question can be scored without opinion;
questions that the articles do not answer say why.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from yaml.nodes import MappingNode, Node

from knowledge.articles import LANGUAGES, Article, Language
from knowledge.strict_yaml import (
    Sheet,
    choice,
    compose,
    fields,
    items,
    normalise,
    open_sheet,
    scalar,
    scalars,
)

Unanswerable = Literal["unknown cluster", "missing fact", "small talk"]

_LANGUAGES = dict.fromkeys(LANGUAGES, "")
_UNANSWERABLE: dict[Unanswerable, str] = {
    "unknown cluster": "",
    "missing fact": "",
    "small talk": "",
}


@dataclass(frozen=True, slots=True)
class Proof:
    """A verbatim piece of an article that answers, and the shortest answers inside it."""

    article: str
    text: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldenQuestion:
    """A question with its proofs, or with the reason why nothing answers it."""

    id: str
    question: str
    language: Language
    proofs: tuple[Proof, ...]
    unanswerable: Unanswerable | None


@dataclass(frozen=True, slots=True)
class _Library:
    """What the proofs are held against."""

    bodies: Mapping[str, str]
    unreadable: Collection[str]


def read_questions(
    file: Path, articles: Iterable[Article], unreadable: Collection[str] = ()
) -> tuple[GoldenQuestion, ...]:
    """All questions of a file; raises a ContentError with all problems.

    Proofs from `unreadable` slugs are taken as they stand: those articles have problems of
    their own, and complaining here as well would hide what is wrong.
    """
    return _questions(*open_sheet(file), _library(articles, unreadable))


def parse_questions(
    file: Path, text: str, articles: Iterable[Article]
) -> tuple[GoldenQuestion, ...]:
    """The questions in a text that is to be the file's; raises as `read_questions` does."""
    sheet = Sheet(file, first_line=1)
    return _questions(sheet, compose(sheet, normalise(text)), _library(articles, ()))


def _library(articles: Iterable[Article], unreadable: Collection[str]) -> _Library:
    return _Library({article.slug: article.body for article in articles}, unreadable)


def _questions(sheet: Sheet, top: Node | None, library: _Library) -> tuple[GoldenQuestion, ...]:
    read = [_question(sheet, node, library) for node in items(sheet, top, sheet.file.name)]
    _check_ids(sheet, [(node, question.id) for node, question in read])
    sheet.finish()
    return tuple(question for _, question in read)


def _question(sheet: Sheet, node: Node, library: _Library) -> tuple[Node, GoldenQuestion]:
    known = fields(sheet, node, node, ("id", "question", "language"), ("proofs", "unanswerable"))
    if isinstance(node, MappingNode) and ("proofs" in known) == ("unanswerable" in known):
        sheet.note(
            node,
            "spørsmålet skal ha enten proofs eller unanswerable: skriv den ene",
            "the question should have either proofs or unanswerable: write one of them",
        )
    question = GoldenQuestion(
        id=scalar(sheet, known.get("id"), "id") or "",
        question=scalar(sheet, known.get("question"), "question") or "",
        language=choice(sheet, known.get("language"), "language", _LANGUAGES) or "nb",
        proofs=_proofs(sheet, known.get("proofs"), library),
        unanswerable=choice(sheet, known.get("unanswerable"), "unanswerable", _UNANSWERABLE),
    )
    return known.get("id", node), question


def _proofs(sheet: Sheet, node: Node | None, library: _Library) -> tuple[Proof, ...]:
    nodes = items(sheet, node, "proofs")
    if node is not None and node.value == []:
        sheet.note(
            node,
            "proofs er tom: skriv minst ett bevis med article og proof",
            "proofs is empty: write at least one proof with article and proof",
        )
    return tuple(_proof(sheet, item, library) for item in nodes)


def _proof(sheet: Sheet, node: Node, library: _Library) -> Proof:
    known = fields(sheet, node, node, ("article", "proof"), ("answers",))
    slug = scalar(sheet, known.get("article"), "article")
    text = scalar(sheet, known.get("proof"), "proof")
    if slug is not None and slug not in library.unreadable:
        _check_proof(sheet, known, slug, text, library)
    answers = scalars(sheet, known.get("answers"), "answers")
    for item, answer in answers:
        _check_answer(sheet, item, answer, text)
    return Proof(slug or "", text or "", tuple(answer for _, answer in answers))


def _check_proof(
    sheet: Sheet, known: Mapping[str, Node], slug: str, text: str | None, library: _Library
) -> None:
    body = library.bodies.get(slug)
    if body is None:
        sheet.note(
            known["article"],
            f"ingen artikkel heter «{slug}»: skriv filnavnet uten .md, eller ta bort beviset "
            "om artikkelen er slettet",
            f'no article is called "{slug}": write the file name without .md, or take the proof '
            "away if the article is deleted",
        )
    elif text is not None and text not in body:
        sheet.note(
            known["proof"],
            f"står ikke ordrett i {slug}.md: kopier stedet derfra, tegn for tegn; er svaret "
            "borte, bytt beviset ut, eller skriv unanswerable: missing fact i stedet for proofs",
            f"is not word for word in {slug}.md: copy the passage from there, sign by sign; if "
            "the answer is gone, replace the proof, or write unanswerable: missing fact instead",
        )


def _check_answer(sheet: Sheet, node: Node, answer: str, text: str | None) -> None:
    if text is not None and answer not in text:
        sheet.note(
            node,
            f"svaret «{answer}» står ikke i proof: skriv det slik det står der",
            f'the answer "{answer}" is not in the proof: write it as it stands there',
        )


def _check_ids(sheet: Sheet, ids: Iterable[tuple[Node, str]]) -> None:
    first: dict[str, Node] = {}
    for node, name in ids:
        other = first.setdefault(name, node)
        if name and other is not node:
            line = sheet.line(other)
            sheet.note(
                node,
                f"id «{name}» er brukt på linje {line}: velg en annen",
                f'the id "{name}" is used on line {line}: choose another',
            )
