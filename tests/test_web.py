import gzip
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import httpx
import pytest
from fake_site import PUBLIC, Page, Site, internet, moved, running_site

from knowledge import web
from knowledge.web import Reply, Session, UnknownHostError, WebError, is_public, parse

INSIDE = """
10.0.0.1 172.16.0.1 192.168.1.1 127.0.0.1 169.254.169.254 0.0.0.0 100.64.0.1 224.0.0.1 240.0.0.1
255.255.255.255 ::1 :: fe80::1 fe80::1%1 fc00::1 fec0::1 ff02::1 2001:db8::1
::ffff:127.0.0.1 ::ffff:93.184.216.34 64:ff9b::7f00:1 64:ff9b::5db8:d822 64:ff9b:1::7f00:1
2002:7f00:1:: 2002:5db8:d822:: 2001:0:7f00:1::
""".split()


@pytest.fixture(scope="module")
def whole_site() -> Iterator[Site]:
    with running_site() as site:
        yield site


@pytest.fixture
def site(whole_site: Site) -> Site:
    whole_site.pages.clear()
    whole_site.asked.clear()
    return whole_site


def get(address: str, *, allow_private: bool = False, limit: int = 1 << 20) -> bytes:
    with (
        Session(allow_private=allow_private) as session,
        session.get(parse(address)) as reply,
    ):
        assert reply.status == 200
        return reply.read(limit)


@pytest.mark.parametrize("address", INSIDE)
def test_addresses_inside_a_network_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", [PUBLIC, "2606:2800:220:1::1", "172.32.0.1"])
def test_addresses_of_the_open_internet_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    ["ftp://example.no/a", "file:///etc/passwd", "example.no", "http://", "http://example.no:x/",
     "http://example.no:70000/", ""],
)  # fmt: skip
def test_what_is_no_web_address_is_told(address: str) -> None:
    with pytest.raises(WebError, match=r"er ingen nettadresse.*\n.* is no web address"):
        parse(address)


def test_a_password_is_neither_used_nor_shown() -> None:
    with pytest.raises(WebError) as error:
        parse("https://kari:hemmelig@example.no/")
    assert "har brukernavn eller passord i seg" in str(error.value)
    assert "hemmelig" not in str(error.value)


def test_an_address_is_asked_for_as_servers_know_it() -> None:
    assert str(parse(" https://Blåbær.example.no/å#her ")) == (
        "https://xn--blbr-roah.example.no/%C3%A5"
    )


@pytest.mark.parametrize("address", ["http://127.0.0.1:{}/", "http://2130706433:{}/"])
def test_this_machine_is_refused_in_every_spelling(site: Site, address: str) -> None:
    with pytest.raises(WebError, match=r"lukket nett \(127.0.0.1\).*--allow-private"):
        get(address.format(site.port))
    assert site.asked == []


def test_this_machine_can_be_allowed(site: Site) -> None:
    site.pages["/"] = Page()
    assert get(site.address("/"), allow_private=True) == b"<p>Hei</p>"
    assert site.asked[0].headers["User-Agent"].startswith("Klyngesvar/")


