"""The version that answers, and how another takes its place: loaded beside it, in one step."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from bot.logs import log_event
from bot.metrics import Metrics, observed
from bot.source import Library, Source
from index.versions import Version, Versions
from knowledge.errors import KlyngesvarError

LOOK_SECONDS = 2.0

logger = logging.getLogger(__name__)


class ChangedError(Exception):
    """Somebody else has switched versions meanwhile."""


@dataclass(frozen=True, slots=True)
class Step:
    """From the current version to the one before it."""

    current: Version
    previous: Version


class Releases:
    """Serves one version at a time."""

    def __init__(self, library: Library, first: Source, metrics: Metrics) -> None:
        """Take where sources come from, the one to start with, and where questions are counted."""
        self.library = library
        self._metrics = metrics
        self._one_at_a_time = asyncio.Lock()
        self._seen: Version | None = None  # the one that was last looked at
        self._trouble = ""  # the last one that was logged
        self._serve(first)

    def source(self) -> Source:
        """What answers now; whoever begins something stays with it to the end."""
        return self._source

    async def watch(self) -> None:
        """Look for another current version, again and again."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            await self.look()

    async def look(self) -> None:
        """Serve the current version; where that cannot be done, the log says once why."""
        async with self._one_at_a_time:
            try:
                await self._follow()
                self._trouble = ""
            except Exception as error:  # whatever it is, the version that answers goes on
                self._note_trouble(error)

    async def step_back(self) -> Step | None:
        """What a rollback would do; None where there is no earlier version."""
        return await asyncio.to_thread(_step_back, self.library.versions)

    async def roll_back(self, numbers: tuple[int, int], by: str) -> Version:
        """Let the previous version answer again: the second of these, after the first.

        Raises a ChangedError where these are no longer the current and the previous one, a
        BusyError where somebody is at it, and whatever keeps the version from answering.
        """
        async with self._one_at_a_time:
            source = await asyncio.to_thread(self._switch_back, numbers, by)
            self._serve(source)
        assert source.version is not None
        return source.version

    async def _follow(self) -> None:
        version = await asyncio.to_thread(self.library.versions.current)
        if version is None or version == self._seen:
            return
        self._seen = version  # once, also where it cannot answer
        if version != self._source.version:
            # Beside the thread that answers: chats go on meanwhile, a little slower.
            self._serve(await asyncio.to_thread(self.library.load, version))

    def _note_trouble(self, error: Exception) -> None:
        if str(error) != self._trouble:
            self._trouble = str(error)
            self._metrics.version_failures.add()
            is_told = isinstance(error, KlyngesvarError)
            logger.error(
                "The current version can not answer, and the one before it goes on: %s",
                error,
                exc_info=None if is_told else error,
            )

    def _switch_back(self, numbers: tuple[int, int], by: str) -> Source:
        versions = self.library.versions
        with versions.lock(by, "/rollback"):
            step = _step_back(versions)
            if step is None or (step.current.number, step.previous.number) != numbers:
                raise ChangedError
            source = self.library.load(step.previous)  # before anything is changed
            versions.switch(step.previous)
        return source

    def _serve(self, source: Source) -> None:
        """Answer from this source from now on; questions that have begun keep theirs."""
        self._source = replace(source, ask=observed(source.ask, self._metrics))
        self._metrics.index.become(source.facts.index)
        if source.version:
            number, manifest = source.version.number, source.version.manifest
            self._metrics.version.set(number)
            log_event(
                logger, "Answering", version=number, published=manifest.published, by=manifest.by
            )


@asynccontextmanager
async def watching(releases: Releases) -> AsyncIterator[None]:
    """Watch for another version within the block."""
    task = asyncio.create_task(releases.watch())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])


def _step_back(versions: Versions) -> Step | None:
    current, previous = versions.current(), versions.previous()
    return Step(current, previous) if current and previous else None
