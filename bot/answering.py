"""Who answers: questions in, replies out, one at a time, those of chats before what is typed."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Literal, TypeVar

from bot.metrics import Metrics
from bot.source import Source
from index.followup import Memory, Reply
from knowledge.articles import Language

Result = TypeVar("Result")
Mode = Literal["chat", "inline", "guest"]

# Always the same thread: PyTorch and the allocator keep memory for each that they meet.
_THREAD = ThreadPoolExecutor(1, "answers")


async def in_thread(work: Callable[[], Result]) -> Result:
    """Do what the model has a part in, where all of that is done."""
    return await asyncio.get_running_loop().run_in_executor(_THREAD, work)


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn with the model: one source answers all that is asked in it."""

    source: Source
    _metrics: Metrics

    async def ask(
        self, question: str, language: Language | None, memory: Memory | None, mode: Mode
    ) -> Reply:
        """The reply."""
        self._metrics.asked.add(mode)
        return await in_thread(partial(self.source.ask, question, language, memory))


class Desk:
    """Hands out turns with the model, which gains nothing from two questions at once."""

    def __init__(self, source: Callable[[], Source], metrics: Metrics) -> None:
        """Take what tells who answers now, and where questions are counted."""
        self._source = source
        self._metrics = metrics
        self._turn = asyncio.Lock()
        self._in_line = 0  # without those who let others go first

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[Turn]:
        """Wait for those who came before; asyncio's locks keep the order."""
        self._in_line += 1
        try:
            await self._turn.acquire()
        finally:
            self._in_line -= 1
        try:
            yield Turn(self._source(), self._metrics)
        finally:
            self._turn.release()

    @asynccontextmanager
    async def turn_after_all(self) -> AsyncIterator[Turn]:
        """Wait until nobody else is in line, whoever came first."""
        while True:
            async with self._turn:
                if not self._in_line:
                    yield Turn(self._source(), self._metrics)
                    return
