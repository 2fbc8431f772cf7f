"""The bot's commands: `klyngesvar bot` answers in Telegram, `unanswered` lists the rest."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from bot.settings import Settings, journal_file
from knowledge.errors import KlyngesvarError
from knowledge.paths import KNOWLEDGE

if TYPE_CHECKING:
    from bot.unanswered import Group
    from index.gaps import Gap

_DESCRIPTION = """\
Answers questions in Telegram until it is stopped (Ctrl-C or SIGTERM), from the version
that klyngesvar publish has made current; where there is none, it publishes the first one.

TELEGRAM_BOT_TOKEN holds the bot's token, which https://t.me/BotFather gives you.
README.md lists the other settings; all are environment variables."""

_EXAMPLE = "example: TELEGRAM_BOT_TOKEN=123456:ABC-DEF klyngesvar bot"

_UNANSWERED = """\
Lists the questions in the bot's journal that got no answer, an unsure one or a vote
against it, most frequent first. Questions of nearly the same words are counted as one.

The journal is at KLYNGESVAR_JOURNAL, or in the cache folder."""

_UNANSWERED_EXAMPLES = """\
examples:
  klyngesvar unanswered --suggest
  klyngesvar unanswered --days 7 --format json"""

_REASONS = {
    "none": "no answer",
    "maybe": "unsure",
    "down": "voted down",
    "wrong": "wrong answer",
    "source": "wrong source",
    "old": "out of date",
    "unclear": "not understood",
}


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `bot` and `unanswered` to the console script."""
    bot = commands.add_parser(
        "bot",
        help="answer questions in Telegram",
        description=_DESCRIPTION,
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_knowledge(bot)
    bot.set_defaults(run=run_bot)
    _add_unanswered(commands)


def run_bot(arguments: argparse.Namespace) -> int:
    """Load the current version, then answer."""
    settings = Settings.from_environment(os.environ)
    from bot.library import KnowledgeLibrary
    from bot.running import run

    run(settings, KnowledgeLibrary(arguments.knowledge))
    return 0


def run_unanswered(arguments: argparse.Namespace) -> int:
    """Print what was not answered well."""
    from bot.database import Database
    from bot.journal import Journal
    from bot.unanswered import unanswered

    file = journal_file(os.environ)
    if not file.exists():
        raise KlyngesvarError(
            f"there is no journal at {file}: KLYNGESVAR_JOURNAL says where it is"
        )
    groups = unanswered(Journal(Database(file)).last(arguments.days), arguments.limit)
    is_asked = arguments.suggest and groups
    gaps = _gaps(groups, arguments.knowledge) if is_asked else [None] * len(groups)
    show = _as_json if arguments.format == "json" else _as_text
    sys.stdout.write(show(groups, gaps))
    return 0


def _gaps(groups: "Sequence[Group]", knowledge: Path) -> "Sequence[Gap]":
    from bot.suggestions import find_gaps
    from index.engine import load_engine
    from index.gaps import find_gap

    engine = load_engine(knowledge, progress=True)
    return find_gaps(groups, lambda question: find_gap(engine, question))


def _add_unanswered(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser(
        "unanswered",
        help="list the questions without a good answer",
        description=_UNANSWERED,
        epilog=_UNANSWERED_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument(
        "--days", type=_positive, default=30, metavar="N", help="how far back (%(default)s)"
    )
    command.add_argument(
        "--limit", type=_positive, default=20, metavar="N", help="the most lines (%(default)s)"
    )
    command.add_argument(
        "--format", choices=("text", "json"), default="text", help="(%(default)s)"
    )
    command.add_argument(
        "--suggest",
        action="store_true",
        help="say what seems to be missing (an article, an alias) beside the nearest passages",
    )
    _add_knowledge(command)
    command.set_defaults(run=run_unanswered)


def _add_knowledge(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--knowledge",
        type=Path,
        default=KNOWLEDGE,
        metavar="DIR",
        help="the folder with articles/ (default: the one that comes with Klyngesvar)",
    )


def _positive(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 100_000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 99999")
    return int(text)


def _as_json(groups: "Sequence[Group]", gaps: "Sequence[Gap | None]") -> str:
    listed = [
        asdict(group) | ({"gap": asdict(gap)} if gap else {})
        for group, gap in zip(groups, gaps, strict=True)
    ]
    return json.dumps(listed, ensure_ascii=False, indent=2) + "\n"


def _as_text(groups: "Sequence[Group]", gaps: "Sequence[Gap | None]") -> str:
    return "".join(map(_lines, groups, gaps)) or "Every question got a good answer.\n"


def _lines(group: "Group", gap: "Gap | None") -> str:
    from bot.suggestions import suggestion

    reasons = ", ".join(f"{_REASONS[name]} {count}" for name, count in group.reasons.items())
    line = f"{group.count:>5}  {' '.join(group.question.split())}  ({reasons})\n"
    return line + (f"{suggestion(gap)}\n" if gap else "")
