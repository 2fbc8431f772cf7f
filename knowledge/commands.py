"""What the editors' commands have in common."""

import argparse
from pathlib import Path
from typing import TypeAlias

from knowledge.paths import KNOWLEDGE

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_command(
    commands: Commands, name: str, summary: str, description: str, examples: str
) -> argparse.ArgumentParser:
    """Add a command with its help and the option for another folder of content."""
    command = commands.add_parser(
        name,
        help=summary,
        description=description,
        epilog=examples,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument(
        "--knowledge",
        type=Path,
        default=KNOWLEDGE,
        metavar="DIR",
        help="mappen med articles/ / the folder that holds articles/ (%(default)s)",
    )
    return command


def add_yes(command: argparse.ArgumentParser) -> None:
    """Add the option that answers yes where a command would ask whether to save."""
    command.add_argument(
        "--yes", action="store_true", help="lagre uten å spørre / save without asking"
    )
