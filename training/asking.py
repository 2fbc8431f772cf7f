"""Questions of the data sets, asked through the product's own path over their own articles."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from index.calibration import Calibration
from index.encoder import SentenceEncoder
from index.engine import READ, Engine, load_engine, load_reader
from index.lexical import Lexicon
from index.names import Names
from index.passages import Passage
from index.question import Question, understand
from index.reader import Reader, Reading
from index.search import Index
from index.spans import touches
from knowledge.articles import Article, Language
from knowledge.paths import KNOWLEDGE
from knowledge.questions import GoldenQuestion, Proof, read_questions
from knowledge.register import make_register
from training.item import Item
from training.naming import Naming
from training.retrieval import build_index


@dataclass(frozen=True, slots=True)
class Asked:
    """What was read for a question, and what of it is right."""

    question: Question
    kind: str
    group: str  # what cross-validation keeps together: the article
    pair: str  # "same", "nb-nn" or "en-no": languages of question and article
    is_open: bool  # asked over all articles, not only its own
    answers: tuple[str, ...]  # short answers that are right
    is_answerable: bool
    readings: tuple[Reading, ...] = field(repr=False)
    is_right: Callable[[Passage], bool] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Articles to ask about, and what asks them."""

    index: Index = field(repr=False)
    names: Names = field(repr=False)
    reader: Reader = field(repr=False)
    calibration: Calibration = field(repr=False)
    naming: Naming = field(repr=False)

    def ask(self, item: Item) -> Asked:
        """A question that names nothing of its article, or is closed, is asked within it."""
        found = self.names.in_question(item.question)
        question = understand(item.question, None, self.index.lexicon, found)
        names_it = self.naming.names_its_article(item.question, item.article)
        is_open = names_it and not item.is_closed
        hits = self.index.search(question.spelled, READ if is_open else len(self.index.passages))
        if not is_open:
            hits = [h for h in hits if h.passage.article.slug == item.article.slug][:READ]
        readings = [] if question.unknown else self.reader.read(question, hits)
        return Asked(
            question,
            item.kind,
            item.article.slug,
            pair_of(item.language, item.article.language),
            is_open,
            (item.article.body[slice(*item.answer)],) if item.answer else (),
            item.answer is not None,
            tuple(readings),
            lambda passage: _answers(item, passage),
        )


def make_corpus(
    articles: Sequence[Article],
    lexicon: Lexicon,
    encoder: SentenceEncoder,
    folder: Path,
    reader: str,
    absent: Sequence[Article] = (),
) -> Corpus:
    """Index the articles, or take over what an earlier run made of them; those that are absent can
    be asked about, and are in none of what is searched."""
    index = build_index(articles, lexicon, encoder, folder)
    names = Names(make_register(()), articles, lexicon)
    return Corpus(
        index, names, *load_reader(index, names, encoder, reader), Naming([*articles, *absent])
    )


def _answers(item: Item, passage: Passage) -> bool:
    answer = item.answer
    return (
        answer is not None
        and passage.article.slug == item.article.slug
        and touches((passage.start, passage.end), [answer])
    )


def product_engine(encoder: SentenceEncoder, reader: str) -> Engine:
    """The product's own articles and how they are answered from, with another reader."""
    engine = load_engine(KNOWLEDGE, progress=True)
    chosen, _ = load_reader(engine.index, engine.names, encoder, reader)
    return replace(engine, reader=chosen)


def ask_product(engine: Engine, file: Path) -> list[Asked]:
    """Questions in the form of the golden ones, over the product's own articles."""
    articles = {article.slug: article for article in engine.index.articles}
    return [
        _golden(golden, engine.understand(golden.question, None), engine.read, articles)
        for golden in read_questions(file, articles.values())
    ]


def _golden(
    golden: GoldenQuestion,
    question: Question,
    read: Callable[[Question], list[Reading]],
    articles: dict[str, Article],
) -> Asked:
    first = golden.proofs[0].article if golden.proofs else ""
    language = articles[first].language if first else golden.language
    return Asked(
        question,
        question.kind,
        first or golden.id,
        pair_of(golden.language, language),
        True,
        tuple(text for proof in golden.proofs for text in proof.answers),
        not golden.unanswerable,
        () if question.unknown else tuple(read(question)),
        lambda passage: any(_proves(proof, passage) for proof in golden.proofs),
    )


def _proves(proof: Proof, passage: Passage) -> bool:
    if proof.article != passage.article.slug:
        return False
    start = passage.article.body.index(proof.text)
    return touches((passage.start, passage.end), [(start, start + len(proof.text))])


def pair_of(question: Language, article: Language) -> str:
    """Whether question and article share a language, are both Norwegian, or need translation."""
    if question == article:
        return "same"
    return "en-no" if "en" in (question, article) else "nb-nn"
