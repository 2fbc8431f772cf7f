"""A new cluster in the register's file, of which nothing else changes."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from knowledge.errors import KlyngesvarError
from knowledge.names import CLUSTER, STATUSES, fold, words
from knowledge.problems import ContentError
from knowledge.register import Register, make_register, parse_register, read_register
from knowledge.yaml_text import Value, yaml_text


def with_cluster(file: Path, entry: Mapping[str, Value]) -> str:
    """The register's text with an entry more; raises where the entry is wrong or its names known.

    The keys are those of `clusters.yaml`.
    """
    register = read_register(file) if file.exists() else make_register(())
    before = file.read_bytes().decode() if file.exists() else ""
    text = _joined(before, yaml_text([entry]))
    try:
        cluster = parse_register(file, text).clusters[-1]
    except ContentError as error:
        raise KlyngesvarError(error.advice) from error
    _refuse_known(cluster.names, register)
    return text


def _joined(before: str, entry: str) -> str:
    """The entry after a blank line, with the file's own line ends."""
    ends = "\r\n" if "\r\n" in before else "\n"
    gap = ends if before.endswith("\n") else 2 * ends
    return before + (gap if before else "") + entry.replace("\n", ends)


def _refuse_known(names: Iterable[str], register: Register) -> None:
    spelled = {fold(name): cluster.name for cluster in register.clusters for name in cluster.names}
    for name in names:
        if known := spelled.get(fold(name)) or _found(name, register):
            raise KlyngesvarError(
                f"«{name}» er {known}, som står i registeret: før nye opplysninger opp der\n"
                f'    "{name}" is {known}, which is in the register: add new facts there'
            )


def _found(name: str, register: Register) -> str | None:
    """The cluster of which a name is another form: another status, with or without "cluster"."""
    for mention in register.names.find(name):
        if all(
            word.folded in {*STATUSES, "pro", CLUSTER}
            for word in words(name)
            if not mention.start <= word.start < mention.end
        ):
            return mention.name
    return None
