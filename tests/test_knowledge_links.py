import socket
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from threading import Barrier

import pytest
from fake_site import PUBLIC, Page, Site, internet, moved, running_site

from knowledge import links, web
from knowledge.links import Finding, Place, check_links, places
from knowledge.problems import Problem

ARTICLE = """\
---
title: En klynge
publisher: Klyngeposten
url: https://example.no/sak
language: nb
sources: ["https://example.no/a", https://example.no/sak/to]
---
Les mer på https://example.no/a i dag.
"""
CLUSTERS = """\
- name: NCE Eksempel
  website: https://eksempel.example.no
  sources:
    - https://example.no/a,b
    - https://example.no/a
- name: Arena Eksempel
  sources: [https://example.no/a, https://example.no/sak]
"""


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "_PAUSE", 0)


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as site:
        yield site


def check(*addresses: str, allow_private: bool = True) -> list[Finding]:
    rows = [Place(Path("a.md"), line, address) for line, address in enumerate(addresses, 1)]
    return check_links(rows, allow_private=allow_private)


def test_every_line_with_an_address_is_a_place(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    article, register = tmp_path / "articles" / "klynge.md", tmp_path / "clusters.yaml"
    article.write_text(ARTICLE, encoding="utf-8")
    register.write_text(CLUSTERS, encoding="utf-8")
    assert places(tmp_path) == [
        Place(article, 4, "https://example.no/sak"),
        Place(article, 6, "https://example.no/a"),
        Place(article, 6, "https://example.no/sak/to"),
        Place(register, 2, "https://eksempel.example.no"),
        Place(register, 4, "https://example.no/a,b"),
        Place(register, 5, "https://example.no/a"),
        Place(register, 7, "https://example.no/a"),
        Place(register, 7, "https://example.no/sak"),
    ]


def test_files_that_cannot_be_read_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "klynge.md").write_text("uten hode", encoding="utf-8")
    (tmp_path / "clusters.yaml").write_text("- navn: x", encoding="utf-8")
    assert places(tmp_path) == []
    assert places(tmp_path / "borte") == []


@pytest.mark.parametrize("status", [200, 204, 401, 403, 418])
def test_what_is_there_is_no_finding(site: Site, status: int) -> None:
    site.pages["/a"] = Page(b"", status)
    assert check(site.address("/a")) == []


@pytest.mark.parametrize("status", [404, 410])
def test_a_dead_address_is_told_for_every_line(site: Site, status: int) -> None:
    address = site.address("/a")
    site.pages["/a"] = Page(b"", status)
    site.pages["/b"] = Page()
    found = check(address, site.address("/b"), address)
    assert [(finding.place.line, finding.state.what) for finding in found] == [
        (1, "dead"),
        (3, "dead"),
    ]
    assert found[0].problem == Problem(
        Path("a.md"),
        1,
        f"{address} finnes ikke lenger ({status}): finn den nye adressen, eller en annen kilde",
        f"{address} is gone ({status}): find its new address, or another source",
    )
    assert sorted(site.paths) == ["/a", "/a", "/b"]  # HEAD and GET, but once for both lines


@pytest.mark.parametrize("status", [403, 404, 405, 501])
def test_an_error_for_head_is_not_believed(site: Site, status: int) -> None:
    site.pages["/a"] = Page(head=status)
    assert check(site.address("/a")) == []
    assert [request.method for request in site.asked] == ["HEAD", "GET"]


def test_head_is_enough_where_it_is_answered(site: Site) -> None:
    site.pages["/a"] = Page()
    assert check(site.address("/a")) == []
    assert [request.method for request in site.asked] == ["HEAD"]


@pytest.mark.parametrize("status", [301, 308])
def test_a_new_address_is_told(site: Site, status: int) -> None:
    site.pages.update({"/a": moved("/b", status), "/b": moved("/c", 301), "/c": moved("/d", 302)})
    site.pages["/d"] = Page()
    (found,) = check(site.address("/a"))
    assert (found.state.what, found.state.new) == ("moved", site.address("/c"))
    assert found.state.nb == (
        f"{site.address('/a')} er flyttet: åpne {site.address('/c')} og skriv den, "
        "hvis det er samme side"
    )


@pytest.mark.parametrize("status", [302, 303, 307])
def test_a_detour_is_no_move(site: Site, status: int) -> None:
    site.pages.update({"/a": moved("/b", status), "/b": moved("/c", 301), "/c": Page()})
    assert check(site.address("/a")) == []


def test_what_moved_to_nothing_is_dead(site: Site) -> None:
    site.pages["/a"] = moved("/b", 301)
    (found,) = check(site.address("/a"))
    assert (found.state.what, found.state.new) == ("dead", None)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_fault_of_today_is_no_death(site: Site, status: int) -> None:
    site.pages["/a"] = Page(b"", status)
    (found,) = check(site.address("/a"))
    assert found.state.what == "unreachable"
    assert f"svarer {status} i dag" in found.state.nb


def test_a_loop_is_no_death(site: Site) -> None:
    site.pages["/a"] = moved("/a", 301)
    (found,) = check(site.address("/a"))
    assert found.state.what == "unreachable"
    assert "sender videre mer enn 5 ganger" in found.state.nb


def test_silence_is_no_death(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "_SECONDS_A_READ", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        (found,) = check(f"http://127.0.0.1:{silent.getsockname()[1]}/")
    assert found.state.what == "unreachable"
    assert "bruker for lang tid" in found.state.nb


def test_an_unknown_host_is_dead_and_a_private_one_is_not_asked(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.pages["/"] = Page()
    names = {"example.no": [PUBLIC], "inne.example.no": ["10.0.0.1"]}
    connected = internet(monkeypatch, site, names)
    found = check(
        "http://example.no/", "http://borte.example.no/", "http://inne.example.no/",
        allow_private=False,
    )  # fmt: skip
    assert [(finding.place.line, finding.state.what) for finding in found] == [
        (2, "dead"),
        (3, "unreachable"),
    ]
    assert "nettstedet borte.example.no finnes ikke" in found[0].state.nb
    assert "there is no site borte.example.no" in found[0].state.en
    assert connected == [(PUBLIC, 80)]


def test_one_request_at_a_time_to_a_host(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "_PAUSE", 0.3)
    times: list[float] = []
    for number in range(3):
        site.pages[f"/{number}"] = Page(head=404, write=lambda _: times.append(time.monotonic()))
    assert check(*(site.address(f"/{number}") for number in range(3))) == []
    assert all(later - earlier > 0.3 for earlier, later in pairwise(times))
    assert len(times) == 3


def test_hosts_are_asked_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    together = Barrier(4)

    def meet(address: str, allow_private: bool) -> None:
        together.wait(5)  # raises where the others do not come

    monkeypatch.setattr(links, "_state", meet)
    assert check(*(f"http://{letter}.example.no/" for letter in "abcd")) == []


def test_a_stop_is_not_kept_waiting(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "_PAUSE", 60)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(links, "_state", interrupted)
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        check(site.address("/a"), site.address("/b"), "http://example.no/a")
    assert time.monotonic() - started < 5
