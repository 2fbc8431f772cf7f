"""The bot's command: `klyngesvar bot` polls Telegram and answers."""

import argparse
import os
from pathlib import Path

from bot.settings import Settings
from knowledge.paths import KNOWLEDGE

_DESCRIPTION = """\
Answers questions in Telegram until it is stopped (Ctrl-C or SIGTERM).

TELEGRAM_BOT_TOKEN holds the bot's token, which https://t.me/BotFather gives you.
TELEGRAM_API_URL holds the address of a Bot API server of your own, if you have one."""

_EXAMPLE = "example: TELEGRAM_BOT_TOKEN=123456:ABC-DEF klyngesvar bot"


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `bot` to the console script."""
    bot = commands.add_parser(
        "bot",
        help="answer questions in Telegram",
        description=_DESCRIPTION,
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    bot.add_argument(
        "--knowledge",
        type=Path,
        default=KNOWLEDGE,
        metavar="DIR",
        help="the folder with articles/ (default: the one that comes with Klyngesvar)",
    )
    bot.set_defaults(run=run_bot)


def run_bot(arguments: argparse.Namespace) -> int:
    """Load the index, then poll."""
    settings = Settings.from_environment(os.environ)
    from bot.app import run
    from index.engine import load_engine

    engine = load_engine(arguments.knowledge, progress=True)
    run(settings, engine.reply)
    return 0
