"""Why an answer came out as it did, for those who tune it: a question in, lines of text out."""

from collections.abc import Iterable, Iterator

from index.engine import Engine
from index.question import Question
from index.reader import Reading
from knowledge.names import Mention

_MOST = 8


def explanation(engine: Engine, text: str) -> str:
    """What was understood, then the best readings with what their probability rests on."""
    question = engine.understand(text, None)
    readings = engine.read(question)[:_MOST]
    return "\n".join([*_understood(question), *(line for r in readings for line in _read(r))])


def _understood(question: Question) -> Iterator[str]:
    yield f"language  {question.language}"
    yield f"kind      {question.kind}"
    yield f"concepts  {_listed(dict.fromkeys(c.concept.name for c in question.concepts))}"
    yield f"names     {_listed(map(_named, question.names))}"
    yield f"unknown   {_listed(map(_named, question.unknown))}"


def _named(mention: Mention) -> str:
    return f"{mention.name} (misspelt)" if mention.misspelt else mention.name


def _listed(items: Iterable[str]) -> str:
    return ", ".join(items) or "-"


def _read(reading: Reading) -> Iterator[str]:
    passage = reading.passage
    span = passage.article.body[slice(*reading.span)] if reading.span else "-"
    yield f"\n{reading.probability:.3f}  {passage.article.slug} {passage.start}-{passage.end}"
    yield f"  answer  {span}"
    yield f"  because {_listed(f'{name} {value:.2f}' for name, value in reading.features)}"
    yield f"  text    {passage.text}"
