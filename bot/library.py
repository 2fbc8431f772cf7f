"""The versions of a knowledge folder as sources that the bot answers from."""

import logging
from functools import cached_property
from pathlib import Path

from bot.clusters import make_directory
from bot.logs import log_event
from bot.source import Facts, Source
from index.encoder import SentenceEncoder, load_encoder
from index.engine import Engine, load_version, reader_name
from index.lock import who_am_i
from index.publishing import Publisher
from index.snapshot import content_hash
from index.versions import Version, Versions

logger = logging.getLogger(__name__)


class KnowledgeLibrary:
    """The versions of one knowledge folder; one encoder serves them all."""

    def __init__(self, knowledge: Path) -> None:
        """Take the folder in which editors work."""
        self.versions = Versions(knowledge)
        self.knowledge = knowledge

    def first(self) -> Source:
        """The current version; where there is none, the working files are made the first one."""
        version = self.versions.current() or self._publish()
        if version.manifest.content != content_hash(self.knowledge):
            logger.info("The files have changed since version %d", version.number)
        return self.load(version)

    def load(self, version: Version) -> Source:
        """The source of a version; a KlyngesvarError says why it cannot answer."""
        engine = load_version(version, self.encoder)
        directory = make_directory(engine.names.register, engine.index.articles)
        return Source(engine.reply, version, _facts(engine), engine.names.typed, directory)

    @cached_property
    def encoder(self) -> SentenceEncoder:
        """The encoder; it is loaded once, by far the largest part of what the bot keeps."""
        return load_encoder()

    def _publish(self) -> Version:
        log_event(logger, "Publishing the first version", knowledge=self.knowledge)
        by = f"{who_am_i()} (klyngesvar bot)"
        publisher = Publisher(
            self.knowledge, by, lambda: self.encoder, tell=logger.debug, confirm=lambda: True
        )
        version = publisher.publish(is_forced=False)
        assert version is not None  # there was no other, and nobody else holds the lock
        return version


def _facts(engine: Engine) -> Facts:
    encoder = engine.index.encoder.identity["model"]
    articles = len(engine.index.articles)
    return Facts(engine.index.version, articles, encoder, reader_name(encoder))
