"""The editors' commands that say what answers: `publish`, `versions`, `rollback` and `diff`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from knowledge.asking import is_yes
from knowledge.commands import add_command
from knowledge.errors import KlyngesvarError

if TYPE_CHECKING:
    from index.versions import Version, Versions

Command = Callable[[argparse.Namespace], int]

_PUBLISH = """\
Gjør en ny versjon av innholdet, viser hvilke artikler og svar som endres, og lar den svare i
stedet for den gamle. Stopper hvis noe er galt i innholdet, eller hvis et prøvespørsmål mister
svaret sitt eller blir feil. Ved en terminal blir du spurt til slutt.

Makes a new version of the content, shows which articles and answers change, and lets it answer
in the place of the old one. Stops where something is wrong in the content, or where a golden
question loses its answer or becomes wrong. At a terminal you are asked in the end."""

_PUBLISH_EXAMPLES = """\
eksempler / examples:
  klyngesvar publish
  klyngesvar publish --yes
  klyngesvar publish --force"""

_VERSIONS = """\
Lister versjonene som er publisert, den nyeste sist.

Lists the versions that are published, the newest last."""

_VERSIONS_EXAMPLE = """\
eksempel / example:
  klyngesvar versions"""

_ROLLBACK = """\
Lar en tidligere versjon svare igjen: den forrige, eller den med dette nummeret.
Filene du arbeider i, endres ikke.

Lets an earlier version answer again: the previous one, or the one of this number.
The files in which you work are not changed."""

_ROLLBACK_EXAMPLES = """\
eksempler / examples:
  klyngesvar rollback
  klyngesvar rollback 11"""

_DIFF = """\
Viser hva som er endret: uten tall fra versjonen som svarer nå til filene du arbeider i, med ett
tall fra den versjonen til den som svarer nå, med to tall fra den første til den andre.

Shows what has changed: without a number from the version that answers now to the files in which
you work, with one from that version to the one that answers now, with two from the first to the
second."""

_DIFF_EXAMPLES = """\
eksempler / examples:
  klyngesvar diff
  klyngesvar diff 11
  klyngesvar diff 11 12"""

_NONE = """\
ingenting er publisert ennå: kjør klyngesvar publish
    nothing is published yet: run klyngesvar publish"""

_HEADINGS = (
    ("nr.", "publisert", "av", "artikler", "riktige svar", ""),
    ("no.", "published", "by", "articles", "right answers", ""),
)


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `publish`, `versions`, `rollback` and `diff` to the console script."""
    parser = _add(
        commands,
        "publish",
        "la det du har skrevet svare / let what you wrote answer",
        _PUBLISH,
        _PUBLISH_EXAMPLES,
        publish,
    )
    parser.add_argument(
        "--force",
        action="store_true",
        help="også når svar blir dårligere / even where answers get worse",
    )
    parser.add_argument(
        "--yes", action="store_true", help="uten å bli spurt / without being asked"
    )
    _add(
        commands,
        "versions",
        "list det som er publisert / list what is published",
        _VERSIONS,
        _VERSIONS_EXAMPLE,
        versions,
    )
    parser = _add(
        commands,
        "rollback",
        "gå tilbake til en tidligere versjon / go back to an earlier version",
        _ROLLBACK,
        _ROLLBACK_EXAMPLES,
        rollback,
    )
    parser.add_argument("number", nargs="?", type=int, metavar="NUMBER")
    parser = _add(
        commands,
        "diff",
        "vis hva som er endret / show what has changed",
        _DIFF,
        _DIFF_EXAMPLES,
        diff,
    )
    parser.add_argument("old", nargs="?", type=int, metavar="OLD")
    parser.add_argument("new", nargs="?", type=int, metavar="NEW")


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    summary: str,
    description: str,
    examples: str,
    run: Command,
) -> argparse.ArgumentParser:
    """A command that works on the versions of a folder's content."""
    parser = add_command(commands, name, summary, description, examples)
    parser.set_defaults(run=_with_files(run))
    return parser


def _with_files(run: Command) -> Command:
    """The command, which says in one sentence what the disk refuses."""

    def guarded(arguments: argparse.Namespace) -> int:
        try:
            return run(arguments)
        except BrokenPipeError:  # nobody reads on
            raise
        except OSError as error:
            raise KlyngesvarError(
                f"{error.filename}: {error.strerror}. Er disken full, eller tilhører mappen en "
                "annen bruker? / Is the disk full, or does the folder belong to another user?"
            ) from error

    return guarded


def publish(arguments: argparse.Namespace) -> int:
    """Publish the working files; 0 also where there was nothing to publish."""
    from index.encoder import load_encoder
    from index.lock import who_am_i
    from index.publishing import Publisher

    def confirm() -> bool:
        return (
            arguments.yes or not sys.stdin.isatty() or _confirmed("Publisere? / Publish? [j/N] ")
        )

    Publisher(arguments.knowledge, who_am_i(), load_encoder, _print, confirm).publish(
        arguments.force
    )
    return 0


def _confirmed(question: str) -> bool:
    sys.stdout.write(question)
    sys.stdout.flush()
    return is_yes(sys.stdin.readline())


def versions(arguments: argparse.Namespace) -> int:
    """Print a line for each version."""
    from index.versions import Versions

    store = Versions(arguments.knowledge)
    rows = [(*_cells(version), _mark(version, store)) for version in store.all()]
    _print(_table([*_HEADINGS, *rows]) if rows else _NONE)
    return 0


def _cells(version: Version) -> tuple[str, str, str, str, str]:
    manifest = version.manifest
    published = datetime.fromisoformat(manifest.published).astimezone()
    right = f"{manifest.right} av / of {manifest.questions}"
    time = f"{published:%Y-%m-%d %H:%M}"
    return str(version.number), time, manifest.by, str(manifest.articles), right


def _mark(version: Version, store: Versions) -> str:
    if version == store.current():
        return "svarer nå / answers now"
    return "forrige / previous" if version == store.previous() else ""


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)
    return "\n".join(lines)


def rollback(arguments: argparse.Namespace) -> int:
    """Let an earlier version answer again."""
    from index.encoder import load_encoder
    from index.lock import who_am_i
    from index.publish_report import named
    from index.publishing import roll_back

    version = roll_back(arguments.knowledge, arguments.number, who_am_i(), load_encoder)
    _print(f"{named(version).capitalize()} svarer nå / answers now")
    return 0


def diff(arguments: argparse.Namespace) -> int:
    """Print what changed between two versions, or since the current one."""
    from index.publish_report import difference_lines
    from index.versions import Versions

    store = Versions(arguments.knowledge)
    old = store.get(arguments.old) if arguments.old is not None else _current(store)
    if arguments.new is not None:
        new: Version | None = store.get(arguments.new)
    else:
        new = _current(store) if arguments.old is not None else None
    _print("\n".join(difference_lines(old, new, arguments.knowledge)))
    return 0


def _current(store: Versions) -> Version:
    current = store.current()
    if current is None:
        raise KlyngesvarError(_NONE)
    return current


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()  # a progress bar may follow, on the other stream
