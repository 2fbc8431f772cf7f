"""The console script `klyngesvar`: every package's commands in one place."""

import argparse
import os
import sys
from importlib.metadata import PackageNotFoundError, version

import bot.cli
import index.cli
import knowledge.cli
from knowledge.errors import KlyngesvarError


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    arguments = _parser().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
        sys.stdout.flush()  # so that a closed pipe is noticed here
    except KlyngesvarError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Python flushes once more at exit, and would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="klyngesvar",
        description="Answers questions about business clusters with verbatim quotes.",
    )
    parser.add_argument("--version", action="version", version=_version())
    commands = parser.add_subparsers(required=True, metavar="command")
    knowledge.cli.add_commands(commands)
    index.cli.add_commands(commands)
    bot.cli.add_commands(commands)
    return parser


def _version() -> str:
    try:
        return version("klyngesvar")
    except PackageNotFoundError:
        return "not installed"


if __name__ == "__main__":
    sys.exit(main())
