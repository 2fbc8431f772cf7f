"""`python -m benchmarks.latency`: what a question costs, stage by stage, and how much memory.

The golden questions over the product's own articles, twice: as after a start, when no window has
been read, and again. `OMP_NUM_THREADS`, `ATEN_CPU_CAPABILITY=avx2` and `ONEDNN_MAX_CPU_ISA=AVX2`
show a smaller machine.
"""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from itertools import pairwise
from time import perf_counter
from typing import cast

from benchmarks.data import save
from benchmarks.memory import megabytes
from index.answer import decide
from index.encoder import SentenceEncoder
from index.engine import READ, Engine, load_engine
from index.percentile import percentile
from index.verbatim import verified
from knowledge.articles import read_articles
from knowledge.paths import KNOWLEDGE
from knowledge.questions import read_questions
from training.retrieval import BatchedQueries

COMMAND = "python -m benchmarks.latency"
VARIABLES = ("OMP_NUM_THREADS", "ATEN_CPU_CAPABILITY", "ONEDNN_MAX_CPU_ISA")


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of one question."""

    understand: float
    embed: float
    search: float
    read: float
    decide: float


def main() -> int:
    """Measure, print and keep the figures."""
    engine = load_engine(KNOWLEDGE, progress=True)
    articles = read_articles(KNOWLEDGE / "articles")
    questions = [g.question for g in read_questions(KNOWLEDGE / "questions.yaml", articles)]
    rounds = {
        name: figures([timed(engine, text) for text in questions])
        for name in ("first time", "again")
    }
    resident = megabytes()
    for name, row in rounds.items():
        sys.stdout.write(f"{name:12}" + "".join(f"  {k} {v}" for k, v in row.items()) + "\n")
    environment = {name: os.environ[name] for name in VARIABLES if name in os.environ}
    found = {"environment": environment, "megabytes": resident, "rounds": rounds}
    sys.stdout.write(f"{resident} MB resident; saved as {save('latency', COMMAND, found)}\n")
    return 0


def timed(engine: Engine, text: str) -> Times:
    """Answer a question, watching the clock between the stages."""
    clock = [perf_counter()]
    question = engine.understand(text, None)
    clock.append(perf_counter())
    encoder = BatchedQueries(cast("SentenceEncoder", engine.index.encoder))
    encoder.encode_query(text)
    clock.append(perf_counter())
    hits = replace(engine.index, encoder=encoder).search(text, READ)  # takes the vector just made
    clock.append(perf_counter())
    readings = engine.reader.read(question, hits)
    clock.append(perf_counter())
    verified(decide(question, readings, engine.names, engine.calibration), engine.articles)
    clock.append(perf_counter())
    parts = [(after - before) * 1000 for before, after in pairwise(clock)]
    return Times(*parts)


def figures(times: Sequence[Times]) -> dict[str, float]:
    """p50 of each stage, and p50 and p95 of the whole."""
    stages = {
        field.name: round(percentile([getattr(t, field.name) for t in times], 50), 1)
        for field in fields(Times)
    }
    whole = [sum(getattr(t, field.name) for field in fields(Times)) for t in times]
    return {
        **stages,
        "p50": round(percentile(whole, 50), 1),
        "p95": round(percentile(whole, 95), 1),
    }


if __name__ == "__main__":
    sys.exit(main())
