"""The command `golden`: a question and the quote that proves its answer, into `questions.yaml`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from textwrap import indent
from typing import TYPE_CHECKING, get_args

from knowledge.articles import read_articles
from knowledge.commands import add_command
from knowledge.errors import KlyngesvarError
from knowledge.problems import shown
from knowledge.questions import GoldenQuestion, Proof, Unanswerable

if TYPE_CHECKING:
    from index.reader import Reading

_OFFERED = 5  # quotes to choose from
_WHOLE = "-"  # what is typed where only the whole quote answers

_DESCRIPTION = """\
Stiller spørsmålet, viser sitatene som kan være svaret, og legger det du velger, inn i
questions.yaml som prøvespørsmål. Med --proof eller --unanswerable spør den ikke om noe.

Asks the question, shows the quotes that may answer it, and adds the one you choose to
questions.yaml as a golden question. With --proof or --unanswerable it asks nothing."""

_EXAMPLES = """\
eksempler / examples:
  klyngesvar golden Hvem leder iKuben?
  klyngesvar golden "Who leads NCE iKuben?" --article ny-status-for-klyngene \\
      --proof "sier Hilde Aspås, NCE iKubens daglige leder" --answer "Hilde Aspås"
  klyngesvar golden "Hva tjener lederen av iKuben?" --unanswerable "missing fact"
"""


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `golden` to the console script."""
    parser = add_command(
        commands,
        "golden",
        "lag et prøvespørsmål / make a golden question",
        _DESCRIPTION,
        _EXAMPLES,
    )
    parser.add_argument("question", nargs="+", metavar="QUESTION")
    parser.add_argument(
        "--article", metavar="SLUG", help="artikkelens filnavn uten .md / its file without .md"
    )
    parser.add_argument(
        "--proof", metavar="WORDS", help="ordrett derfra / word for word from there"
    )
    parser.add_argument(
        "--answer", metavar="WORDS", help="kort svar, ordrett fra beviset / the short answer in it"
    )
    parser.add_argument(
        "--unanswerable",
        choices=get_args(Unanswerable),
        help="hvorfor ingen artikkel svarer / why no article answers",
    )
    parser.set_defaults(run=golden)


def golden(arguments: argparse.Namespace) -> int:
    """Add the question to the file and show how it stands there."""
    # Its name matching is heavy to import, and `--help` has no use for it.
    from knowledge.golden import append, as_yaml, new_id, read_golden, refuse_twice
    from knowledge.language import detect_language

    text = " ".join(" ".join(arguments.question).split())
    _check(arguments, text)
    file = arguments.knowledge / "questions.yaml"
    articles = read_articles(arguments.knowledge / "articles")
    known = read_golden(file, articles)
    refuse_twice(text, known)
    proofs = () if arguments.unanswerable else (_proof(arguments, text),)
    language = detect_language(text, None)
    name = new_id(text, language, known)
    question = GoldenQuestion(name, text, language, proofs, arguments.unanswerable)
    append(file, question, articles)
    _print(f"skrevet i / written in {shown(file)}:\n\n{as_yaml(question).rstrip()}")
    return 0


def _check(arguments: argparse.Namespace, text: str) -> None:
    """Refuse what does not go together before the model is loaded."""
    from index.batch import is_question

    if not is_question(text):
        raise KlyngesvarError(
            "spørsmålet er tomt eller har ødelagte tegn: skriv det på nytt\n"
            "    the question is blank or holds broken characters: write it anew"
        )
    has_proof = bool(arguments.proof)
    is_torn = bool(arguments.article) != has_proof or (arguments.answer and not has_proof)
    if is_torn or (arguments.unanswerable and has_proof):
        raise KlyngesvarError(
            "skriv --article og --proof sammen, gjerne med --answer, eller bare --unanswerable\n"
            "    write --article and --proof together, --answer if you like, or only "
            "--unanswerable"
        )


def _proof(arguments: argparse.Namespace, text: str) -> Proof:
    """The proof that was given, or the one that the editor chooses."""
    if arguments.proof:
        answers = (arguments.answer.strip(),) if arguments.answer else ()
        return Proof(arguments.article, arguments.proof.strip(), answers)
    from index.engine import load_engine

    engine = load_engine(arguments.knowledge, progress=True)
    readings = engine.read(engine.understand(text, None))[:_OFFERED]
    if not readings:
        raise KlyngesvarError(
            "fant ingen sitater: skriv --article og --proof, eller --unanswerable\n"
            "    found no quotes: write --article and --proof, or --unanswerable"
        )
    return _chosen(readings)


def _chosen(readings: Sequence[Reading]) -> Proof:
    """The quote whose number is typed, with its short answer."""
    for number, reading in enumerate(readings, start=1):
        passage = reading.passage
        _print(f"{number}  {passage.article.slug}\n{indent(passage.text, '   ')}\n")
    count = len(readings)
    typed = _asked(
        "Nummeret på sitatet som svarer / number of the quote that answers: ",
        {str(number) for number in range(1, count + 1)}.__contains__,
        f"skriv et tall fra 1 til {count}; svarer ingen av dem, avbryt med Ctrl-C\n"
        f"    write a number from 1 to {count}; stop with Ctrl-C when none of them answers",
    )
    chosen = readings[int(typed) - 1]
    return Proof(chosen.passage.article.slug, chosen.passage.text, _short_answers(chosen))


def _short_answers(reading: Reading) -> tuple[str, ...]:
    """What is typed, or else what the reader found; nothing where only the whole quote answers."""
    found = reading.short or _WHOLE
    typed = _asked(
        f"Kort svar, ordrett derfra, eller {_WHOLE} når hele sitatet er svaret\n"
        f"    Short answer, word for word, or {_WHOLE} when the whole quote is the answer\n"
        f"[{found}]: ",
        lambda typed: typed == _WHOLE or typed in reading.passage.text,
        "det står ikke ordrett i sitatet: skriv det slik det står der\n"
        "    that is not word for word in the quote: write it as it stands there",
    )
    answer = typed or found
    return () if answer == _WHOLE else (answer,)


def _asked(prompt: str, is_good: Callable[[str], bool], advice: str) -> str:
    """What the editor types, asked for again until it will do."""
    try:
        while not is_good(typed := input(prompt).strip()):
            _print(advice)
    except EOFError as error:
        raise KlyngesvarError(
            "ingenting er skrevet: uten noen til å velge, skriv --article og --proof\n"
            "    nothing was written: with nobody to choose, write --article and --proof"
        ) from error
    return typed


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")
