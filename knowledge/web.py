"""Requests to the web that reach public addresses only and that come to an end.

httpcore, on which httpx stands, lets us connect ourselves: a name is looked up once, each of its
addresses is checked, and the connection goes to a checked one, while TLS and the Host header keep
the name. A proxy would look the name up again, so those of the environment are not used.
"""

import ipaddress
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from types import TracebackType
from typing import Self

import httpcore
import httpx

from knowledge.errors import KlyngesvarError

AGENT = "klyngesvar"  # what robots.txt calls us
REDIRECTS = 5

_SECONDS = 60.0  # for everything that one session does
_SECONDS_A_READ = 15.0
_HEADERS = {
    "User-Agent": "Klyngesvar/1.0 (editors' tool, reads single pages)",
    "Accept": "text/html, application/pdf, text/plain, application/xml, */*;q=0.5",
    "Accept-Language": "nb, nn, no, en;q=0.5",
    "Accept-Encoding": "gzip",  # the one that is undone here, within a limit
}
_ORDINARY = ipaddress.IPv6Network("2000::/3")  # outside lie NAT64 and IPv4 written as IPv6
_6TO4 = ipaddress.IPv6Network("2002::/16")  # holds an IPv4 address, which may be private


class WebError(KlyngesvarError):
    """An address that cannot be read, in bokmål and in English, and what to do."""

    def __init__(self, nb: str, en: str) -> None:
        super().__init__(f"{nb}\n    {en}")


class UnknownHostError(WebError):
    """The name servers answer that there is no such host."""


class PrivateAddressError(WebError):
    """The address lies in a private network."""


def parse(address: str) -> httpx.URL:
    """The address, ready to be requested; a WebError where it is none or holds a password."""
    try:
        url = httpx.URL(address.strip()).copy_with(fragment=None)
    except httpx.InvalidURL:
        url = httpx.URL()
    if url.scheme not in ("http", "https") or not url.host or (url.port or 1) > 65535:
        raise WebError(
            f"{address} er ingen nettadresse: skriv hele, slik: https://www.eksempel.no/sak",
            f"{address} is no web address: write all of it, like this: "
            "https://www.example.com/news",
        )
    if url.userinfo:
        raise WebError(
            f"adressen til {url.host} har brukernavn eller passord i seg: ta det bort, "
            "og bruk en side som er åpen for alle",
            f"the address of {url.host} holds a user name or password: take it away, "
            "and use a page that is open to all",
        )
    return url


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply whose body has not been read; it lasts as long as the request that gave it."""

    url: httpx.URL
    status: int
    headers: httpx.Headers
    chunks: Iterable[bytes] = field(repr=False)

    @property
    def target(self) -> httpx.URL | None:
        """Where a redirect leads; None for every other reply."""
        if self.status not in (301, 302, 303, 307, 308) or "location" not in self.headers:
            return None
        try:
            return parse(str(self.url.join(self.headers["location"])))
        except httpx.InvalidURL:
            return parse(self.headers["location"])

    def read(self, limit: int) -> bytes:
        """The body with gzip undone; a WebError as soon as it has more bytes than the limit."""
        encoding = self.headers.get("content-encoding", "identity").lower()
        if encoding in ("gzip", "x-gzip"):
            return _within(limit, inflated(self.chunks, limit, self.url), self.url)
        if encoding in ("identity", ""):
            return _within(limit, self.chunks, self.url)
        raise WebError(
            f"{self.url} er pakket på en måte vi ikke har bedt om ({encoding}): lagre siden "
            "i nettleseren, og bruk filen",
            f"{self.url} is packed in a way that we did not ask for ({encoding}): save the page "
            "in the browser, and use the file",
        )


def inflated(chunks: Iterable[bytes], limit: int, name: object) -> Iterator[bytes]:
    """What was gzipped; no piece is much larger than the limit, however tightly it was packed."""
    inflate = zlib.decompressobj(wbits=31)
    try:
        for chunk in chunks:
            yield inflate.decompress(chunk, limit + 1)
    except zlib.error as error:
        raise WebError(
            f"{name} er pakket med feil og kan ikke åpnes: prøv igjen, eller lagre siden "
            "i nettleseren, og bruk filen",
            f"{name} is badly packed and cannot be opened: try again, or save the page "
            "in the browser, and use the file",
        ) from error


def _within(limit: int, chunks: Iterable[bytes], url: httpx.URL) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > limit:
            raise WebError(
                f"{url} er større enn {limit >> 20} MB: bruk en side eller fil med bare teksten",
                f"{url} is larger than {limit >> 20} MB: use a page or file with only the text",
            )
    return bytes(body)


class Session:
    """Requests that together have one minute, and connections that are kept between them."""

    def __init__(self, *, allow_private: bool = False) -> None:
        self._pool = httpcore.ConnectionPool(_tls(), network_backend=_Network(allow_private))

    def __enter__(self) -> Self:
        """Ready as it is."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connections."""
        self._pool.close()

    @contextmanager
    def request(self, method: str, url: httpx.URL) -> Iterator[Reply]:
        """One request, redirects not followed; all that fails on the way is a WebError."""
        target = httpcore.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
        )
        headers = [*_HEADERS.items(), ("Host", url.netloc.decode())]
        timeout = dict.fromkeys(("connect", "read", "write", "pool"), _SECONDS_A_READ)
        with (
            _told(url),
            self._pool.stream(
                method, target, headers=headers, extensions={"timeout": timeout}
            ) as response,
        ):
            yield Reply(
                url, response.status, httpx.Headers(response.headers), response.iter_stream()
            )

    @contextmanager
    def get(
        self, url: httpx.URL, check: Callable[[httpx.URL], None] = lambda url: None
    ) -> Iterator[Reply]:
        """The reply at the end of at most five redirects; `check` may refuse each address."""
        asked = url
        for _ in range(REDIRECTS + 1):
            check(url)
            with self.request("GET", url) as reply:
                if (target := reply.target) is None:
                    yield reply
                    return
            url = target
        raise WebError(
            f"{asked} sender videre mer enn {REDIRECTS} ganger: åpne siden i nettleseren, "
            "og bruk adressen som står der til slutt",
            f"{asked} redirects more than {REDIRECTS} times: open the page in the browser, "
            "and use the address that stands there in the end",
        )