def test_the_connection_goes_to_the_address_that_was_checked(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.pages["/"] = Page()
    names = {"example.no": [PUBLIC]}
    connected = internet(monkeypatch, site, names)
    look_up = socket.getaddrinfo

    def rebinding(*arguments: object, **more: object) -> object:
        found = look_up(*arguments, **more)  # type: ignore[arg-type]
        names["example.no"] = ["127.0.0.1"]
        return found

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    assert get("http://example.no/") == b"<p>Hei</p>"
    assert connected == [(PUBLIC, 80)]
    assert site.asked[0].headers["Host"] == "example.no"


def test_proxies_of_the_environment_are_not_used(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.pages["/"] = Page()
    connected = internet(monkeypatch, site, {"example.no": [PUBLIC]})
    assert get("http://example.no/") == b"<p>Hei</p>"
    assert connected == [(PUBLIC, 80)]


def test_a_host_with_a_public_and_a_private_address_is_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected = internet(monkeypatch, site, {"example.no": [PUBLIC, "10.0.0.1"]})
    with pytest.raises(WebError, match=r"example\.no ligger på et lukket nett"):
        get("http://example.no/")
    assert connected == []


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("http://inne.example.no/", "inne.example.no ligger på et lukket nett (10.0.0.1)"),
        ("//inne.example.no/", "inne.example.no ligger på et lukket nett (10.0.0.1)"),
        ("file:///etc/passwd", "file:/etc/passwd er ingen nettadresse"),
        ("http://a:b@example.no/", "har brukernavn eller passord i seg"),
        ("http://exa mple.no:x/", "er ingen nettadresse"),
    ],
)
def test_a_redirect_is_checked_as_the_first_address(
    site: Site, monkeypatch: pytest.MonkeyPatch, target: str, told: str
) -> None:
    site.pages["/"] = moved(target)
    names = {"example.no": [PUBLIC], "inne.example.no": ["10.0.0.1"]}
    connected = internet(monkeypatch, site, names)
    with pytest.raises(WebError) as error:
        get("http://example.no/")
    assert told in str(error.value)
    assert connected == [(PUBLIC, 80)]


def test_five_redirects_are_followed_and_a_loop_is_not(site: Site) -> None:
    for number in range(5):
        site.pages[f"/{number}"] = moved(f"{number + 1}")
    site.pages["/5"] = Page()
    assert get(site.address("/0"), allow_private=True) == b"<p>Hei</p>"
    site.pages["/5"] = moved("/0")
    with pytest.raises(WebError, match="/0 sender videre mer enn 5 ganger"):
        get(site.address("/0"), allow_private=True)


