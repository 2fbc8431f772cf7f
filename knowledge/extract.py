"""A page or file in, what an article needs out: title, date with its evidence, body."""

from dataclasses import dataclass, field
from typing import Literal

from knowledge.articles import Language
from knowledge.document import Document


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows when a text was published: the very words, and where they stood."""

    words: str
    where: Literal["metadata", "text", "address"]


@dataclass(frozen=True, slots=True)
class Extract:
    """What a document holds; the body's words are the document's own, only lines are left out."""

    title: str
    publisher: str | None
    language: Language
    url: str | None  # canonical, without tracking parameters and fragment
    published: str | None  # YYYY, YYYY-MM or YYYY-MM-DD, only ever with evidence
    evidence: Evidence | None
    body: str = field(repr=False)  # paragraphs with blank lines between them
    dropped: tuple[str, ...] = field(repr=False)  # the visible lines that are not in the body
    share: float  # how much of the visible text the body is, 0 to 1


def extract(document: Document) -> Extract:
    """The article in a document; raises a KlyngesvarError when there is none to be read."""
    raise NotImplementedError
