"""Names in a text that read like a cluster's and that the register does not hold."""

import re

from knowledge.names import NameFinder, fold

# The first word of a sentence is no name for being capitalised.
_CAPITALISED = (
    r"(?!(?:The|A|Our|In|For|Den|En|I|Hos|Med|Fra|Arena|NCE|GCE|Pro|Status|Program\w*)\b)"
    r"[^\WA-ZÆØÅ]*[A-ZÆØÅ]\w*"
)
_CLUSTER_LIKE = re.compile(
    rf"""
    \b(?:NCE|GCE|Arena(?:[ ]Pro)?)(?:[ ]{_CAPITALISED}){{1,4}}      # NCE Tang, Arena Pro Tang Nord
    | \b{_CAPITALISED}(?:[ ]{_CAPITALISED}){{0,3}}[ ](?:Cluster|Klyngen?|Klynga)\b  # Tang Cluster
    | \b{_CAPITALISED}-(?:klynge|klyngen|klynga|cluster)\b          # Tang-klyngen
    | (?<=[\w,][ ])[A-ZÆØÅ]\w+(?:klyngen|klynga)\b  # Tangklyngen, but not first in a sentence
    | \b\w*[Kk]lyng(?:en|a)[ ](?P<name>{_CAPITALISED}(?:[ ]{_CAPITALISED}){{0,3}})  # klyngen Tang
    """,
    re.VERBOSE,
)


def unregistered(text: str, names: NameFinder) -> tuple[str, ...]:
    """Cluster-like names that are none of these names, as first written and none twice."""
    known = {place for it in names.find(text) for place in range(it.start, it.end)}
    found: dict[str, str] = {}
    for match in _CLUSTER_LIKE.finditer(text):
        if known.isdisjoint(range(*match.span())):
            name = match["name"] or match.group()
            found.setdefault(fold(name), name)
    return tuple(found.values())
