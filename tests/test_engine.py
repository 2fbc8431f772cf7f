"""From a folder of articles to an answer, with a reader and an encoder that hold no surprises."""

import logging
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

import pytest
from fake_index import LEADER, MONEY, FakeEncoder, article, write_article

import index.engine
from index.calibration import Calibration, Weights
from index.encoder import SentenceEncoder
from index.engine import Engine, index_folder, load_engine
from index.followup import Memory
from index.question import Question
from index.reader import Reading
from index.search import Hit
from knowledge.errors import KlyngesvarError

TWO_CLUSTERS = """\
- {name: NCE Tullball, sources: [https://www.tull.no]}
- {name: NCE Sprettball, sources: [https://www.tull.no]}
"""


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    for source in (LEADER, MONEY):
        write_article(tmp_path / "articles", source)
    return tmp_path


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> FakeEncoder:
    fake = FakeEncoder()
    monkeypatch.setattr(index.engine, "load_encoder", lambda: fake)
    return fake


@dataclass(frozen=True, slots=True)
class FirstHit:
    """Takes the first hit, and its first seven characters for the short answer."""

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Reading]:
        passage = hits[0].passage
        return [Reading(passage, (passage.start, passage.start + 7), 2.0, ())]


@dataclass(frozen=True, slots=True)
class Unwanted:
    """Must not be asked."""

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Reading]:
        raise AssertionError("nothing was to be read")


def loaded(knowledge: Path) -> Engine:
    """As sure as the reading alone."""
    verdict = Weights(0.0, defaultdict(float, {"score": 1.0}))
    calibration = Calibration(Weights(0.0, {}), verdict, 0.8, 0.3)
    engine = load_engine(knowledge, progress=False)
    return replace(engine, reader=FirstHit(), calibration=calibration)


def test_a_question_is_answered_with_the_words_of_the_file(
    knowledge: Path, encoder: FakeEncoder
) -> None:
    found = loaded(knowledge).ask("Hvem er leder?", None)
    assert (found.verdict, found.text) == ("answer", "Kari Ås")
    assert found.confidence == pytest.approx(0.88, abs=0.001)
    assert (found.question, found.language) == ("Hvem er leder?", "nb")
    assert [(q.article.slug, q.start, q.end, q.text, q.highlight) for q in found.quotes] == [
        ("leder", 0, 17, "Kari Ås er leder.", (0, 7))
    ]
    assert 0 < found.ms < 60_000


def test_the_askers_language_counts_where_the_question_has_none(
    knowledge: Path, encoder: FakeEncoder
) -> None:
    engine = loaded(knowledge)
    assert engine.ask("123?", "nn").language == "nn"
    assert engine.ask("Who is the leader?", "nn").language == "en"


def test_an_article_that_changed_since_the_start_is_not_quoted(
    knowledge: Path, encoder: FakeEncoder, caplog: pytest.LogCaptureFixture
) -> None:
    engine = loaded(knowledge)
    write_article(knowledge / "articles", article("leder", "Ola Ås er leder.\n"))
    found = engine.ask("Hvem er leder?", None)
    assert (found.verdict, found.quotes) == ("none", ())
    errors = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert len(errors) == 1
    assert "leder.md no longer has the quote" in errors[0].getMessage()
    assert loaded(knowledge).ask("Hvem er leder?", None).text == "Ola Ås "


def test_a_name_that_nobody_knows_is_not_even_read_about(
    knowledge: Path, encoder: FakeEncoder
) -> None:
    engine = replace(loaded(knowledge), reader=Unwanted())
    found = engine.ask("Hvem er leder for NCE Tullball?", None)
    assert (found.verdict, found.quotes, found.confidence) == ("none", (), 0.0)


def test_the_index_is_built_once_and_then_kept_fresh(
    knowledge: Path, encoder: FakeEncoder, tmp_path: Path
) -> None:
    assert load_engine(knowledge, progress=False).index.embedded == 2
    assert load_engine(knowledge, progress=False).index.embedded == 0
    write_article(knowledge / "articles", article("ny", "Sjø.\n"))
    assert load_engine(knowledge, progress=False).index.embedded == 1
    assert encoder.seen[4:] == ["Nytt: Sjø.", "Nytt: Sjø."]
    assert index_folder(knowledge).parent == tmp_path / "cache" / "indexes"
    assert (index_folder(knowledge) / "manifest.json").is_file()


def test_a_half_written_index_is_built_anew(knowledge: Path, encoder: FakeEncoder) -> None:
    load_engine(knowledge, progress=False)
    (index_folder(knowledge) / "manifest.json").unlink()
    assert load_engine(knowledge, progress=False).index.embedded == 2
    assert load_engine(knowledge, progress=False).index.embedded == 0


def test_every_folder_has_its_own_index_however_it_is_written(
    knowledge: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(knowledge)
    assert index_folder(Path()) == index_folder(knowledge)
    assert index_folder(Path("articles")) != index_folder(knowledge)


def test_the_register_and_the_glossary_are_read_where_they_are(
    knowledge: Path, encoder: FakeEncoder
) -> None:
    (knowledge / "clusters.yaml").write_text(
        "- name: NCE Tullball\n  sources: [https://www.tull.no]\n", encoding="utf-8"
    )
    (knowledge / "glossary.yaml").write_text(
        "leader:\n  asks: person\n  nb: [leder]\n  nn: [leiar]\n  en: [leads]\n", encoding="utf-8"
    )
    question = load_engine(knowledge, progress=False).understand("Who leads NCE Tullball?", None)
    assert [mention.name for mention in question.names] == ["NCE Tullball"]
    assert [mention.concept.name for mention in question.concepts] == ["leader"]
    assert question.unknown == ()


@dataclass(frozen=True, slots=True)
class Asked:
    """Notes what it was asked and reads nothing."""

    questions: list[tuple[str, str]] = field(default_factory=list)

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Reading]:
        self.questions.append((question.text, question.language))
        return []


