import json
import socket

import pytest
from shapes import CAPTION, DOUBLED, H1, STORY, TEXT, page

from knowledge.material import Material
from knowledge.page import read_page

TITLE = "Havkraftklyngen vokser"


def kept(html: str) -> list[str]:
    return [line.text for line in read_page(html).lines if line.kept]


def with_head(head: str) -> Material:
    return read_page(page(H1 + TEXT, TITLE, head))


def with_data(*nodes: object) -> Material:
    return with_head(f"<script type='application/ld+json'>{json.dumps(nodes)}</script>")


def values(material: Material) -> list[str]:
    return [stated.value for stated in material.stated]


def test_the_words_are_the_page_s_own_whatever_marks_them() -> None:
    html = page(
        f"{H1}<p>Klyngen har <b>fire</b> <a href='/x'>verft</a>-<i>eiere</i>.</p>{TEXT}", TITLE
    )
    assert kept(html) == [TITLE, "Klyngen har fire verft-eiere.", *STORY]


def test_lead_headings_lists_and_tables_belong_to_the_article() -> None:
    content = (
        f"<article>{H1}<div class='ingress'>Nye medlemmer strømmer til.</div>{TEXT}"
        "<h2>Dette får de</h2><ul><li>Penger</li><li>Råd fra andre</li></ul>"
        "<table><tr><th>År</th><th>Antall</th></tr><tr><td>2014</td><td>12</td></tr></table>"
        "<p>Klyngen har fortsatt plass til flere.</p></article>"
    )
    lines = {line.text: line for line in read_page(page(content, TITLE)).lines if line.kept}
    assert [*lines] == [
        TITLE,
        "Nye medlemmer strømmer til.",
        *STORY,
        "Dette får de",
        "Penger",
        "Råd fra andre",
        "År Antall",
        "2014 12",
        "Klyngen har fortsatt plass til flere.",
    ]
    assert [text for text, line in lines.items() if line.heading] == [TITLE, "Dette får de"]
    assert [text for text, line in lines.items() if line.tight] == [
        "Penger",
        "Råd fra andre",
        "År Antall",
        "2014 12",
    ]


def test_lines_parted_by_br_are_lines() -> None:
    assert kept(page(f"{H1}<div>{'<br><br>'.join(STORY)}</div>", TITLE)) == [TITLE, *STORY]


def test_captions_and_what_stands_aside_are_not_the_article_s() -> None:
    aside = "<aside><h3>Les også</h3><p>En annen sak om en helt annen klynge i landet.</p></aside>"
    assert kept(page(f"{H1}<p>{STORY[0]}</p>{DOUBLED}{aside}{TEXT}", TITLE)) == [
        TITLE,
        STORY[0],
        *STORY,
    ]
    assert CAPTION not in kept(page(f"{H1}{TEXT}{DOUBLED}{TEXT}", TITLE))


def test_a_page_that_is_one_form_is_read() -> None:
    assert kept(f"<html><body><form><div>{H1}{TEXT}</div></form></body></html>") == [*STORY]


def test_a_page_of_one_sentence_is_read() -> None:
    assert kept(page("<h1>Ny leder</h1><p>Kari Nes leder klyngen i Leirvik.</p>", "Ny leder")) == [
        "Ny leder",
        "Kari Nes leder klyngen i Leirvik.",
    ]


@pytest.mark.parametrize("attribute", ["hidden", "style='display: none'"])
def test_what_is_hidden_is_not_text(attribute: str) -> None:
    html = page(f"{H1}{TEXT}<p {attribute}>Dette er det ingen lesere som ser.</p>", TITLE)
    assert "Dette er det ingen lesere som ser." not in [
        line.text for line in read_page(html).lines
    ]


def test_reading_a_page_opens_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    head = "<link rel='stylesheet' href='http://example.no/a.css'><base href='http://example.no/'>"
    html = '<!DOCTYPE html SYSTEM "http://example.no/a.dtd">' + page(H1 + TEXT, TITLE, head)
    assert read_page(html).title == TITLE


