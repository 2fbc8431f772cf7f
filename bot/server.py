"""A small HTTP server: requests in, what a handler makes of them out; h11 knows the protocol."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus

import h11

from knowledge.errors import KlyngesvarError

LARGEST_BODY = 1 << 20  # an update has some kilobytes
SECONDS = 10.0  # for one request, so that a client that says nothing keeps no place
_CHUNK = 1 << 16

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Request:
    """What a client sent; header names are in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Response:
    """What it gets; without a text, the status' own words."""

    status: HTTPStatus
    text: str = ""
    content_type: str = "text/plain; charset=utf-8"


Handler = Callable[[Request], Awaitable[Response]]
Routes = Mapping[tuple[str, str], Handler]  # by method and path


@asynccontextmanager
async def serving(routes: Routes, host: str, port: int) -> AsyncIterator[str]:
    """Serve within the block; yields the address, whose port the system chooses when it is 0."""

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await asyncio.wait_for(_converse(routes, reader, writer), SECONDS)
        except (TimeoutError, OSError):
            logger.debug("A client has gone away")
        finally:
            writer.close()

    try:
        server = await asyncio.start_server(connected, host, port)
    except OSError as error:
        raise KlyngesvarError(
            f"the HTTP server cannot listen at KLYNGESVAR_HOST={host}, KLYNGESVAR_PORT={port} "
            f"({error}): choose others"
        ) from error
    async with server:
        yield f"http://{host}:{server.sockets[0].getsockname()[1]}"


async def _converse(
    routes: Routes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    """One request and its response; every connection carries only one."""
    connection = h11.Connection(h11.SERVER)
    try:
        response = await _respond(routes, await _read(connection, reader))
    except h11.RemoteProtocolError as error:
        response = Response(HTTPStatus(error.error_status_hint))
    writer.write(_bytes(connection, response))
    await writer.drain()


async def _read(connection: h11.Connection, reader: asyncio.StreamReader) -> Request:
    head: h11.Request | None = None
    body = b""
    while not isinstance(event := connection.next_event(), h11.EndOfMessage):
        if event is h11.NEED_DATA:
            connection.receive_data(await reader.read(_CHUNK))
        elif isinstance(event, h11.Request):
            head = event
        elif isinstance(event, h11.Data):
            body += event.data
            if len(body) > LARGEST_BODY:
                raise h11.RemoteProtocolError("too long", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        else:
            raise h11.RemoteProtocolError("hung up")
    assert head is not None  # h11 never ends a message that did not begin
    headers = {name.decode(): value.decode("latin-1") for name, value in head.headers}
    path = head.target.decode("latin-1").partition("?")[0]
    return Request(head.method.decode(), path, headers, body)


async def _respond(routes: Routes, request: Request) -> Response:
    handler = routes.get((request.method, request.path))
    if handler is None:
        known = any(path == request.path for _, path in routes)
        return Response(HTTPStatus.METHOD_NOT_ALLOWED if known else HTTPStatus.NOT_FOUND)
    try:
        return await handler(request)
    except Exception:
        logger.exception("%s %s could not be answered", request.method, request.path)
        return Response(HTTPStatus.INTERNAL_SERVER_ERROR)


def _bytes(connection: h11.Connection, response: Response) -> bytes:
    body = (response.text or f"{response.status.phrase}\n").encode()
    head = h11.Response(
        status_code=response.status,
        headers=[
            ("Content-Type", response.content_type),
            ("Content-Length", str(len(body))),
            ("Connection", "close"),
        ],
        reason=response.status.phrase,
    )
    events = (head, h11.Data(data=body), h11.EndOfMessage())
    return b"".join(connection.send(event) or b"" for event in events)
