"""The clusters as a chat looks them up: the register and the articles in, a `Directory` out."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from knowledge.articles import Article, Language
from knowledge.names import NameFinder, fold
from knowledge.register import LEVELS, Cluster, Register, make_register

Kind = Literal["region", "level"]  # what the clusters can be sorted by

NEWEST = 3  # articles on a card
LONGEST_SLUG = 40  # callback data holds 64 bytes, and a deep link 64 characters
_LONGEST_NAME = 100  # of what is compared with every name
_LEVELS: Sequence[str] = tuple(LEVELS)
_REQUESTS: Mapping[Language, str] = {
    "nb": r"fortell(?:\s+meg)?\s+om|hva\s+er",
    "nn": r"fortel(?:\s+meg)?\s+om|kva\s+er",
    "en": r"tell\s+me\s+about|what\s+is|what['’]s",
}
_ABOUT = {
    language: re.compile(rf"(?:{words})\s+(?P<name>.+)", re.IGNORECASE)
    for language, words in _REQUESTS.items()
}
# "Vestland (Hordaland)" and "Viken/Akershus" are kept with Vestland and Viken.
_REGION = re.compile(r"[^(/]+")


@dataclass(frozen=True, slots=True)
class Group:
    """Clusters that share a region or a level, by name; those of which it is unknown have None."""

    name: str | None
    clusters: tuple[Cluster, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """A cluster that somebody wants to know all about; a bare name is in no language."""

    cluster: Cluster
    language: Language | None


@dataclass(frozen=True, slots=True)
class Directory:
    """Every cluster of the register, and the newest articles on each."""

    groups: Mapping[Kind, tuple[Group, ...]] = field(repr=False)
    articles: Mapping[str, tuple[Article, ...]] = field(repr=False)  # by the cluster's name
    _names: NameFinder = field(repr=False)
    _by_name: Mapping[str, Cluster] = field(repr=False)
    _by_spelling: Mapping[str, Cluster] = field(repr=False)  # folded
    _by_slug: Mapping[str, Cluster] = field(repr=False)

    def find(self, slug: str) -> Cluster | None:
        """The cluster that has this for a name, written as `slug_of` writes its first one."""
        return self._by_slug.get(slug[:LONGEST_SLUG])

    def named(self, text: str) -> Cluster | None:
        """The cluster that the whole text is a name of, however it is spelt."""
        if cluster := self._by_spelling.get(fold(text)):
            return cluster
        before = "om "  # short names are only looked for where a name can stand
        whole = (len(before), len(before + text))
        mentions = self._names.find(before + text)
        found = (mention.name for mention in mentions if (mention.start, mention.end) == whole)
        return self._by_name.get(next(found, ""))

    def near(self, text: str, limit: int) -> list[Cluster]:
        """The clusters whose names are most like this, best first."""
        return [self._by_name[name] for name in self._names.nearest(text[:_LONGEST_NAME], limit)]

    def request(self, text: str) -> Request | None:
        """The cluster that a text names, or asks what it is; None where it asks anything more."""
        asked = text.strip(" \n?!.")
        for language, pattern in _ABOUT.items():
            about = pattern.fullmatch(asked)
            if about and (cluster := self.named(about["name"])):
                return Request(cluster, language)
        cluster = self.named(asked)
        return Request(cluster, None) if cluster else None


def slug_of(cluster: Cluster) -> str:
    """The name in lowercase a-z, digits and hyphens: `nce-ikuben`."""
    return _slug(cluster.name)


def _slug(name: str) -> str:
    return "-".join(re.findall("[a-z0-9]+", fold(name)))[:LONGEST_SLUG]


def make_directory(register: Register, articles: Iterable[Article]) -> Directory:
    """Sort the clusters, and count once in which articles each is named."""
    clusters = sorted(register.clusters, key=lambda cluster: cluster.name.casefold())
    return Directory(
        groups={
            "region": _grouped(clusters, _region, str.casefold),
            "level": _grouped(clusters, _level, _LEVELS.index),
        },
        articles=_newest_articles(register.names, articles),
        _names=register.names,
        _by_name={cluster.name: cluster for cluster in clusters},
        _by_spelling={fold(name): cluster for cluster in clusters for name in cluster.names},
        _by_slug=_slugs(clusters),
    )


def _slugs(clusters: Sequence[Cluster]) -> dict[str, Cluster]:
    """By all names; whose first name it is goes before who lists it among others."""
    found = {_slug(name): one for one in reversed(clusters) for name in one.names if _slug(name)}
    return found | {slug_of(cluster): cluster for cluster in clusters}


def _grouped(
    clusters: Iterable[Cluster],
    name_of: Callable[[Cluster], str | None],
    order: Callable[[str], str | int],
) -> tuple[Group, ...]:
    """The clusters by what they have in common; last those of which that is unknown."""
    groups = defaultdict[str | None, list[Cluster]](list)
    for cluster in clusters:
        groups[name_of(cluster)].append(cluster)
    unknown = groups.pop(None, [])
    known = sorted((name for name in groups if name), key=order)
    named = [Group(name, tuple(groups[name])) for name in known]
    return (*named, Group(None, tuple(unknown))) if unknown else tuple(named)


def _region(cluster: Cluster) -> str | None:
    main = _REGION.match(cluster.region or "")
    return main.group().strip() if main else None


def _level(cluster: Cluster) -> str | None:
    """The last one that is known: whether it still lasts, the register does not say."""
    return cluster.levels[-1].name if cluster.levels else None


def _newest_articles(
    names: NameFinder, articles: Iterable[Article]
) -> dict[str, tuple[Article, ...]]:
    """For each cluster the articles that are most about it and can be opened, newest first."""
    found = defaultdict[str, list[tuple[tuple[bool, int, str], Article]]](list)
    for article in articles:
        for name, in_title, count in _named_in(names, article) if article.url else ():
            found[name].append(((in_title, count, article.published or ""), article))
    return {name: tuple(_newest(ranked)) for name, ranked in found.items()}


def _named_in(names: NameFinder, article: Article) -> Iterator[tuple[str, bool, int]]:
    """Each cluster that an article names, whether in its title, and how often below it."""
    titled = {mention.name for mention in names.find(article.title)}
    counts = Counter(mention.name for mention in names.find(article.body))
    return ((name, name in titled, counts[name]) for name in titled | counts.keys())


def _newest(ranked: list[tuple[tuple[bool, int, str], Article]]) -> list[Article]:
    best = sorted(ranked, key=lambda pair: pair[0], reverse=True)[:NEWEST]
    articles = [article for _, article in best]
    return sorted(articles, key=lambda article: article.published or "", reverse=True)


NO_CLUSTERS = make_directory(make_register(()), ())
