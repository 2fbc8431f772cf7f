"""Who is served when: each chat in order, chats side by side, and never too many at once."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, nullcontext
from typing import Any, Literal
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.metrics import Metrics

Reason = Literal["busy", "too_fast"]
Refuse = Callable[[Update, Reason], Awaitable[None]]

MOST_WAITING = 250  # the last of them waits about a minute
MOST_OF_ONE = 5  # messages of one user
QUIET_SECONDS = 10.0  # before a user is told again
_UNBOUNDED = 1_000_000  # PTB's own bound would make chats wait for each other


class Turns(BaseUpdateProcessor):
    """Handles the updates that somebody `wants`, or lets `refuse` say that there are too many."""

    def __init__(self, wants: Callable[[Update], bool], refuse: Refuse, metrics: Metrics) -> None:
        super().__init__(_UNBOUNDED)
        self._wants = wants
        self._refuse = refuse
        self._metrics = metrics
        self._waiting = Counter[int]()  # by user
        self._told = set[int]()
        self._chats = WeakValueDictionary[int, asyncio.Lock]()

    async def initialize(self) -> None:
        """Nothing to do; PTB calls this."""

    async def shutdown(self) -> None:
        """Nothing to do; PTB calls this."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle an update when it is its turn; PTB calls this."""
        if not isinstance(update, Update) or not self._is_wanted(update):
            await coroutine  # does nothing, and so needs no place
        elif reason := self._reason_to_refuse(update):
            assert isinstance(coroutine, Coroutine)
            coroutine.close()
            await self._tell(update, reason)
        else:
            async with self._place(update), self._turn(update):
                await coroutine

    def _is_wanted(self, update: Update) -> bool:
        try:
            return self._wants(update)
        except Exception:  # a strange update: PTB meets the same error, and reports it
            return False

    def _reason_to_refuse(self, update: Update) -> Reason | None:
        if self._waiting[_user(update)] >= MOST_OF_ONE:
            return "too_fast"
        return "busy" if self._waiting.total() >= MOST_WAITING else None

    async def _tell(self, update: Update, reason: Reason) -> None:
        """Say no, but not to every message of a flood: that would be a flood as well."""
        self._metrics.refused.add(reason)
        user = _user(update)
        if user not in self._told:
            self._told.add(user)
            asyncio.get_running_loop().call_later(QUIET_SECONDS, self._told.discard, user)
            await self._refuse(update, reason)

    @asynccontextmanager
    async def _place(self, update: Update) -> AsyncIterator[None]:
        """Count as waiting until it is handled."""
        user = _user(update)
        self._waiting[user] += 1
        self._metrics.waiting.add()
        try:
            yield
        finally:
            self._metrics.waiting.add(amount=-1)
            self._waiting[user] -= 1
            if not self._waiting[user]:
                del self._waiting[user]  # or it would grow with everybody who ever asked

    @asynccontextmanager
    async def _turn(self, update: Update) -> AsyncIterator[None]:
        """Wait for what the same chat sent before; asyncio's locks keep the order."""
        chat = update.effective_chat
        # What happens in no chat, as an inline query does, has no order to keep.
        lock = self._chats.setdefault(chat.id, asyncio.Lock()) if chat else nullcontext()
        async with lock:
            yield


def _user(update: Update) -> int:
    """Who sent it: a chat for those who write in its name, since they all have one user id."""
    for sender in (update.effective_sender, update.effective_chat):
        if sender:
            return sender.id
    return 0
