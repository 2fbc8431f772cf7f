"""The editors' commands: `check`, and those that write."""

import argparse
import re
import sys
from dataclasses import replace
from datetime import date

from knowledge import add_cli, cluster_cli
from knowledge.commands import add_command

_EXAMPLES = """\
eksempler / examples:
  klyngesvar check
  klyngesvar check --knowledge ../andre-klynger
  klyngesvar check --stale 5
  klyngesvar check --links
  klyngesvar check --format github
"""


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the editors' commands to the program's own."""
    command = add_command(
        commands,
        "check",
        "finn alle feil i artikler og lister / find every problem in the content",
        (
            "Leser artiklene, klyngeregisteret, ordlisten og prøvespørsmålene, og skriver alt\n"
            "som er galt, med fil, linje og hva du skal skrive i stedet. Deretter det som er\n"
            "verdt en titt: opptrykk, artikler uten kjent klynge, navn som kan misforstås, og\n"
            "gamle artikler som sier hvem som har et verv.\n\n"
            "Reads the articles, the register, the glossary and the golden questions, and\n"
            "prints all that is wrong, with file, line and what to write instead. Then what is\n"
            "worth a look: reprints, articles without a known cluster, names that can be\n"
            "mistaken, and old articles that say who holds a role."
        ),
        _EXAMPLES,
    )
    command.add_argument(
        "--stale",
        type=_years,
        default=2,
        metavar="YEARS",
        help="nevn verv i artikler som er eldre enn så mange år "
        "/ note roles in articles older than this many years (%(default)s)",
    )
    command.add_argument(
        "--links",
        action="store_true",
        help="prøv også alle nettadresser / try every web address too",
    )
    command.add_argument(
        "--format",
        choices=("people", "json", "github"),
        default="people",
        help="json er for programmer, github for merknader i en pull request "
        "/ json is for programs, github for annotations on a pull request",
    )
    command.set_defaults(run=check)
    add_cli.add_commands(commands)
    cluster_cli.add_commands(commands)


def check(args: argparse.Namespace) -> int:
    """Print every problem of every file and what to look at; 1 when there is a problem, else 0."""
    # What it checks with is heavy to import, and `--help` has no use for it.
    from knowledge import report
    from knowledge.check import check_folder, check_links

    found = check_folder(args.knowledge, args.stale, date.today())
    if args.links:
        found = replace(found, findings=(*found.findings, *check_links(args.knowledge)))
    told = {"people": report.for_people, "json": report.as_json, "github": report.for_github}
    sys.stdout.write(told[args.format](found))
    return 1 if found.problems else 0


def _years(text: str) -> int:
    if re.fullmatch(r"\d{1,2}", text):
        return int(text)
    raise argparse.ArgumentTypeError(
        f"«{text}»: skriv et helt antall år, 0-99 / write whole years, 0-99"
    )
