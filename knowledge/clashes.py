"""Names of the register that can be mistaken: for another cluster's, or for a common word."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from knowledge.glossary import Concept
from knowledge.names import Form, forms, words
from knowledge.register import Cluster
from knowledge.stop_words import STOP_WORDS


def shared_names(clusters: Iterable[Cluster]) -> Iterator[tuple[str, list[Cluster]]]:
    """What more than one cluster is called, with these; a text that says it means the first.

    A name that remains without its status or "klynge" goes to the cluster that has it written out.
    """
    claims: defaultdict[tuple[str, ...], list[tuple[Form, str, Cluster]]] = defaultdict(list)
    for cluster, name, form in _written_and_derived(clusters):
        claims[form.tokens].append((form, name, cluster))
    found: dict[tuple[str, ...], tuple[str, list[Cluster]]] = {}
    for claim in claims.values():
        foremost = [c for c in claim if not c[0].is_derived] or claim
        owners = {cluster.name: cluster for _, _, cluster in foremost}
        if len(owners) > 1:
            found.setdefault(tuple(owners), (foremost[0][1], list(owners.values())))
    yield from found.values()


def common_names(
    clusters: Iterable[Cluster], concepts: Iterable[Concept], bodies: Sequence[str]
) -> Iterator[tuple[str, Cluster]]:
    """Single words that count as a cluster's name wherever they stand, and are common words too.

    Not those of up to four letters, nor what remains without status or "klynge": these need
    capitals. A common word is a stop word, one of the glossary, or one that the articles write
    in small letters more often than not.
    """
    common = {*_folded(STOP_WORDS), *_folded(word for c in concepts for _, word in c.words)}
    for cluster in clusters:
        for name in cluster.names:
            form = next(forms(name))
            counts_anywhere = not (form.is_abbreviation or form.is_plain or len(form.tokens) > 1)
            if counts_anywhere and (
                form.tokens in common or _is_written_small(name, cluster, bodies)
            ):
                yield name, cluster


def _written_and_derived(clusters: Iterable[Cluster]) -> Iterator[tuple[Cluster, str, Form]]:
    for cluster in clusters:
        for name in cluster.names:
            yield from ((cluster, name, form) for form in forms(name))


def _folded(phrases: Iterable[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(word.folded for word in words(phrase)) for phrase in phrases)


def _is_written_small(name: str, cluster: Cluster, bodies: Sequence[str]) -> bool:
    small = name.lower()
    if small in cluster.names:
        return False
    word = re.compile(rf"(?<![\w./@-]){re.escape(small)}(?![\w/@-]|\.\w)")  # not "ikuben.no"
    lowercase = sum(len(word.findall(body)) for body in bodies if small in body)
    return lowercase > sum(body.count(name) for body in bodies)
