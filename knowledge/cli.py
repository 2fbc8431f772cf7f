"""The editors' commands: `check`."""

import argparse
import sys
from collections.abc import Callable, Sized
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.articles import Article, ContentError, scan_articles
from knowledge.errors import KlyngesvarError
from knowledge.glossary import read_glossary
from knowledge.paths import KNOWLEDGE
from knowledge.questions import read_questions

_EXAMPLES = """\
eksempler / examples:
  klyngesvar check
  klyngesvar check --knowledge ../andre-klynger
"""


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the editors' commands to the program's own."""
    command = commands.add_parser(
        "check",
        help="finn alle feil i artikler og lister / find every problem in the content",
        description=(
            "Leser artiklene, klyngeregisteret, ordlisten og prøvespørsmålene, og skriver alt\n"
            "som er galt, med fil, linje og hva du skal skrive i stedet.\n\n"
            "Reads the articles, the register, the glossary and the golden questions, and\n"
            "prints all that is wrong, with file, line and what to write instead."
        ),
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument(
        "--knowledge",
        type=Path,
        default=KNOWLEDGE,
        metavar="DIR",
        help="mappen med articles/ / the folder that holds articles/ (%(default)s)",
    )
    command.set_defaults(run=check)


@dataclass(frozen=True, slots=True)
class _Report:
    """What one check found: all that is wrong, and how much there is of everything."""

    problems: list[str] = field(default_factory=list)
    counts: list[str] = field(default_factory=list)

    def read(self, noun: str, read: Callable[[], Sized]) -> None:
        """Count what a file holds, or list what is wrong in it."""
        try:
            self.counts.append(f"{len(read())} {noun}")
        except ContentError as error:
            self.problems.extend(map(str, error.problems))
        except KlyngesvarError as error:
            self.problems.append(str(error))

    def lines(self) -> list[str]:
        """What to print."""
        if not self.problems:
            return [f"{', '.join(self.counts)}: alt i orden / all in order"]
        count = len(self.problems)
        return [*self.problems, f"{count} ting å rette / to put right: {count}"]


def check(args: argparse.Namespace) -> int:
    """Print every problem of every file; 1 when there is any, else 0 and one line."""
    report = _check_folder(args.knowledge)
    sys.stdout.write("\n".join(report.lines()) + "\n")
    return 1 if report.problems else 0


def check_content(folder: Path) -> str:
    """How much there is of everything, in one line; raises a KlyngesvarError with all problems."""
    report = _check_folder(folder)
    text = "\n".join(report.lines())
    if report.problems:
        raise KlyngesvarError(text)
    return text


def _check_folder(folder: Path) -> _Report:
    # Its name matching is heavy to import, and `--help` has no use for it.
    from knowledge.register import read_register

    report = _Report()
    articles, broken = _scan(folder / "articles", report)
    # A folder with only articles is enough: the other files are checked where they exist.
    if (file := folder / "clusters.yaml").exists():
        report.read("klynger", lambda: read_register(file).clusters)
    if (words := folder / "glossary.yaml").exists():
        report.read("begreper", lambda: read_glossary(words))
    if (questions := folder / "questions.yaml").exists() and (articles or broken):
        report.read("spørsmål", lambda: read_questions(questions, articles, broken))
    return report


def _scan(folder: Path, report: _Report) -> tuple[tuple[Article, ...], set[str]]:
    """The articles, and the slugs of those that cannot be read."""
    try:
        articles, problems = scan_articles(folder)
    except KlyngesvarError as error:
        report.problems.append(str(error))
        return (), set()
    report.counts.append(f"{len(articles)} artikler")
    report.problems.extend(map(str, problems))
    return articles, {problem.file.stem for problem in problems}
