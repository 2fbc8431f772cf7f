"""The whole path in one object: content in, index kept fresh, questions answered."""

import os
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from index.answer import Answer, decide
from index.calibration import Calibration, read_calibration
from index.departures import find_departure
from index.encoder import EMBEDDED, Encoder, SentenceEncoder, load_encoder
from index.followup import Memory, Reply, follow_up, remember
from index.known import KnownAnswers
from index.lending import Lend, PatientEncoder
from index.lexical import Lexicon
from index.names import Names
from index.paths import cache_folder, cache_name
from index.question import Question, understand
from index.reader import LexicalReader, Reader, Reading
from index.search import Index, build, known_vectors, load
from index.verbatim import verified
from index.versions import Draft
from knowledge.articles import Article, Language, read_articles
from knowledge.errors import KlyngesvarError
from knowledge.glossary import read_glossary
from knowledge.register import register_in

if TYPE_CHECKING:
    from index.reader_windows import ReadsWindows

SHIPPED, UNTRAINED = "shipped", "none"  # readers; any other name is a model's
READ = 48  # hits that are read: they hold the right sentence for 98 % (benchmarks/README.md)


@dataclass(frozen=True, slots=True)
class Engine:
    """Answers questions from one set of articles."""

    index: Index = field(repr=False)
    names: Names = field(repr=False)
    reader: Reader = field(repr=False)
    calibration: Calibration = field(repr=False)
    articles: Path  # the folder with their files
    version: int | None = None  # None where these are the files that editors work in
    known: KnownAnswers = field(default_factory=KnownAnswers, init=False, repr=False)

    def ask(self, text: str, fallback: Language | None) -> Answer:
        """The answer; `fallback` is the asker's language, for a question that does not show it."""
        return self.reply(text, fallback, None).answer

    def reply(self, text: str, fallback: Language | None, memory: Memory | None) -> Reply:
        """The answer to a text of a conversation, which may lean on what was asked before it."""
        started = perf_counter()
        asked = self.understand(text.strip(), fallback)
        found = follow_up(asked, memory, self.names)
        whole = self.understand(found.question, found.language) if found else asked
        answer, is_known = self.known.answer(whole, self._answer)
        answer = replace(
            verified(answer, self.articles),  # at every time: a file may have changed since
            version=self.version,
            question=text,
            language=found.language if found else asked.language,
            ms=(perf_counter() - started) * 1000,
        )
        understood, completed = (found.understood, found.question) if found else (None, None)
        departure = find_departure(answer, whole, self.names.register, self.index.lexicon)
        memory = remember(whole, memory, self.names)
        return Reply(answer, understood, memory, completed, departure, is_known)

    def _answer(self, question: Question) -> Answer:
        readings = [] if question.unknown else self.read(question)
        return decide(question, readings, self.names, self.calibration)

    def understand(self, text: str, fallback: Language | None) -> Question:
        """What the question asks for and about whom."""
        found = self.names.in_question(text)
        return understand(text, fallback, self.index.lexicon, found)

    def read(self, question: Question) -> list[Reading]:
        """What was found for the question, read, best first."""
        return self.reader.read(question, self.index.search(question.spelled, READ))


@dataclass(frozen=True, slots=True)
class Content:
    """What a knowledge folder holds, ready to be searched."""

    articles: tuple[Article, ...]
    lexicon: Lexicon
    names: Names


def load_engine(knowledge: Path, progress: bool) -> Engine:
    """An engine for this folder; embeds what is new since the last time, with a progress bar."""
    content = read_content(knowledge)
    encoder = load_encoder()
    index = _fresh_index(index_folder(knowledge), content, encoder, progress)
    return _engine(index, content, encoder, knowledge, None)


def load_version(version: Draft, encoder: SentenceEncoder) -> Engine:
    """An engine that answers from this version and nothing else, whatever editors do meanwhile."""
    try:
        content = read_content(version.knowledge)
        index = load(version.index, content.articles, content.lexicon, encoder)
    except KlyngesvarError as error:
        raise KlyngesvarError(
            f"versjon {version.number} passer ikke til dette programmet og denne modellen: "
            "kjør klyngesvar publish\n"
            f"    version {version.number} does not fit this program and this model: "
            f"run klyngesvar publish\n({error})"
        ) from error
    return _engine(index, content, encoder, version.knowledge, version.number)


def load_trial(knowledge: Path, version: Draft, encoder: SentenceEncoder, lend: Lend) -> Engine:
    """An engine for content that nobody keeps; embeds only what the version does not hold."""
    content = read_content(knowledge)
    known, patient = known_vectors(version.index, encoder), PatientEncoder(encoder, lend)
    index = build(content.articles, content.lexicon, patient, known, progress=False)
    return _engine(index, content, encoder, knowledge, None)


def _engine(
    index: Index, content: Content, encoder: SentenceEncoder, knowledge: Path, version: int | None
) -> Engine:
    reader, calibration = load_reader(index, content.names, encoder, reader_name(encoder.name))
    return Engine(index, content.names, reader, calibration, knowledge / "articles", version)


def reader_name(encoder: str) -> str:
    """Which reader is to be used with this encoder."""
    # The shipped reader stands on the embedded encoder and can not read with another.
    usual = SHIPPED if encoder == EMBEDDED else UNTRAINED
    return os.environ.get("KLYNGESVAR_READER", usual)


def load_reader(
    index: Index, names: Names, encoder: SentenceEncoder, name: str
) -> tuple[Reader, Calibration]:
    """The shipped reader, none that was trained, or the model of this name; and its worth."""
    untrained = read_calibration("none")
    lexical = LexicalReader(index, names, untrained.passage)
    if name == UNTRAINED:
        return lexical, untrained
    from index.reader_neural import NeuralReader

    trained = read_calibration("trained")
    return NeuralReader(lexical, _windows_reader(encoder, name), trained.passage), trained


# Engines share it, and with it the windows that it has read: versions have most of them in common.
@lru_cache(maxsize=1)
def _windows_reader(encoder: SentenceEncoder, name: str) -> "ReadsWindows":
    if name == SHIPPED:
        from index.reader_neural import shipped_reader

        return shipped_reader(encoder)
    from index.reader_named import NamedReader

    return NamedReader(name)


def index_folder(knowledge: Path) -> Path:
    """Where the index of a knowledge folder is kept."""
    return cache_folder() / "indexes" / cache_name(knowledge)


def read_content(knowledge: Path) -> Content:
    """The content of this folder; only `articles/` has to be there."""
    articles = read_articles(knowledge / "articles")
    glossary = knowledge / "glossary.yaml"
    lexicon = Lexicon(read_glossary(glossary) if glossary.exists() else ())
    return Content(articles, lexicon, Names(register_in(knowledge), articles, lexicon))


def _fresh_index(folder: Path, content: Content, encoder: Encoder, progress: bool) -> Index:
    try:
        return load(folder, content.articles, content.lexicon, encoder)
    except KlyngesvarError:  # missing, foreign or stale: whatever can be reused is
        known = known_vectors(folder, encoder)
        index = build(content.articles, content.lexicon, encoder, known, progress)
        index.save(folder)
        return index
