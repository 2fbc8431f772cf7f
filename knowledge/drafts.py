"""Drafts: what becomes an article when an editor says so."""

from dataclasses import dataclass, field
from pathlib import Path

from knowledge.articles import Article, ContentError, Language, parse_article, slug
from knowledge.copies import Copy
from knowledge.errors import KlyngesvarError
from knowledge.extract import Evidence
from knowledge.writing import create
from knowledge.yaml_text import yaml_text

_FRAGMENT = 0.3  # of a page's text


@dataclass(frozen=True, slots=True)
class Draft:
    """An article to be, with what its editor should know before it is saved."""

    title: str  # empty until somebody names it, as is the publisher
    publisher: str
    language: Language
    url: str | None
    published: str | None  # YYYY, YYYY-MM or YYYY-MM-DD
    evidence: Evidence | None  # for `published`; None where an editor gave it
    body: str = field(repr=False)
    clusters: tuple[str, ...]  # the register's that it names
    unregistered: tuple[str, ...]  # names like a cluster's that the register lacks
    copies: tuple[Copy, ...]  # articles with much of its wording, the most alike first
    dropped: tuple[str, ...] = field(repr=False)  # lines left out as noise
    share: float  # how much of the document's text the body is, 0 to 1

    @property
    def is_fragment(self) -> bool:
        """Whether little of the page is in the body: it was a list, a front page or a form."""
        return self.share < _FRAGMENT


def file_of(draft: Draft, folder: Path) -> Path:
    """Where the draft will stand in the folder of articles."""
    return folder / f"{slug(draft.title)}.md"


def article_of(draft: Draft) -> Article:
    """The draft as the article that it will be; raises what is wrong, and what to write."""
    try:
        return parse_article(file_of(draft, Path()), article_text(draft))
    except ContentError as error:
        raise KlyngesvarError(error.advice) from error


def write(draft: Draft, folder: Path) -> Path:
    """Save the draft as an article; raises where it is not whole or its file name is taken."""
    article_of(draft)
    create(file := file_of(draft, folder), article_text(draft))
    return file


def article_text(draft: Draft) -> str:
    """The article's file: the header, without what is unknown, and the body as it is."""
    header = {
        "title": draft.title,
        "publisher": draft.publisher,
        "url": draft.url,
        "published": draft.published,
        "language": draft.language,
    }
    known = yaml_text({key: value for key, value in header.items() if value is not None})
    return f"---\n{known}---\n{draft.body}"
