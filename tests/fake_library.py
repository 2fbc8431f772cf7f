"""Versions that hold nothing but a manifest, and a library whose sources are made up."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from fake_index import FakeEncoder
from fakes import answer, article, forgetful, quote

from bot.metrics import Metrics
from bot.releases import Releases
from bot.source import Source
from index.answer import Answer
from index.encoder import SentenceEncoder
from index.versions import Manifest, Version, Versions
from knowledge.articles import Language

ENCODER = cast(SentenceEncoder, FakeEncoder())
MANIFEST = Manifest(
    published="2026-01-31T12:00:00+00:00",
    by="kari@<kontor>",
    encoder={"model": "fake"},
    content="abc",
    articles=2,
    passages=3,
    questions=5,
    right=4,
)


@dataclass(frozen=True)
class FakeLibrary:
    versions: Versions
    make: Callable[[Version | None], Source]
    knowledge: Path = Path("knowledge")
    encoder: SentenceEncoder = ENCODER

    def first(self) -> Source:
        version = self.versions.current()
        return replace(self.make(version), version=version)

    def load(self, version: Version) -> Source:
        return replace(self.make(version), version=version)


def make_versions() -> Versions:
    """The store of a test's own, with nothing in it."""
    return Versions(Path("knowledge"))


def publish(versions: Versions) -> Version:
    """Let a new version answer."""
    version = versions.finish(versions.start(), MANIFEST)
    versions.switch(version)
    return version


def serving(source: Source, metrics: Metrics | None = None) -> Releases:
    """What serves this source, and knows of no other."""
    return Releases(FakeLibrary(make_versions(), lambda _: source), source, metrics or Metrics())


def words_of(number: int) -> tuple[str, str]:
    """The two sentences that the version of this number holds, and no other."""
    return f"Versjon {number} sier dette.", f"Versjon {number} sier også dette."


def answering_from(version: Version | None) -> Source:
    """A source that quotes its own version for whatever it is asked."""
    assert version is not None
    first, second = words_of(version.number)
    source = article(f"{first}\n{second}\n")
    quotes = quote(first, None, source), quote(second, None, source, "agrees")

    @forgetful
    def ask(question: str, language: Language | None) -> Answer:
        found = answer(question, text=None, quotes=quotes)
        return replace(found, version=version.number)

    return Source(ask, version)
