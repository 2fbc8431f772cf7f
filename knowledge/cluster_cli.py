"""The editors' command `cluster add`."""

import argparse
import sys

from knowledge.asking import ask, ask_until, confirm, is_attended
from knowledge.commands import Commands, add_command, add_yes
from knowledge.problems import shown
from knowledge.writing import replace
from knowledge.yaml_text import OneLine, Value, yaml_text

_DESCRIPTION = """\
Legger en klynge til i registeret, clusters.yaml. Du blir spurt om det du ikke oppgir; bare
navn og kilde må være med. Resten av filen blir stående som den er.

Adds a cluster to the register, clusters.yaml. You are asked for what you leave out; only name
and source are required. The rest of the file stays as it is."""

_EXAMPLES = """\
eksempler / examples:
  klyngesvar cluster add
  klyngesvar cluster add --name "NCE Tang" --aliases "Tangklyngen, Seaweed Cluster" \\
    --levels "Arena 2014, NCE 2019" --place Bodø --source https://www.example.no/tang --yes
"""

_LEVELS = "Nivåer / levels (Arena 2014, NCE 2019)"


def add_commands(commands: Commands) -> None:
    """Add `cluster` to the program's commands."""
    cluster = commands.add_parser("cluster", help="klyngeregisteret / the register of clusters")
    summary = "legg en klynge til i registeret / add a cluster to the register"
    subcommands = cluster.add_subparsers(required=True, metavar="command")
    command = add_command(subcommands, "add", summary, _DESCRIPTION, _EXAMPLES)
    command.add_argument("--name", help="navnet klyngen selv bruker / the name that it uses")
    command.add_argument("--aliases", metavar="NAMES", help="andre navn / other names: A, B")
    command.add_argument("--levels", help='nivåer / levels: "Arena 2014, NCE 2019"')
    command.add_argument("--place", help="stedet / the place")
    command.add_argument("--website", metavar="ADDRESS", help="nettstedet / its website")
    command.add_argument(
        "--source", metavar="ADDRESS", help="siden som sier det / the page that says so"
    )
    add_yes(command)
    command.set_defaults(run=add)


def add(args: argparse.Namespace) -> int:
    """Append an entry to the register if the editor says so."""
    # Its name matching is heavy to import, and `--help` has no use for it.
    from knowledge.registering import with_cluster

    file = args.knowledge / "clusters.yaml"
    entry = _entry(args)
    with_cluster(file, entry)  # what is wrong is said before anybody is asked
    sys.stdout.write(f"\n{yaml_text([entry])}\n")
    if args.yes or confirm("Lagre? / Save?"):
        replace(file, with_cluster(file, entry))
        sys.stdout.write(f"lagret / saved: {shown(file)}\n")
    return 0


def _entry(args: argparse.Namespace) -> dict[str, Value]:
    """The keys of `clusters.yaml` that there is something to write at, in its order."""

    def optional(given: str | None, label: str) -> str:
        asks = given is None and is_attended() and not args.yes
        return ask_until(label, str, "") if asks else given or ""

    name = args.name or ask("Navn / name", "--name")
    entry: dict[str, Value] = {
        "name": name,
        "aliases": _split(optional(args.aliases, "Andre navn / other names (A, B)")),
        "levels": [*map(_level, _split(optional(args.levels, _LEVELS)))],
        "place": optional(args.place, "Sted / place"),
        "website": optional(args.website, "Nettsted / website (https://...)"),
        "sources": (args.source or ask("Kilde / source (https://...)", "--source")).split(),
    }
    return {key: value for key, value in entry.items() if value}


def _level(text: str) -> OneLine:
    """What "NCE 2019" is in the file: the level, and since when."""
    name, _, year = text.rpartition(" ")
    return OneLine({"level": name, "from": year} if year.isdigit() else {"level": text})


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
