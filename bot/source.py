"""What the bot answers with, once the index is loaded."""

from dataclasses import dataclass, field

from bot.admin import Facts
from bot.answering import Ask
from bot.clusters import NO_CLUSTERS, Directory
from bot.inline import Complete
from index.names import Typed


def complete_nothing(text: str, limit: int) -> Typed:
    """For a bot that knows no names."""
    return Typed((), None)


@dataclass(frozen=True, slots=True)
class Source:
    """What answers, from which index, and what else is known of it."""

    ask: Ask
    index_version: str = "-"
    facts: Facts = field(default_factory=Facts)
    complete: Complete = complete_nothing  # half-typed names
    directory: Directory = NO_CLUSTERS
