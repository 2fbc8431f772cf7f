"""What answers: all that the bot takes from one version of the content, in one object."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from bot.clusters import NO_CLUSTERS, Directory
from index.encoder import SentenceEncoder
from index.followup import Memory, Reply
from index.names import Typed
from index.versions import Version, Versions
from knowledge.articles import Language

Ask = Callable[[str, Language | None, Memory | None], Reply]
Complete = Callable[[str, int], Typed]


def complete_nothing(text: str, limit: int) -> Typed:
    """For a bot that knows no names."""
    return Typed((), None)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the bot answers with."""

    index: str = "-"
    articles: int = 0
    encoder: str = "-"
    reader: str = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """What answers, from which version, and what else is known of it."""

    ask: Ask
    version: Version | None = None
    facts: Facts = field(default_factory=Facts)
    complete: Complete = complete_nothing  # half-typed names
    directory: Directory = NO_CLUSTERS


class Library(Protocol):
    """Where sources come from."""

    @property
    def knowledge(self) -> Path:
        """The folder in which editors work."""

    @property
    def encoder(self) -> SentenceEncoder:
        """What embeds their articles."""

    @property
    def versions(self) -> Versions:
        """The versions that there are."""

    def first(self) -> Source:
        """The source to start with: the current version's, which is made where there is none."""

    def load(self, version: Version) -> Source:
        """The source of a version; any exception says why it cannot answer."""
