import httpx
import pytest
from fake_site import Page, Site, moved, running_site

from knowledge.robots import Robots, allows
from knowledge.web import Session, WebError

ROBOTS = """\
User-agent: *
Disallow: /admin/
Allow: /admin/apen

User-agent: OtherBot
User-agent: Klyngesvar/2
Disallow: /   # all of it
Allow: /nyheter
Disallow: /nyheter/*.pdf$
Disallow: /søk

User-agent: klyngesvar
disallow : /nyheter/utkast
"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", False),
        ("/nyheter/ny-klynge", True),  # the longest rule, not the first
        ("/nyheter/a.pdf", False),
        ("/nyheter/a.pdf?side=2", True),
        ("/nyheter/utkast/1", False),  # two groups with our name are one
        ("/admin/", False),
        ("/admin/apen", False),  # what holds for all does not hold for who is named
    ],
)
def test_the_rules_for_us(path: str, expected: bool) -> None:
    assert allows(ROBOTS, path) is expected


@pytest.mark.parametrize(
    ("rule", "path", "expected"),
    [
        ("Disallow: /søk", "/s%C3%B8k?q=1", False),
        ("Disallow: /s%C3%B8k", "/s%C3%B8k", False),
        ("Disallow:", "/a", True),
        ("Disallow: /a\nAllow: /a", "/a", True),
        ("Disallow: /*?s=", "/a/b?s=1", False),
        ("Disallow: /a$", "/a", False),
        ("Disallow: /a$", "/ab", True),
        ("Disallow: /*b$", "/abab", False),
        ("Disallow: /*ab*b$", "/ab", True),
        ("Disallow: /a*$", "/abc", False),
        ("Sitemap: /a\n\nnonsense", "/a", True),
        ("Crawl-delay: 5\nDisallow: /a", "/a", False),
    ],
)
def test_the_rules_for_all(rule: str, path: str, expected: bool) -> None:
    assert allows(f"\ufeffUser-Agent: *\r\n{rule}\r\n", path) is expected


def test_many_stars_cost_no_time() -> None:
    assert allows("User-agent: *\nDisallow: /" + "*a" * 2000 + "b", "/" + "a" * 20_000)


def check(site: Site, *paths: str) -> None:
    with Session(allow_private=True) as session:
        robots = Robots(session)
        for path in paths:
            robots.check(httpx.URL(site.address(path)))


def test_the_file_is_asked_for_once() -> None:
    with running_site() as site:
        site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /lukket")
        check(site, "/a", "/b?c=d")
        assert site.paths == ["/robots.txt"]
        with pytest.raises(WebError, match=r"vil ikke at programmer henter .*/lukket \(robots"):
            check(site, "/lukket")


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_no_file_means_all_is_open(status: int) -> None:
    with running_site() as site:
        site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /", status)
        check(site, "/a")


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_site_that_cannot_say_is_left_alone(status: int) -> None:
    with running_site() as site:
        site.pages["/robots.txt"] = Page(status=status)
        with pytest.raises(WebError, match=rf"kan ikke leses nå \({status}\)"):
            check(site, "/a")


def test_the_file_may_lie_elsewhere() -> None:
    with running_site() as site:
        site.pages["/robots.txt"] = moved("/andre.txt")
        site.pages["/andre.txt"] = Page(b"User-agent: *\nDisallow: /")
        with pytest.raises(WebError, match="vil ikke at programmer"):
            check(site, "/a")
