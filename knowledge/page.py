"""HTML in: every visible line, which of them are the article, and what the page says of itself.

`trafilatura` says which lines are the article; the words are always taken from the page itself.
"""

import json
import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from knowledge.material import Line, Material, Stated, clean, is_sentence, same

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLOCKS = frozenset(
    """
        address article aside blockquote body br button caption center dd details dialog div dl dt
        fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr label legend li
        main menu nav ol option p pre section summary table tbody tfoot thead tr ul
    """.split()
)
_CELLS = frozenset({"td", "th"})
_TIGHT = frozenset({"li", "tr"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_UNSEEN = frozenset(
    """
        script style noscript template svg math iframe object audio video canvas select textarea
        input datalist head
    """.split()
)
_CHROME = frozenset({"nav", "aside", "footer", "button", "dialog", "menu"})
_CHROME_ROLES = frozenset({"navigation", "search", "contentinfo", "complementary", "dialog"})
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ARTICLE_TYPES = re.compile(r"(?:\w*Article|BlogPosting|Report)")
_PUBLISHED_CLASS = re.compile(r"publi[sc]|entry-date|post-date", re.IGNORECASE)
_META_PUBLISHED = ("article:published_time", "og:article:published_time", "datepublished")
_META_DATES = (
    "pubdate publishdate publish-date publish_date publication_date parsely-pub-date sailthru.date"
    " dcterms.issued dc.date.issued dcterms.date dc.date date"
).split()
_LONG = 20  # letters; a shorter line must be one of trafilatura's whole lines


@dataclass(frozen=True, slots=True)
class _Printed:
    """A line of the page, and the innermost block that it begins in."""

    line: Line
    block: "HtmlElement"


def read_page(html: str) -> Material:
    """A page's lines and metadata; no line is kept where the page has no article."""
    tree = parse(html)
    head = _Head(tree)
    printed = list(_printed(tree))
    title = _title(head, printed)
    chosen = _chosen(printed, _voted(html), title)
    lines = tuple(replace(one.line, kept=place in chosen) for place, one in enumerate(printed))
    return Material(lines, title, head.publisher(), head.url(), tuple(head.dates(title)))


def parse(html: str) -> "HtmlElement":
    """The tree of a page or a part of one; the parser mends what is broken and fetches nothing."""
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", no_network=True)
    # An empty element more, since the parser raises on a page that has none.
    return document_fromstring((html + "<p>").encode("utf-8", "replace"), parser)


def visible_lines(tree: "HtmlElement") -> list[Line]:
    """The lines of a page of which all but captions is the article."""
    printed = list(_printed(tree))
    captions = _captions(printed)
    return [replace(one.line, kept=one.line.text not in captions) for one in printed]


def _printed(tree: "HtmlElement") -> Iterator[_Printed]:
    words: list[str] = []
    block = tree  # that of the first word
    for text, element in (*_flow(tree, tree), (None, tree)):
        if text is None:
            if line := clean("".join(words)):
                tags = {block.tag, *(ancestor.tag for ancestor in block.iterancestors())}
                yield _Printed(
                    Line(line, tight=bool(tags & _TIGHT), heading=bool(tags & _HEADINGS)), block
                )
            words = []
        else:
            if not words:
                block = element
            if words or text.strip():
                words.append(text)


def _flow(
    element: "HtmlElement", block: "HtmlElement"
) -> Iterator[tuple[str | None, "HtmlElement"]]:
    """The visible words in reading order, each with its block; None ends a line."""
    if not isinstance(element.tag, str) or _is_unseen(element):
        return
    is_block = element.tag in _BLOCKS
    block = element if is_block else block
    if is_block:
        yield None, block
    yield element.text or "", block
    for child in element:
        yield from _flow(child, block)
        yield child.tail or "", block
    if is_block:
        yield None, block
    elif element.tag in _CELLS:
        yield " ", block


def _is_unseen(element: "HtmlElement") -> bool:
    return (
        element.tag in _UNSEEN
        or "hidden" in element.attrib
        or bool(_HIDDEN_STYLE.search(element.get("style", "")))
    )


def _captions(printed: Sequence[_Printed]) -> set[str]:
    """The texts under pictures, which pages often print a second time elsewhere."""
    return {one.line.text for one in printed if _is_within(one.block, {"figure", "figcaption"})}


def _is_within(block: "HtmlElement", tags: set[str] | frozenset[str]) -> bool:
    return block.tag in tags or any(True for _ in block.iterancestors(*tags))


def _is_chrome(block: "HtmlElement") -> bool:
    """Whether a block belongs to the site and not to the page."""
    roles = {element.get("role") for element in (block, *block.iterancestors())}
    return _is_within(block, _CHROME) or bool(roles & _CHROME_ROLES)


def _voted(html: str) -> str:
    """The letters of each line that trafilatura takes for the article's, with newlines between."""
    from trafilatura import bare_extraction
    from trafilatura.utils import line_processing, trim

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # a page without text is no error
    # `fast` leaves out two other extractors, which are slow and know no Norwegian.
    found = bare_extraction(html, fast=True, include_comments=False)
    for function in (line_processing, trim):
        function.cache_clear()  # they would keep lines of the pages read last
    text = getattr(found, "text", None) or ""
    return "\n".join(["", *map(_letters, text.split("\n")), ""])


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", clean(text)).casefold()


def _chosen(printed: Sequence[_Printed], voted: str, title: str) -> set[int]:
    """The places of the article's lines: those voted for, and sentences between them."""
    captions = _captions(printed)
    able = [
        place
        for place, one in enumerate(printed)
        if one.line.text not in captions and not _is_chrome(one.block)
    ]
    sentences = {place for place in able if is_sentence(printed[place].line.text)}
    votes = {place for place in able if _is_voted(printed[place].line.text, voted)} or sentences
    start = _start([one.line for one in printed], able, votes, title)
    end = max(votes, default=0)
    return {place for place in votes | sentences if start <= place <= end}


def _is_voted(line: str, voted: str) -> bool:
    letters = _letters(line)
    return f"\n{letters}\n" in voted or (len(letters) >= _LONG and letters in voted)


def _start(lines: Sequence[Line], able: list[int], votes: set[int], title: str) -> int:
    """The title's place, where most of the article stands below it; else its first line's."""
    titles = (place for place in able if same(lines[place].text, title))
    place = next(titles, None)
    total = sum(len(lines[vote].text) for vote in votes)
    below = sum(len(lines[vote].text) for vote in votes if place is not None and vote >= place)
    if place is not None and below * 2 >= total:
        return place
    return min(votes, default=0)


def _title(head: "_Head", printed: Sequence[_Printed]) -> str:
    """The first heading that the page's title repeats; else what it states, or its only h1."""
    headings = [one.line.text for one in printed if one.line.heading]
    tops = [one.line.text for one in printed if _is_within(one.block, {"h1"})]
    stated = head.shared_title()
    page = head.title()
    for heading in headings:
        if _holds(stated or page, heading) and not same(heading, head.publisher() or ""):
            return heading
    only = tops[0] if len(tops) == 1 else ""
    return next(filter(None, (stated, only, page, *(one.line.text for one in printed))), "")


def _holds(text: str, part: str) -> bool:
    return part.casefold() in text.casefold()


class _Head:
    """What a page says of itself to machines."""

    def __init__(self, tree: "HtmlElement") -> None:
        self._tree = tree
        self._nodes = list(_json_nodes(tree))
        self._meta: dict[str, str] = {}
        for meta in tree.iter("meta"):
            name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
            self._meta.setdefault(name.lower(), clean(meta.get("content", "")))

    def shared_title(self) -> str:
        """The title under which the page is shared; empty when it states none."""
        stated = self._meta.get("og:title") or self._meta.get("twitter:title") or ""
        return _without_site(stated, self.publisher())

    def title(self) -> str:
        """The title of the browser's window."""
        stated = next((clean(title.text_content()) for title in self._tree.iter("title")), "")
        return _without_site(stated, self.publisher())

    def publisher(self) -> str | None:
        """The site's name, or the publisher that its structured data names."""
        named = (_publisher_name(node, self._nodes) for node in self._nodes)
        return self._meta.get("og:site_name") or next(filter(None, named), None)

    def url(self) -> str | None:
        """The address that the page says is its own."""
        links = (link for link in self._tree.iter("link") if "canonical" in _words(link, "rel"))
        stated = next((link.get("href") for link in links if link.get("href")), None)
        return stated or self._meta.get("og:url")

    def dates(self, title: str) -> Iterator[Stated]:
        """The publication dates in the metadata; dates of changes are none."""
        yield from self._meta_dates(_META_PUBLISHED)
        for value in _json_dates(self._nodes, title):
            yield Stated(value, f"datePublished: {value}")
        yield from self._dated_elements()
        yield from self._meta_dates(_META_DATES)

    def _meta_dates(self, names: Iterable[str]) -> Iterator[Stated]:
        for name in names:
            if value := self._meta.get(name):
                yield Stated(value, f"{name}: {value}")

    def _dated_elements(self) -> Iterator[Stated]:
        for element in self._tree.xpath("//body//time | //body//*[@itemprop='datePublished']"):
            value = element.get("datetime") or element.get("content") or element.text_content()
            if _is_publication(element):
                yield Stated(value, f"{element.tag}: {clean(value)}")


def _words(element: "HtmlElement", attribute: str) -> list[str]:
    return (element.get(attribute) or "").lower().split()


def _is_publication(element: "HtmlElement") -> bool:
    """Whether an element with a time says that it is the publication's."""
    names = element.get("class") or ""
    is_named = bool(_PUBLISHED_CLASS.search(names))
    if "datepublished" in _words(element, "itemprop") or "pubdate" in element.attrib:
        return not _is_chrome(element)
    return is_named and not _is_chrome(element)


def _without_site(title: str, site: str | None) -> str:
    for mark in (" | ", " – ", " - ", " — ", " :: "):
        start, found, end = title.rpartition(mark)
        if found and site and same(end.strip(), site):
            return start.strip()
    return title


def _json_nodes(tree: "HtmlElement") -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            try:
                yield from _objects(json.loads(script.text_content(), strict=False))
            except (ValueError, RecursionError):
                continue


def _objects(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401
    """Every object in a JSON value, outermost first."""
    if isinstance(value, dict):
        yield value
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _objects(inner)


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and _ARTICLE_TYPES.fullmatch(kind)
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _json_dates(nodes: list[dict[str, Any]], title: str) -> list[str]:
    """The article's date; a page that lists several articles has one only for its own title."""
    articles = [node for node in nodes if _is_article(node)] or [
        node for node in nodes if node.get("@type") == "WebPage"
    ]
    own = [node for node in articles if same(clean(str(node.get("headline", ""))), title)]
    dates = {str(node["datePublished"]) for node in own or articles if node.get("datePublished")}
    return [*dates] if len(dates) == 1 else []


def _publisher_name(node: dict[str, Any], nodes: list[dict[str, Any]]) -> str | None:
    publisher = node.get("publisher")
    publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
    if isinstance(publisher, str):
        return clean(publisher) or None
    if not isinstance(publisher, dict):
        return None
    same_node = (one for one in nodes if one.get("@id") == publisher.get("@id") and "name" in one)
    named = publisher if "name" in publisher else next(same_node, {})
    return clean(str(named.get("name") or "")) or None
