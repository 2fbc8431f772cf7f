"""An encoder that a person can compute in the head, and small articles to go with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from index.answer import Answer, Quote, Relation, Verdict
from index.encoder import Vectors
from index.lexical import Lexicon
from index.names import NamesInQuestion
from index.question import Question, understand
from knowledge.articles import Article, Language
from knowledge.names import Mention

WORDS = ("leder", "penger", "sjø")


@dataclass(frozen=True, slots=True)
class FakeEncoder:
    """How often each of three words stands in a text, as a unit vector; a fourth axis for none."""

    name: str = "fake"
    seen: list[str] = field(default_factory=list)

    @property
    def identity(self) -> dict[str, str]:
        return {"model": self.name}

    def encode_query(self, text: str) -> Vectors:
        return vector(text)

    def encode_passages(self, texts: Sequence[str], progress: bool) -> Vectors:
        self.seen.extend(texts)
        return np.stack([vector(text) for text in texts])


def vector(text: str) -> Vectors:
    found = [word.strip(".,:?") for word in text.lower().split()]
    counts = [found.count(word) for word in WORDS]
    counts.append(0 if any(counts) else 1)
    return np.array(counts, np.float32) / np.float32(np.linalg.norm(counts))


def article(
    slug: str,
    body: str,
    language: Language = "nb",
    title: str = "Nytt",
    url: str | None = "https://www.klynge.no/nytt",
    published: str | None = "2017",
) -> Article:
    return Article(slug, title, "Klyngeposten", url, published, language, body)


LEADER = article("leder", "Kari Ås er leder.\n")
MONEY = article("penger", "Staten gir penger.\n")


def write_article(folder: Path, wanted: Article) -> Path:
    """The file that reads as this article."""
    known = {
        "title": wanted.title,
        "publisher": wanted.publisher,
        "language": wanted.language,
        "url": wanted.url,
        "published": wanted.published,
    }
    header = "".join(f"{key}: {value}\n" for key, value in known.items() if value)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{wanted.slug}.md"
    file.write_text(f"---\n{header}---\n{wanted.body}", encoding="utf-8")
    return file


def quote(
    source: Article, text: str, highlight: str | None = None, relation: Relation = "proof"
) -> Quote:
    """The quote that is `text`, with the answer in it."""
    start = source.body.index(text)
    at = start + text.index(highlight or "")
    span = (at, at + len(highlight)) if highlight else None
    return Quote(source, start, start + len(text), span, relation)


def answer(
    *quotes: Quote,
    question: str = "Hvem leder klyngen?",
    language: Language = "nb",
    verdict: Verdict = "answer",
    text: str | None = None,
    suggestions: tuple[str, ...] = (),
    ms: float = 31.84,
) -> Answer:
    return Answer(question, language, verdict, text, 0.9288, quotes, suggestions, ms)


def no_answer(language: Language = "nb", suggestions: tuple[str, ...] = ()) -> Answer:
    return answer(language=language, verdict="none", suggestions=suggestions)


def asked_of(
    text: str,
    lexicon: Lexicon,
    names: tuple[Mention, ...] = (),
    unknown: tuple[Mention, ...] = (),
) -> Question:
    """A question with these names in it, spelled as it is typed."""
    return understand(text, None, lexicon, NamesInQuestion(names, unknown, text))
