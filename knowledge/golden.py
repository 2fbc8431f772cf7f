"""One more golden question in `questions.yaml`; all that stands there stays as it is."""

import re
from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import Path

from knowledge.articles import Article, ContentError, Language
from knowledge.errors import KlyngesvarError
from knowledge.names import fold
from knowledge.questions import GoldenQuestion, Proof, parse_questions, read_questions
from knowledge.writing import replace, with_entry
from knowledge.yaml_text import OneLine, Value, yaml_text

_MOST_WORDS = 6  # of a question, in its id
_NOTHING = "ingenting er skrevet / nothing was written:"


def read_golden(file: Path, articles: Iterable[Article]) -> tuple[GoldenQuestion, ...]:
    """The questions so far, none where there is no file yet; a ContentError has all problems."""
    return read_questions(file, articles) if file.exists() else ()


def refuse_twice(question: str, known: Iterable[GoldenQuestion]) -> None:
    """Raise a KlyngesvarError with the id where the question is known already."""
    for other in known:
        if _words(other.question) == _words(question):
            raise KlyngesvarError(
                f"spørsmålet finnes alt, med id «{other.id}»: rett heller på det i filen\n"
                f'    the question exists already, with the id "{other.id}": '
                "change it in the file instead"
            )


def new_id(question: str, language: Language, known: Iterable[GoldenQuestion]) -> str:
    """An id of the question's first words and its language, which no other question has."""
    taken = {other.id for other in known}
    words = re.findall("[a-z0-9]+", fold(question))[:_MOST_WORDS]
    name = "-".join([*words, language])
    numbered = (f"{name}-{number}" for number in count(2))
    return name if name not in taken else next(new for new in numbered if new not in taken)


def append(file: Path, question: GoldenQuestion, articles: Sequence[Article]) -> None:
    """Write the question below the others; a KlyngesvarError leaves the file as it was."""
    known = read_golden(file, articles)
    refuse_twice(question.question, known)
    before = file.read_bytes().decode() if file.exists() else ""
    text = with_entry(before, as_yaml(question))
    _check(file, text, (*known, question), articles)
    replace(file, text)


def as_yaml(question: GoldenQuestion) -> str:
    """The question as it stands in the file."""
    entry: dict[str, Value] = {
        "id": question.id,
        "question": question.question,
        "language": question.language,
    }
    if question.unanswerable:
        entry["unanswerable"] = question.unanswerable
    else:
        entry["proofs"] = [*map(_proof, question.proofs)]
    return yaml_text([entry])


def _proof(proof: Proof) -> dict[str, Value]:
    known: dict[str, Value] = {"article": proof.article, "proof": proof.text}
    return {**known, "answers": OneLine(proof.answers)} if proof.answers else known


def _check(
    file: Path, text: str, expected: tuple[GoldenQuestion, ...], articles: Iterable[Article]
) -> None:
    """Raise a KlyngesvarError unless exactly these questions can be read from the text."""
    try:
        is_as_expected = parse_questions(file, text, articles) == expected
    except ContentError as error:
        raise KlyngesvarError(f"{_NOTHING}\n{error.advice}") from error
    if not is_as_expected:
        raise KlyngesvarError(
            f"{_NOTHING}\nfilen kan ikke bygges ut slik den er: skriv spørsmålet inn for hånd\n"
            "    the file cannot be added to as it is: write the question in by hand"
        )


def _words(text: str) -> list[str]:
    """What two questions that are the same have in common."""
    return re.findall(r"\w+", text.casefold())