@pytest.mark.parametrize(
    ("head", "content", "title"),
    [
        ("<meta property='og:title' content='Havkraftklyngen vokser – Havkraft'>", H1, TITLE),
        (
            "<meta property='og:title' content='Vekst | Havkraft'>"
            "<meta property='og:site_name' content='Havkraft'>",
            "<h2>Om oss</h2>",
            "Vekst",
        ),
        ("", "<h1>Havkraft</h1><h2>Om oss</h2>", "Havkraft"),
        ("<title>Nyheter</title>", H1, TITLE),
        ("<title>Havkraft: vekst</title>", "", "Havkraft: vekst"),
    ],
)
def test_the_title(head: str, content: str, title: str) -> None:
    assert (
        read_page(f"<html><head>{head}</head><body>{content}{TEXT}</body></html>").title == title
    )


def test_the_publisher_is_the_site_or_whom_the_structured_data_names() -> None:
    site = "<meta property='og:site_name' content='Havkraft AS'>"
    assert with_head(site).publisher == "Havkraft AS"
    assert (
        with_data({"@type": "WebPage", "publisher": {"name": "Havkraft"}}).publisher == "Havkraft"
    )
    organisation = {"@type": "Organization", "@id": "#o", "name": "Havkraft SA"}
    by_id = with_data({"@type": "WebPage", "publisher": {"@id": "#o"}}, organisation)
    assert by_id.publisher == "Havkraft SA"
    assert with_head("").publisher is None


def test_the_address_that_the_page_states() -> None:
    shared = "<meta property='og:url' content='https://example.no/a'>"
    assert with_head(shared).url == "https://example.no/a"
    assert with_head(f"{shared}<link rel='canonical' href='/b'>").url == "/b"


@pytest.mark.parametrize(
    "head",
    [
        "<meta property='article:published_time' content='2021-03-04T10:00:00+01:00'>",
        "<meta name='DC.date.issued' content='2021-03-04T10:00:00+01:00'>",
        "<meta itemprop='datePublished' content='2021-03-04T10:00:00+01:00'>",
        "<script type='application/ld+json'>"
        '{"@type": "NewsArticle", "datePublished": "2021-03-04T10:00:00+01:00"}</script>',
    ],
)
def test_a_publication_date_in_the_head(head: str) -> None:
    changed = "<meta property='article:modified_time' content='2022-01-01'>"
    assert values(with_head(changed + head)) == ["2021-03-04T10:00:00+01:00"]


@pytest.mark.parametrize(
    "element",
    [
        "<time datetime='2021-03-04' pubdate>i går</time>",
        "<time datetime='2021-03-04' class='entry-date published'>i går</time>",
        "<span itemprop='datePublished' content='2021-03-04'>i går</span>",
        "<span itemprop='datePublished'>2021-03-04</span>",
    ],
)
def test_a_publication_date_in_an_element(element: str) -> None:
    assert values(read_page(page(f"{H1}{element}{TEXT}", TITLE))) == ["2021-03-04"]


@pytest.mark.parametrize(
    "element",
    [
        "<time datetime='2021-03-04' class='updated'>4. mars</time>",
        "<span itemprop='dateModified' content='2021-03-04'>4. mars</span>",
        "<aside><time datetime='2021-03-04' pubdate>En annen sak</time></aside>",
    ],
)
def test_a_date_of_something_else_in_an_element(element: str) -> None:
    assert values(read_page(page(f"{H1}{element}{TEXT}", TITLE))) == []


def test_structured_data_of_several_articles_is_asked_for_the_page_s_own() -> None:
    own = {"@type": "NewsArticle", "headline": TITLE, "datePublished": "2021-03-04"}
    other = {"@type": "NewsArticle", "headline": "En annen sak", "datePublished": "2022-01-01"}
    assert values(with_data(other, own)) == ["2021-03-04"]
    assert values(with_data(other, {**other, "datePublished": "2022-02-02"})) == []


def test_structured_data_of_events_and_comments_is_no_publication() -> None:
    event = {"@type": "Event", "startDate": "2021-03-04"}
    comment = {"@type": "Comment", "datePublished": "2022-01-01"}
    assert values(with_data(event, comment)) == []


@pytest.mark.parametrize("text", ["{broken", "[" * 5000, "null", '{"@type": ["NewsArticle"]}'])
def test_structured_data_that_is_none_is_passed_over(text: str) -> None:
    script = f"<script type='application/ld+json'>{text}</script>"
    assert with_head(script).stated == ()
