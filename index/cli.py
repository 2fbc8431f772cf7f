"""The commands that answer: `ask`, `build`, `evaluate` and, in a file of its own, `golden`."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from typing import TYPE_CHECKING

from index import golden_cli, publish_cli
from knowledge.commands import add_command
from knowledge.errors import KlyngesvarError

if TYPE_CHECKING:
    from index.batch import Conversations
    from index.card import Page
    from index.engine import Engine

_WIDEST = 88  # longer lines are hard to read

_ASK_EXAMPLES = """\
examples:
  klyngesvar ask Who leads NCE iKuben?
  klyngesvar ask --json "Hvem leder iKuben?"
  klyngesvar ask --explain Kven er dagleg leiar i NCE iKuben?
  klyngesvar ask --batch questions.jsonl > answers.jsonl

A batch holds one object a line, such as {"id": "q1", "question": "Who leads NCE iKuben?"}.
Lines with the same "chat" are one conversation: a question may lean on those before it."""

_BUILD_EXAMPLES = """\
examples:
  klyngesvar build
  klyngesvar build --knowledge ../other-clusters"""

_EVALUATE_EXAMPLES = """\
examples:
  klyngesvar evaluate
  klyngesvar evaluate --json > scores.json"""


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `ask`, `build`, `evaluate`, `golden` and those that publish to the console script."""
    _add_ask(commands)
    build_parser = add_command(
        commands,
        "build",
        "build or refresh the index",
        "Embeds the passages that are new since the last time. The other commands do so too.",
        _BUILD_EXAMPLES,
    )
    build_parser.set_defaults(run=build)
    evaluate_parser = add_command(
        commands,
        "evaluate",
        "ask the golden questions and score the answers",
        "Asks every question of questions.yaml and lists what was right and what went wrong.",
        _EVALUATE_EXAMPLES,
    )
    evaluate_parser.add_argument("--json", action="store_true", help="print one JSON object")
    evaluate_parser.set_defaults(run=evaluate)
    publish_cli.add_commands(commands)
    golden_cli.add_commands(commands)


def _add_ask(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = add_command(
        commands,
        "ask",
        "answer a question with a quote",
        "Answers a question with a word-for-word quote, or says that the sources do not.",
        _ASK_EXAMPLES,
    )
    parser.add_argument("question", nargs="*", metavar="QUESTION", help="quotes are optional")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument(
        "--batch", metavar="FILE", help="answer each line of a JSON Lines file (- for stdin)"
    )
    parser.add_argument("--explain", action="store_true", help="show what was found, and why")
    parser.set_defaults(run=ask)


def ask(arguments: argparse.Namespace) -> int:
    """Answer one question or a batch; 0 also where the honest answer is none."""
    question = " ".join(arguments.question)
    _check_ask(arguments, question)
    if arguments.batch:
        return _ask_batch(arguments)
    engine = _engine(arguments)
    if arguments.json:
        from index.record import as_json

        _print(as_json(engine.ask(question, None), None))
        return 0
    _show(engine, question, arguments.explain)
    return 0


def _check_ask(arguments: argparse.Namespace, question: str) -> None:
    """Refuse what does not go together before the model is loaded."""
    from index.batch import is_question

    if bool(arguments.batch) == bool(question):
        raise KlyngesvarError("write a question after ask, or name a file with --batch")
    if question and not is_question(question):
        raise KlyngesvarError("the question is blank or holds broken characters: write it anew")
    if arguments.explain and (arguments.json or arguments.batch):
        raise KlyngesvarError("--explain is for reading: leave out --json and --batch")


def _show(engine: Engine, question: str, explain: bool) -> None:
    from index.card import card
    from index.explanation import explanation

    reply = engine.reply(question, None, None)
    _print(card(reply.answer, _page(), reply.departure))
    if explain:
        _print("\n" + explanation(engine, question))


def _ask_batch(arguments: argparse.Namespace) -> int:
    """Answer line by line; 1 where a line could not be read."""
    from index.batch import Conversations, open_batch

    is_bad = False
    with open_batch(arguments.batch) as lines:
        conversations = Conversations(_engine(arguments).reply)
        for number, line in enumerate(lines, start=1):
            try:
                _answer_line(conversations, line)
            except KlyngesvarError as error:
                is_bad = True
                source = "stdin" if arguments.batch == "-" else arguments.batch
                sys.stderr.write(f"{source}:{number}: {error}\n")
    return int(is_bad)


def _answer_line(conversations: Conversations, line: bytes) -> None:
    from index.batch import read_line
    from index.record import as_json

    if line.strip():
        asked = read_line(line)
        _print(as_json(conversations.answer(asked), asked.id))


def build(arguments: argparse.Namespace) -> int:
    """Bring the index up to date and say what that took."""
    from index.engine import index_folder

    index = _engine(arguments).index
    folder = index_folder(arguments.knowledge)
    _print(f"{len(index.passages)} passages, {index.embedded} embedded anew: {folder}")
    return 0


def evaluate(arguments: argparse.Namespace) -> int:
    """Print how the golden questions were answered."""
    from index import report
    from index.evaluate import evaluate as ask_all
    from knowledge.articles import read_articles
    from knowledge.questions import read_questions

    folder = arguments.knowledge / "articles"
    articles = read_articles(folder)
    golden = read_questions(arguments.knowledge / "questions.yaml", articles)
    outcomes = ask_all(golden, articles, folder, _engine(arguments).ask)
    _print(report.as_json(outcomes) if arguments.json else report.tables(outcomes))
    return 0


def _engine(arguments: argparse.Namespace) -> Engine:
    from index.engine import load_engine

    return load_engine(arguments.knowledge, progress=True)


def _page() -> Page:
    from index.card import Page

    has_bold = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return Page(min(shutil.get_terminal_size().columns, _WIDEST), has_bold)


def _print(text: str) -> None:
    # Flushed, so that who pipes a batch in gets each answer as soon as it is there.
    sys.stdout.write(text.rstrip("\n") + "\n")
    sys.stdout.flush()