@cache
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context()


class _Network(httpcore.SyncBackend):
    """Connections to checked addresses, all within the time of one session."""

    def __init__(self, allow_private: bool) -> None:
        self._allow_private = allow_private
        self._end = time.monotonic() + _SECONDS

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first of the host's addresses that can be reached."""
        failure: Exception = httpcore.ConnectError(host)
        for address in self._addresses(host, port):
            try:
                stream = super().connect_tcp(
                    address, port, self.left(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _Stream(stream, self.left)
        raise failure

    def left(self, timeout: float | None) -> float:
        """The seconds that a step may last."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left if timeout is None else min(timeout, left)

    def _addresses(self, host: str, port: int) -> list[str]:
        addresses = _look_up(host, port)
        # One private address among public ones is refused too: no honest site has it.
        if self._allow_private or all(map(is_public, addresses)):
            return addresses
        raise PrivateAddressError(
            f"{host} ligger på et lukket nett ({', '.join(addresses)}) og hentes ikke: er det "
            "ditt eget, skriv --allow-private",
            f"{host} lies in a private network ({', '.join(addresses)}) and is not fetched: if "
            "it is your own, write --allow-private",
        )


def is_public(address: str) -> bool:
    """Whether an IP address is on the open internet, and is not another one in disguise."""
    ip = ipaddress.ip_address(address)
    if ip.version == 6 and (ip not in _ORDINARY or ip in _6TO4):
        return False
    return ip.is_global and not ip.is_multicast


def _look_up(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise _no_address(host, error) from error
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


def _no_address(host: str, error: OSError | UnicodeError) -> WebError:
    if isinstance(error, OSError) and error.errno == socket.EAI_AGAIN:
        return WebError(
            f"får ikke slått opp {host} nå: se etter om maskinen er på nett, og prøv igjen",
            f"{host} cannot be looked up now: see whether this machine is online, and try again",
        )
    return UnknownHostError(
        f"nettstedet {host} finnes ikke: se etter om adressen er skrevet riktig",
        f"there is no site {host}: see whether the address is spelt right",
    )


class _Stream(httpcore.NetworkStream):
    """A connection on which no step outlasts the session."""

    def __init__(
        self, stream: httpcore.NetworkStream, left: Callable[[float | None], float]
    ) -> None:
        self._stream = stream
        self._left = left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        try:
            stream = self._stream.start_tls(ssl_context, server_hostname, self._left(timeout))
        except httpcore.ConnectError as error:
            raise WebError(
                f"ingen sikker forbindelse til {server_hostname} ({error}): si fra til dem som "
                "har nettstedet",
                f"no secure connection to {server_hostname} ({error}): tell those who run "
                "the site",
            ) from error
        return _Stream(stream, self._left)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


@contextmanager
def _told(url: httpx.URL) -> Iterator[None]:
    """Tell in people's words what httpcore raises."""
    try:
        yield
    except httpcore.TimeoutException as error:
        raise WebError(
            f"{url} bruker for lang tid: prøv igjen senere",
            f"{url} takes too long: try again later",
        ) from error
    except httpcore.NetworkError as error:
        raise WebError(
            f"får ikke kontakt med {url.host}: prøv igjen senere",
            f"{url.host} cannot be reached: try again later",
        ) from error
    except httpcore.ProtocolError as error:
        raise WebError(
            f"{url} svarer ikke slik et nettsted skal: prøv igjen senere, eller lagre siden "
            "i nettleseren, og bruk filen",
            f"{url} does not reply as a site should: try again later, or save the page "
            "in the browser, and use the file",
        ) from error
