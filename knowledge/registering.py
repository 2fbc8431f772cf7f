"""A new cluster in the register's file, of which nothing else changes."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from knowledge.errors import KlyngesvarError
from knowledge.names import CLUSTER, STATUSES, words
from knowledge.problems import ContentError
from knowledge.register import Cluster, parse_register, read_register
from knowledge.writing import with_entry
from knowledge.yaml_text import Value, yaml_text

_PASSING = {*STATUSES, "pro", CLUSTER}


def with_cluster(file: Path, entry: Mapping[str, Value]) -> str:
    """The register's text with an entry more; raises where the entry is wrong or its names known.

    The keys are those of `clusters.yaml`.
    """
    known = read_register(file).clusters if file.exists() else ()
    before = file.read_bytes().decode() if known else ""
    added = yaml_text([entry])
    text = with_entry(before, added)
    try:
        _refuse_known(parse_register(file, added).clusters[0], known)
        parse_register(file, text)
    except ContentError as error:
        raise KlyngesvarError(error.advice) from error
    return text


def _refuse_known(cluster: Cluster, known: Iterable[Cluster]) -> None:
    spelled = {_core(name): other.name for other in known for name in other.names}
    for name in cluster.names:
        if other := spelled.get(_core(name)):
            raise KlyngesvarError(
                f"«{name}» er {other}, som står i registeret: før nye opplysninger opp der\n"
                f'    "{name}" is {other}, which is in the register: add new facts there'
            )


def _core(name: str) -> tuple[str, ...]:
    """The name's words but for those that come and go: "NCE Tang", "Tang Cluster"."""
    folded = tuple(word.folded for word in words(name))
    return tuple(word for word in folded if word not in _PASSING) or folded
