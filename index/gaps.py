"""Why a question gets no good answer: a question in, what seems to be missing out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import OSA

from index.answer import Verdict, decide
from index.engine import Engine
from knowledge.names import CLUSTER, STATUSES, words
from knowledge.register import Cluster

Cause = Literal["alias", "article", "reader", "answered"]

MOST = 3  # passages, and clusters that may be meant
_SHORTEST = 4  # letters of a word that tells a name
_SHORTEST_MISSPELT = 5
# What is unsure has its answer in the articles for 68 % of the questions that are not firmly
# answered, and what is not found lacks it for 82 % (`dev` in calibration.json).
_CAUSES: dict[Verdict, Cause] = {"answer": "answered", "maybe": "reader", "none": "article"}


@dataclass(frozen=True, slots=True)
class Nearby:
    """A passage that is near a question, and the slug of its article."""

    article: str
    text: str


@dataclass(frozen=True, slots=True)
class Gap:
    """What a question lacks, as far as the engine can tell."""

    cause: Cause
    unknown: tuple[str, ...]  # names that neither an article nor the register holds, as asked
    clusters: tuple[str, ...]  # the registered ones that may be meant by them
    # Best first; the quotes where it is answered. As if the first of the clusters were meant.
    nearest: tuple[Nearby, ...]


def find_gap(engine: Engine, text: str) -> Gap:
    """What the question lacks; `answered` where it gets a firm answer by now."""
    asked = engine.understand(text, None)
    unknown = tuple(text[name.start : name.end] for name in asked.unknown)
    clusters = tuple(dict.fromkeys(_namesakes(unknown, engine.names.register.clusters)))[:MOST]
    meant = text.replace(unknown[0], clusters[0]) if clusters else text
    question = engine.understand(meant, asked.language)
    readings = [] if question.unknown else engine.read(question)
    answer = decide(question, readings, engine.names, engine.calibration)
    is_firm = answer.verdict == "answer"
    nearest = answer.quotes if is_firm else [reading.passage for reading in readings]
    return Gap(
        "alias" if clusters else _CAUSES[answer.verdict],
        unknown,
        clusters,
        tuple(Nearby(near.article.slug, near.text) for near in nearest[:MOST]),
    )


def _namesakes(names: Iterable[str], clusters: Iterable[Cluster]) -> Iterator[str]:
    """Clusters that have a telling word of these names in one of theirs, if a letter off."""
    for word in (word.folded for name in names for word in words(name)):
        if len(word) >= _SHORTEST and word not in STATUSES | {CLUSTER}:
            found = [cluster.name for cluster in clusters if _is_in_name(word, cluster)]
            # A word that many share ("Norwegian") tells none of them.
            yield from found if len(found) <= MOST else []


def _is_in_name(word: str, cluster: Cluster) -> bool:
    most = int(len(word) >= _SHORTEST_MISSPELT)
    held = {part.folded for name in cluster.names for part in words(name)}
    return any(OSA.distance(word, other, score_cutoff=most) <= most for other in held)
