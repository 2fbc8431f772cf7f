"""The bot's command: `klyngesvar bot` answers in Telegram."""

import argparse
import os
from pathlib import Path

from bot.settings import Settings
from knowledge.paths import KNOWLEDGE

_DESCRIPTION = """\
Answers questions in Telegram until it is stopped (Ctrl-C or SIGTERM).

TELEGRAM_BOT_TOKEN holds the bot's token, which https://t.me/BotFather gives you.
README.md lists the other settings; all are environment variables."""

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
    """Load the index, then answer."""
    settings = Settings.from_environment(os.environ)
    from bot.running import Source, run
    from index.engine import load_engine
    from knowledge.register import read_register

    def load() -> Source:
        # A progress bar would be in the way of who reads the log as JSON.
        engine = load_engine(arguments.knowledge, progress=settings.log_format == "text")
        register = arguments.knowledge / "clusters.yaml"
        clusters = read_register(register).clusters if register.exists() else ()
        return Source(engine.reply, engine.index.version, clusters)

    run(settings, load)
    return 0
