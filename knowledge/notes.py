"""What is not wrong in the content, but worth an editor's look."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from knowledge.articles import Article
from knowledge.clashes import common_names, shared_names
from knowledge.copies import copies_among
from knowledge.glossary import Concept
from knowledge.held_roles import Roles
from knowledge.register import Register
from knowledge.report import Finding
from knowledge.strict_yaml import normalise, read_text


@dataclass(frozen=True, slots=True)
class Content:
    """What could be read of a knowledge folder."""

    folder: Path
    articles: tuple[Article, ...]
    register: Register | None
    concepts: tuple[Concept, ...]

    def file(self, article: Article) -> Path:
        """Where the article is kept."""
        return self.folder / "articles" / f"{article.slug}.md"


def notes(content: Content, stale_years: int, today: date) -> Iterator[Finding]:
    """Everything worth a look; roles in articles older than `stale_years` are."""
    yield from _copies(content)
    if content.register:
        yield from _without_cluster(content, content.register)
        yield from _shared_names(content, content.register)
        yield from _common_names(content, content.register)
    yield from _old_roles(content, today - timedelta(days=365.25 * stale_years))


def _copies(content: Content) -> Iterator[Finding]:
    for article, copy in copies_among(content.articles):
        other, percent = copy.article.slug, round(100 * copy.likeness)
        yield Finding(
            "note",
            "near-copy",
            f"har {percent} % av ordlyden felles med {other}.md: behold bare den ene om det er "
            "samme tekst (+ står bare her, - bare der)",
            f"has {percent} % of the wording in common with {other}.md: keep only one if it is "
            "the same text (+ is only here, - only there)",
            content.file(article),
            details=copy.differs,
        )


def _without_cluster(content: Content, register: Register) -> Iterator[Finding]:
    # An explainer may be about clusters in general.
    for article in (article for article in content.articles if not article.sources):
        if not any(register.names.find(line) for line in (article.title, *_lines(article))):
            yield Finding(
                "note",
                "no-cluster",
                "nevner ingen klynge i registeret: mangler klyngen eller navnet der, "
                "før det opp i clusters.yaml",
                "names no cluster of the register: if the cluster or its name is missing there, "
                "add it to clusters.yaml",
                content.file(article),
            )


def _lines(article: Article) -> list[str]:
    return article.body.split("\n")


def _shared_names(content: Content, register: Register) -> Iterator[Finding]:
    for name, clusters in shared_names(register.clusters):
        first, *others = (cluster.name for cluster in clusters)
        yield Finding(
            "note",
            "shared-name",
            f"«{name}» er navn på både {first} og {', '.join(others)}, og tas alltid for {first}: "
            "stryk det der det ikke hører hjemme, og skriv det i notes",
            f'"{name}" is a name of both {first} and {", ".join(others)}, and is always taken '
            f"for {first}: strike it where it does not belong, and say so in notes",
            content.folder / "clusters.yaml",
            clusters[1].line,
        )


def _common_names(content: Content, register: Register) -> Iterator[Finding]:
    bodies = [article.body for article in content.articles]
    for name, cluster in common_names(register.clusters, content.concepts, bodies):
        yield Finding(
            "note",
            "common-word",
            f"«{name}» er også et vanlig ord, og tas for {cluster.name} hvor det enn står: "
            f"skriv «{name}-klyngen» eller navnet med NCE foran; da må det ha stor bokstav",
            f'"{name}" is also a common word, and is taken for {cluster.name} wherever it stands: '
            f'write "{name}-klyngen" or the name with NCE before it; then it needs a capital',
            content.folder / "clusters.yaml",
            cluster.line,
        )


def _old_roles(content: Content, oldest: date) -> Iterator[Finding]:
    clusters = content.register.clusters if content.register else ()
    left = {leader.name for cluster in clusters for leader in cluster.leaders if leader.end}
    roles = Roles(content.concepts, left)
    for article in content.articles:
        seen = max(article.checked or "", article.published or "")
        # "2024" may be its last day: only what is certainly older is.
        if not seen or seen >= oldest.isoformat()[: len(seen)]:
            continue
        if held := roles.first_held(article.body):
            yield Finding(
                "note",
                "old-role",
                f"er fra {seen}, og sier hvem som har et verv: stemmer det ennå, skriv dagens "
                "dato i «checked»; har noen sluttet, skriv «to» i clusters.yaml",
                f"is from {seen}, and says who holds a role: if that still holds, write today's "
                'date in "checked"; if somebody has left, write "to" in clusters.yaml',
                content.file(article),
                _line(content.file(article), article, held.start),
                (held.text,),
            )


def _line(file: Path, article: Article, start: int) -> int:
    """The line of the file on which a place of the body stands."""
    text = normalise(read_text(file))
    return text.count("\n", 0, len(text) - len(article.body) + start) + 1
