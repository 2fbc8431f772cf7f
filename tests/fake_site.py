"""A web site on this machine, and names and addresses of an internet that leads to it."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any

import pytest

PUBLIC = "93.184.216.34"


@dataclass(frozen=True, slots=True)
class Page:
    """What is sent; `write` may go on sending as long as it likes."""

    body: bytes = b"<p>Hei</p>"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "text/html"})
    write: Callable[[BaseHTTPRequestHandler], None] | None = None
    head: int | None = None  # the status for HEAD, where it differs


def moved(to: str, status: int = 302) -> Page:
    return Page(b"", status, {"Location": to})


@dataclass(frozen=True, slots=True)
class Site:
    """Pages by path, 404 for the others, and the requests that came."""

    port: int
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[SimpleNamespace] = field(default_factory=list)

    def address(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        return [request.path for request in self.asked]


@contextmanager
def running_site(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append(
                SimpleNamespace(method=self.command, path=self.path, headers=self.headers)
            )
            page = site.pages.get(self.path, Page(b"", 404, {}))
            with suppress(ConnectionError):
                self._send(page)

        do_HEAD = do_GET

        def _send(self, page: Page) -> None:
            head = self.command == "HEAD"
            self.send_response(page.head if head and page.head else page.status)
            for name, value in page.headers.items():
                self.send_header(name, value)
            if page.write is None:
                self.send_header("Content-Length", str(len(page.body)))
            else:
                self.close_connection = True
            self.end_headers()
            if not head:
                self.wfile.write(page.body) if page.write is None else page.write(self)

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            pass  # a visitor who breaks off is what many tests are about

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if tls:
        server.socket = tls.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    site = Site(server.server_port)
    threading.Thread(target=server.serve_forever, args=(0.02,)).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


def internet(
    monkeypatch: pytest.MonkeyPatch, site: Site, names: Mapping[str, list[str]]
) -> list[tuple[str, int]]:
    """Let only these names exist, and public addresses lead to the site; what was connected to."""
    connected: list[tuple[str, int]] = []
    connect = socket.create_connection

    def look_up(host: str, port: int, *arguments: object, **more: object) -> list[Any]:
        if host == "127.0.0.1":
            return getaddrinfo(host, port, *arguments, **more)  # type: ignore[arg-type]
        if host not in names:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        kind = socket.SOCK_STREAM
        return [(socket.AF_INET, kind, 6, "", (address, port)) for address in names[host]]

    def divert(address: tuple[str, int], timeout: float, **_: object) -> socket.socket:
        connected.append(address)
        return connect(("127.0.0.1", site.port), timeout)

    getaddrinfo = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", divert)
    return connected
