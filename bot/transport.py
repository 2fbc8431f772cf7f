"""The line to Telegram: PTB's own, but one that counts faults and that no chat can block."""

import asyncio
import logging
import os
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from http import HTTPStatus
from time import time
from typing import Any

import httpx
from telegram import Bot, Update
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError
from telegram.ext import AIORateLimiter
from telegram.request import HTTPXRequest

from bot.metrics import Metrics

Json = dict[str, Any]
Result = bool | Json | list[Json]
Call = Coroutine[Any, Any, Result]

# Seconds between attempts to deliver an answer: five minutes in all.
PAUSES = (1.0, 2.0, 4.0, 8.0, 16.0, *[30.0] * 9)
LONGEST_WAIT = 300.0  # that Telegram can ask for; a chat that is held back longer gets no answer
FRESH_SECONDS = 30  # a poll that hears nothing new comes back after ten

# PTB's way of asking for what the next version does anyway; else each RetryAfter warns.
os.environ.setdefault("PTB_TIMEDELTA", "true")

logger = logging.getLogger(__name__)


class ObservedRequest(HTTPXRequest):
    """Notes how each call ended."""

    def __init__(self, metrics: Metrics, connection_pool_size: int) -> None:
        super().__init__(connection_pool_size=connection_pool_size)
        self._metrics = metrics

    async def do_request(
        self,
        url: str,
        *args: Any,  # noqa: ANN401 (PTB's own types for these are private)
        **kwargs: Any,  # noqa: ANN401
    ) -> tuple[int, bytes]:
        """Make one call; PTB calls this."""
        # The name of a file is no method, and there is no end of them.
        method = "download" if "/file/bot" in url else url.rpartition("/")[2]
        try:
            status, payload = await super().do_request(url, *args, **kwargs)
        except TelegramError as error:
            self._metrics.telegram_errors.add(method, type(error).__name__)
            raise
        if status < 400:
            self._metrics.telegram_heard.set(time())
        else:
            self._metrics.telegram_errors.add(method, str(status))
        return status, payload


class RevokedTokenError(TelegramError):
    """Telegram does not know the token any more.

    PTB has `InvalidToken` for that, with which polling ends and nobody is told.
    """


class PollingRequest(ObservedRequest):
    """Leaves out updates that PTB cannot read: it would ask for the same ones for ever."""

    async def do_request(
        self,
        url: str,
        *args: Any,  # noqa: ANN401 (as above)
        **kwargs: Any,  # noqa: ANN401
    ) -> tuple[int, bytes]:
        """Ask for updates; PTB calls this."""
        status, payload = await super().do_request(url, *args, **kwargs)
        if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND):
            reply = self.parse_json_payload(payload)  # raises where it is not Telegram's
            raise RevokedTokenError(str(reply.get("description")))
        return status, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> Json:
        """Telegram's reply; PTB calls this, and its documentation invites to override it."""
        reply = HTTPXRequest.parse_json_payload(payload)
        if not isinstance(reply, dict) or not reply.keys() & {"result", "description"}:
            # Anything but a TelegramError would make PTB ask again without a pause.
            raise TelegramError("the reply is not Telegram's")
        if isinstance(reply.get("result"), list):
            reply["result"] = [kept for update in reply["result"] if (kept := _readable(update))]
        return reply


def read_update(data: Json, bot: Bot | None) -> Update | None:
    """An update as PTB knows it, or None and a line in the log without its content."""
    try:
        return Update.de_json(data, bot)
    except Exception as error:  # whatever reading a strange object can raise
        kind = type(error).__name__
        logger.error("Update %s cannot be read (%s); it is left out", _number(data), kind)
        return None


def _readable(update: Json) -> Json | None:
    """The update; where it cannot be read only its number, so that Telegram drops it."""
    if read_update(update, None):
        return update
    return {"update_id": number} if (number := _number(update)) else None


def _number(update: Json) -> int | None:
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if isinstance(number, int) else None


async def is_reachable(metrics: Metrics, bot: Bot) -> bool:
    """Whether Telegram has answered lately, or does when it is asked."""
    if time() - metrics.telegram_heard.values[()] < FRESH_SECONDS:
        return True
    try:
        await bot.get_me()
    except TelegramError:
        return False
    return True


@contextmanager
def unless_too_old() -> Iterator[None]:
    """Let go of an answer that came too late: Telegram takes it for some seconds only."""
    try:
        yield
    except BadRequest as error:
        if "too old" not in error.message:
            raise


class PatientLimiter(AIORateLimiter):
    """Keeps Telegram's limits; a chat that is told to wait does so alone.

    PTB's own makes every chat wait for the one that Telegram holds back.
    """

    def __init__(self) -> None:
        super().__init__(max_retries=0)

    async def process_request(
        self,
        callback: Callable[..., Call],
        args: Any,  # noqa: ANN401 (as in the base class)
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Result:
        """Make a call as soon as it may be made; PTB calls this."""
        call = partial(callback, *args, **kwargs)
        if _is_answer(endpoint, data):
            call = partial(_patiently, call)
        return await super().process_request(call, (), {}, endpoint, data, rate_limit_args)


def _is_answer(endpoint: str, data: dict[str, Any]) -> bool:
    """Whether somebody would miss it; "typing" that comes late is of no use."""
    return endpoint.startswith("answer") or ("chat_id" in data and endpoint != "sendChatAction")


async def _patiently(call: Callable[[], Call]) -> Result:
    """Repeat a call that Telegram has not carried out; if it may have, two answers would come."""
    for pause in PAUSES:
        try:
            return await call()
        except RetryAfter as error:
            if (wait := _seconds(error)) > LONGEST_WAIT:
                raise
            await asyncio.sleep(wait)
        except NetworkError as error:
            if not _was_not_carried_out(error):
                raise
            logger.warning("Telegram is away (%s); an answer is tried again in %g s", error, pause)
            await asyncio.sleep(pause)
    return await call()


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return 0.1 + (wait.total_seconds() if isinstance(wait, timedelta) else wait)


def _was_not_carried_out(error: NetworkError) -> bool:
    """Whether no connection came about, or the reply was a 5xx; PTB has no class for these."""
    cause = error.__cause__
    if isinstance(cause, httpx.HTTPError):
        return isinstance(cause, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
    return type(error) is NetworkError
