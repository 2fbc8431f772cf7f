import asyncio
import json
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import TypeVar

import httpx
import pytest

from bot import server
from bot.server import Request, Response, serving
from knowledge.errors import KlyngesvarError

T = TypeVar("T")


async def echo(request: Request) -> Response:
    seen = {"path": request.path, "x": request.headers.get("x-a"), "body": request.body.decode()}
    return Response(HTTPStatus.OK, json.dumps(seen), "application/json")


async def fail(request: Request) -> Response:
    raise RuntimeError("a bug")


ROUTES = {("POST", "/echo"): echo, ("GET", "/fail"): fail}


def during(use: Callable[[str], Awaitable[T]]) -> T:
    """What `use` makes of the address of a running server."""

    async def run() -> T:
        async with serving(ROUTES, "127.0.0.1", 0) as address:
            return await use(address)

    return asyncio.run(run())


def request(method: str, path: str, **rest: object) -> httpx.Response:
    async def use(address: str) -> httpx.Response:
        async with httpx.AsyncClient() as client:
            return await client.request(method, address + path, **rest)  # type: ignore[arg-type]

    return during(use)


def raw(data: bytes) -> bytes:
    async def use(address: str) -> bytes:
        host, port = address.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(data)
        reply = await reader.read()
        writer.close()
        return reply

    return during(use)


def test_a_handler_sees_the_request_and_its_response_arrives() -> None:
    response = request("POST", "/echo?q=1", headers={"X-A": "b"}, content="æ" * 50_000)
    assert response.json() == {"path": "/echo", "x": "b", "body": "æ" * 50_000}
    assert response.headers["content-type"] == "application/json"
    assert response.headers["connection"] == "close"


def test_a_body_in_chunks() -> None:
    chunks = b"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    reply = raw(chunks + b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
    assert reply.endswith(b'"body": "abcde"}')


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/", 404), ("GET", "/echo", 405), ("POST", "/fail", 405), ("GET", "/fail", 500)],
)
def test_what_there_is_no_handler_for(method: str, path: str, status: int) -> None:
    response = request(method, path)
    assert (response.status_code, response.text) == (status, f"{HTTPStatus(status).phrase}\n")


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"nonsense\r\n\r\n", b"HTTP/1.1 400 "),
        (b"GET / HTTP/1.1\r\n\r\n", b"HTTP/1.1 400 "),  # no Host
        (b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"b" * 100_000, b"HTTP/1.1 431 "),
        (b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", b"HTTP/1.1 400 "),
    ],
)
def test_what_is_no_http_is_refused(data: bytes, status: bytes) -> None:
    assert raw(data).startswith(status)


def test_a_body_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "LARGEST_BODY", 10)
    assert request("POST", "/echo", content="x" * 10).status_code == 200
    assert request("POST", "/echo", content="x" * 11).status_code == 413


def test_a_client_that_says_nothing_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "SECONDS", 0.05)
    assert raw(b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n") == b""


def test_a_port_that_is_taken_is_named() -> None:
    async def again(address: str) -> str:
        port = int(address.rpartition(":")[2])
        with pytest.raises(KlyngesvarError) as raised:
            async with serving(ROUTES, "127.0.0.1", port):
                pass
        return f"KLYNGESVAR_HOST=127.0.0.1, KLYNGESVAR_PORT={port} in: {raised.value}"

    named, _, said = during(again).partition(" in: ")
    assert named in said
