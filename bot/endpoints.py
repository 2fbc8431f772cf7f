"""What the bot's HTTP server answers: its health, its figures and, with a webhook, Telegram."""

import asyncio
import hmac
import json
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus

from telegram import Bot

from bot.metrics import Metrics
from bot.server import Handler, Request, Response
from bot.transport import read_update

SECRET_HEADER = "x-telegram-bot-api-secret-token"
_REMEMBERED = 1000  # deliveries; Telegram repeats one when our reply to it was lost

Check = Callable[[], Awaitable[bool]]


@dataclass(slots=True)
class Status:
    """What must hold before the bot can answer."""

    index: bool = False
    updates: bool = False  # taken in: not before the start, and not after a signal to stop
    telegram: Check | None = None

    @contextmanager
    def taking_updates(self) -> Iterator[None]:
        """Within the block, updates are taken in."""
        self.updates = True
        try:
            yield
        finally:
            self.updates = False

    async def ready(self, _: Request) -> Response:
        """GET /readyz."""
        telegram = self.telegram is not None and await self.telegram()
        parts = {"index": self.index, "telegram": telegram, "updates": self.updates}
        status = HTTPStatus.OK if all(parts.values()) else HTTPStatus.SERVICE_UNAVAILABLE
        return Response(status, json.dumps(parts) + "\n", "application/json")


class Webhook:
    """Takes Telegram's deliveries from `open` to `close`; Telegram brings the others again."""

    def __init__(self, secret: str) -> None:
        """Accept only who knows the secret."""
        self.secret = secret
        self._bot: Bot | None = None
        self._queue: asyncio.Queue[object] = asyncio.Queue()
        self._seen = deque[int](maxlen=_REMEMBERED)

    def open(self, bot: Bot, queue: asyncio.Queue[object]) -> None:
        """From now on, put updates for the bot into its queue."""
        self._bot, self._queue = bot, queue

    def close(self) -> None:
        """Take no more."""
        self._bot = None

    async def receive(self, request: Request) -> Response:
        """POST to the webhook's path."""
        if not self._is_telegram(request):
            return Response(HTTPStatus.FORBIDDEN)
        if self._bot is None:
            return Response(HTTPStatus.SERVICE_UNAVAILABLE)
        try:
            data = json.loads(request.body)
        except ValueError:
            return Response(HTTPStatus.BAD_REQUEST)
        update = read_update(data, self._bot)
        # One that cannot be read is taken as well, or Telegram would bring it for a day.
        if update is not None and update.update_id not in self._seen:
            self._seen.append(update.update_id)
            self._queue.put_nowait(update)
        return Response(HTTPStatus.OK)

    def _is_telegram(self, request: Request) -> bool:
        given = request.headers.get(SECRET_HEADER, "").encode()
        return hmac.compare_digest(given, self.secret.encode())


async def alive(_: Request) -> Response:
    """GET /healthz: who reads this answer has proof."""
    return Response(HTTPStatus.OK, "ok\n")


def page_of(metrics: Metrics) -> Handler:
    """GET /metrics."""

    async def page(_: Request) -> Response:
        return Response(HTTPStatus.OK, metrics.text(), "text/plain; version=0.0.4; charset=utf-8")

    return page