def test_a_follow_up_is_read_as_a_whole_question_and_kept_as_it_was_asked(
    knowledge: Path, encoder: FakeEncoder
) -> None:
    (knowledge / "clusters.yaml").write_text(TWO_CLUSTERS, encoding="utf-8")
    reader = Asked()
    engine = replace(loaded(knowledge), reader=reader)
    memory: Memory | None = None
    replies, wholes = [], []
    for text in ["Who leads NCE Tullball?", "hva med Sprettball?", "og hvor er de?", "Hva er 2?"]:
        reply = engine.reply(text, "nn", memory)
        memory = reply.memory
        replies.append((reply.answer.question, reply.answer.language, reply.understood))
        wholes.append(reply.whole)
    assert reader.questions == [
        ("Who leads NCE Tullball?", "en"),
        ("Who leads NCE Sprettball?", "en"),
        ("hvor er NCE Sprettball?", "nb"),
        ("Hva er 2?", "nb"),
    ]
    assert replies == [
        ("Who leads NCE Tullball?", "en", None),
        ("hva med Sprettball?", "nb", "NCE Sprettball · who leads"),
        ("og hvor er de?", "nb", "NCE Sprettball · hvor"),
        ("Hva er 2?", "nb", None),
    ]
    assert wholes == [None, "Who leads NCE Sprettball?", "hvor er NCE Sprettball?", None]
    assert memory is not None
    assert memory.text == "hvor er NCE Sprettball?"


@dataclass(frozen=True, slots=True)
class Counting:
    """Counts what it reads, and answers with the first seven characters."""

    read_: list[str] = field(default_factory=list)

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Reading]:
        self.read_.append(question.text)
        time.sleep(0.05)
        return FirstHit().read(question, hits)


def test_an_equal_question_is_read_once(knowledge: Path, encoder: FakeEncoder) -> None:
    reader = Counting()
    engine = replace(loaded(knowledge), reader=reader)
    texts = ["Hvem er leder?", " Hvem er leder?\n", "hvem er leder?", "Hvem er leder?"]
    replies = [engine.reply(text, "nn", None) for text in texts]
    assert reader.read_ == ["Hvem er leder?", "hvem er leder?"]
    assert [reply.is_known for reply in replies] == [False, True, False, True]
    assert [reply.answer.question for reply in replies] == texts
    assert [reply.answer.text for reply in replies] == ["Kari Ås"] * 4
    assert replies[0].answer.ms >= 50 > replies[1].answer.ms > 0


def test_who_asks_in_another_language_gets_an_answer_in_it(
    knowledge: Path, encoder: FakeEncoder
) -> None:
    engine = replace(loaded(knowledge), reader=Counting())
    replies = [engine.reply("123?", language, None) for language in ("nn", "en", "nn")]
    assert [reply.answer.language for reply in replies] == ["nn", "en", "nn"]
    assert [reply.is_known for reply in replies] == [False, False, True]


def test_a_follow_up_knows_the_answer_to_its_whole_question_and_no_other(
    knowledge: Path, encoder: FakeEncoder
) -> None:
    (knowledge / "clusters.yaml").write_text(TWO_CLUSTERS, encoding="utf-8")
    reader = Counting()
    engine = replace(loaded(knowledge), reader=reader)
    one = engine.reply("Hvem leder NCE Tullball?", None, None).memory
    other = engine.reply("Hvem leder NCE Sprettball?", None, None).memory
    replies = [engine.reply("hva med Sprettball?", None, one)]
    replies += [engine.reply("og hvor er de?", None, memory) for memory in (one, other)]
    assert [reply.is_known for reply in replies] == [True, False, False]
    assert replies[0].answer.question == "hva med Sprettball?"
    assert replies[0].understood == "NCE Sprettball · hvem leder"
    assert replies[0].memory == other
    assert reader.read_[2:] == ["hvor er NCE Tullball?", "hvor er NCE Sprettball?"]


def test_a_known_answer_whose_article_has_changed_is_not_quoted(
    knowledge: Path, encoder: FakeEncoder
) -> None:
    engine = loaded(knowledge)
    assert engine.ask("Hvem er leder?", None).text == "Kari Ås"
    write_article(knowledge / "articles", article("leder", "Ola Ås er leder.\n"))
    reply = engine.reply("Hvem er leder?", None, None)
    assert (reply.is_known, reply.answer.verdict, reply.answer.quotes) == (True, "none", ())


def test_another_engine_knows_nothing_of_the_first(knowledge: Path, encoder: FakeEncoder) -> None:
    engine = loaded(knowledge)
    engine.ask("Hvem er leder?", None)
    other = replace(engine, reader=Counting())
    assert not other.reply("Hvem er leder?", None, None).is_known


def test_a_folder_without_articles_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(KlyngesvarError, match="make it, or point to another with --knowledge"):
        load_engine(tmp_path, progress=False)


def test_engines_with_one_encoder_share_the_model_that_reads(
    knowledge: Path, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []
    monkeypatch.setattr("index.reader_named.NamedReader", loaded.append)
    engine = load_engine(knowledge, progress=False)
    one, other = cast(SentenceEncoder, object()), cast(SentenceEncoder, object())
    for used in (one, one, other):
        index.engine.load_reader(engine.index, engine.names, used, "some/model")
    assert loaded == ["some/model"] * 2