def test_the_next_address_is_tried_where_one_does_not_answer(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.pages["/"] = Page()
    other = "93.184.216.35"
    connected = internet(monkeypatch, site, {"example.no": [other, PUBLIC]})
    connect = socket.create_connection

    def only_one(address: tuple[str, int], timeout: float, **_: object) -> socket.socket:
        if address[0] == other:
            raise ConnectionRefusedError
        return connect(address, timeout)

    monkeypatch.setattr(socket, "create_connection", only_one)
    assert get("http://example.no/") == b"<p>Hei</p>"
    assert connected == [(PUBLIC, 80)]


def test_an_unknown_host_is_not_confused_with_being_offline(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    internet(monkeypatch, site, {})
    with pytest.raises(UnknownHostError, match=r"nettstedet example\.no finnes ikke"):
        get("http://example.no/")

    def offline(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", offline)
    with pytest.raises(WebError, match="se etter om maskinen er på nett") as error:
        get("http://example.no/")
    assert not isinstance(error.value, UnknownHostError)


def endless(handler: BaseHTTPRequestHandler) -> None:
    while True:
        handler.wfile.write(b"x" * 65536)


def slow(handler: BaseHTTPRequestHandler) -> None:
    for _ in range(100):
        handler.wfile.write(b"x")
        time.sleep(0.05)


def test_an_endless_body_is_stopped(site: Site) -> None:
    site.pages["/"] = Page(write=endless)
    with pytest.raises(WebError, match="er større enn 1 MB"):
        get(site.address("/"), allow_private=True)


def test_a_body_that_drips_is_stopped(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "_SECONDS", 0.3)
    site.pages["/"] = Page(write=slow)
    started = time.monotonic()
    with pytest.raises(WebError, match="bruker for lang tid"):
        get(site.address("/"), allow_private=True)
    assert time.monotonic() - started < 3


def test_headers_that_drip_are_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "_SECONDS", 0.3)

    def drip() -> None:
        connection, _ = server.accept()
        with connection, suppress(ConnectionError):
            connection.sendall(b"HTTP/1.1 200 OK\r\n")
            for _ in range(100):
                connection.sendall(b"A: b\r\n")
                time.sleep(0.05)

    with socket.create_server(("127.0.0.1", 0)) as server:
        dripping = threading.Thread(target=drip)
        dripping.start()
        started = time.monotonic()
        with pytest.raises(WebError, match="bruker for lang tid"):
            get(f"http://127.0.0.1:{server.getsockname()[1]}/", allow_private=True)
        assert time.monotonic() - started < 3
        dripping.join()


@pytest.mark.parametrize("limit", ["_SECONDS", "_SECONDS_A_READ"])
def test_a_silent_server_is_given_up(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    monkeypatch.setattr(web, limit, 0.1)
    with socket.create_server(("127.0.0.1", 0)) as server:
        started = time.monotonic()
        with pytest.raises(WebError, match="bruker for lang tid"):
            get(f"http://127.0.0.1:{server.getsockname()[1]}/", allow_private=True)
    assert time.monotonic() - started < 3


def packed(body: bytes, encoding: str = "gzip") -> Page:
    return Page(body, headers={"Content-Type": "text/html", "Content-Encoding": encoding})


def test_gzip_is_undone(site: Site) -> None:
    site.pages["/"] = packed(gzip.compress(b"<p>Klyngen</p>"))
    assert get(site.address("/"), allow_private=True) == b"<p>Klyngen</p>"
    assert site.asked[0].headers["Accept-Encoding"] == "gzip"


def test_a_gzip_bomb_is_stopped(site: Site) -> None:
    bomb = gzip.compress(bytes(50 << 20))
    assert len(bomb) < 100_000
    site.pages["/"] = packed(bomb)
    with pytest.raises(WebError, match="er større enn 1 MB"):
        get(site.address("/"), allow_private=True)


def test_a_bomb_is_never_unpacked_whole() -> None:
    bomb = gzip.compress(bytes(50 << 20))
    assert [len(piece) for piece in web.inflated([bomb], 1000, "x")] == [1001]


@pytest.mark.parametrize("encoding", ["gzip, gzip", "br", "deflate"])
def test_other_packings_are_refused(site: Site, encoding: str) -> None:
    site.pages["/"] = packed(b"...", encoding)
    with pytest.raises(WebError, match="pakket på en måte vi ikke har bedt om"):
        get(site.address("/"), allow_private=True)


def test_broken_gzip_is_told(site: Site) -> None:
    site.pages["/"] = packed(b"not gzip")
    with pytest.raises(WebError, match="pakket med feil"):
        get(site.address("/"), allow_private=True)


def test_what_is_no_http_is_told(site: Site) -> None:
    site.pages["/"] = Page(b"", headers={"Transfer-Encoding": "gzip"})
    with pytest.raises(WebError, match="svarer ikke slik et nettsted skal"):
        get(site.address("/"), allow_private=True)


def test_nobody_listening_is_told(site: Site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(WebError, match=r"får ikke kontakt med 127\.0\.0\.1"):
        get(f"http://127.0.0.1:{port}/", allow_private=True)


def test_a_redirect_without_a_target_is_an_ordinary_reply() -> None:
    reply = Reply(httpx.URL("http://example.no/"), 302, httpx.Headers(), [])
    assert reply.target is None


def test_http_where_tls_was_expected_is_told(site: Site) -> None:
    with pytest.raises(WebError, match=r"ingen sikker forbindelse til 127\.0\.0\.1"):
        get(f"https://127.0.0.1:{site.port}/", allow_private=True)


@pytest.mark.skipif(not shutil.which("openssl"), reason="makes a certificate with openssl")
def test_tls_knows_the_host_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-subj", "/CN=example.no", "-addext", "subjectAltName=DNS:example.no",
         "-out", certificate, "-keyout", key],
        check=True, capture_output=True,
    )  # fmt: skip
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    trusting = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr(web, "_tls", lambda: trusting)
    with running_site(tls) as site:
        site.pages["/"] = Page()
        names = {"example.no": [PUBLIC], "annen.example.no": [PUBLIC]}
        connected = internet(monkeypatch, site, names)
        assert get("https://example.no/") == b"<p>Hei</p>"
        assert connected == [(PUBLIC, 443)]
        with pytest.raises(WebError, match=r"ingen sikker forbindelse til annen\.example\.no"):
            get("https://annen.example.no/")
