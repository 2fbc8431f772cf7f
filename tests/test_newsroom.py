"""What becomes of drafts, with the real path to a version and no chat."""

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

import fake_content
import pytest
from fake_content import FindsAnswers, change_leader, use_fake_reader, write_content
from fake_index import FakeEncoder
from test_drafts import DRAFT

import bot.library
from bot.answering import Desk
from bot.library import KnowledgeLibrary
from bot.metrics import Metrics
from bot.newsroom import Newsroom, PresentError
from index.encoder import SentenceEncoder
from index.publishing import Publisher
from index.question import Question
from index.reader import Reading
from index.search import Hit
from index.versions import Versions
from knowledge.document import Document
from knowledge.drafts import Draft
from knowledge.errors import KlyngesvarError

NEW = replace(DRAFT, title="Nytt kontor", body="Kontoret ligger nå i Molde.\n")
QUESTION = "Hvor er kontoret?"


class Desked:
    """A newsroom, and who answers meanwhile."""

    def __init__(self, knowledge: Path) -> None:
        self.library = KnowledgeLibrary(knowledge)
        self.source = self.library.first()
        self.desk = Desk(lambda: self.source, Metrics())
        self.newsroom = Newsroom(self.library, self.desk)

    @property
    def articles(self) -> list[str]:
        return sorted(file.name for file in (self.library.knowledge / "articles").iterdir())

    def publish(self, draft: Draft) -> int:
        return asyncio.run(self.newsroom.publish(draft, "kari")).version.number


@pytest.fixture
def desked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desked:
    use_fake_reader(monkeypatch)
    monkeypatch.setitem(fake_content._ANSWERS, QUESTION, r"Molde|Stord(?=!)")
    encoder = cast(SentenceEncoder, FakeEncoder())
    monkeypatch.setattr(bot.library, "load_encoder", lambda: encoder)
    return Desked(write_content(tmp_path / "knowledge"))


def test_the_model_works_in_one_thread_only(
    desked: Desked, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = set[str]()
    encode, read = FakeEncoder.encode_passages, FindsAnswers.read

    def encoding(self: FakeEncoder, texts: Sequence[str], progress: bool) -> object:
        threads.add(threading.current_thread().name)
        return encode(self, texts, progress)

    def reading(self: FindsAnswers, question: Question, hits: Sequence[Hit]) -> list[Reading]:
        threads.add(threading.current_thread().name)
        return read(self, question, hits)

    monkeypatch.setattr(FakeEncoder, "encode_passages", encoding)
    monkeypatch.setattr(FindsAnswers, "read", reading)
    assert asyncio.run(desked.newsroom.newly_answered(NEW, [QUESTION], [])) == (QUESTION,)
    assert desked.publish(NEW) == 2
    assert threads == {"answers_0"}


def test_others_are_answered_while_a_version_is_made(
    desked: Desked, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = list[str]()
    read = FindsAnswers.read

    def reading(self: FindsAnswers, question: Question, hits: Sequence[Hit]) -> list[Reading]:
        order.append(question.text)
        return read(self, question, hits)

    async def run() -> None:
        publishing = asyncio.create_task(desked.newsroom.publish(NEW, "kari"))
        while not order:
            await asyncio.sleep(0.001)
        async with desked.desk.turn() as turn:
            await turn.ask(QUESTION, None, None, "chat")
        await publishing

    monkeypatch.setattr(FindsAnswers, "read", reading)
    asyncio.run(run())
    assert QUESTION in order[1:-1]


def test_only_what_the_draft_itself_answers_anew_is_named(desked: Desked) -> None:
    asked = ["Hvem er leder?", QUESTION, QUESTION, "Hvor mye penger er det?"]
    found = asyncio.run(desked.newsroom.newly_answered(NEW, asked, []))
    assert found == (QUESTION,)
    other = replace(NEW, body="Det er et fint kontor.\n")
    assert asyncio.run(desked.newsroom.newly_answered(other, asked, [])) == ()


def test_a_golden_question_that_is_not_right_is_tried_too(desked: Desked) -> None:
    folder = desked.library.knowledge
    questions = folder / "questions.yaml"
    questions.write_text(
        questions.read_text("utf-8")
        .replace("article: leder", "article: sjo")
        .replace("Kari Ås er leder", "Det er sjø")
        .replace("answers: [Kari Ås]", "answers: [sjø]"),
        "utf-8",
    )
    encoder = desked.library.encoder
    Publisher(folder, "kari", lambda: encoder, lambda _: None, lambda: True).publish(True)
    draft = replace(NEW, body="Per Øy er leder.\n", published="2024-05-14")
    found = asyncio.run(desked.newsroom.newly_answered(draft, [], []))
    assert found == ("Hvem er leder?",)


def test_a_version_that_came_meanwhile_is_not_undone(
    desked: Desked, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish = Publisher.publish

    def after_another(publisher: Publisher, is_forced: bool) -> object:
        monkeypatch.setattr(Publisher, "publish", publish)
        change_leader(desked.library.knowledge, "Ola Li")
        encoder = desked.library.encoder
        other = Publisher(
            desked.library.knowledge, "ola", lambda: encoder, lambda _: None, lambda: True
        )
        other.publish(is_forced=True)
        return publisher.publish(is_forced)

    monkeypatch.setattr(Publisher, "publish", after_another)
    with pytest.raises(KlyngesvarError, match="somebody has published something else meanwhile"):
        desked.publish(NEW)
    assert desked.articles == ["leder.md", "sjo.md"]
    assert desked.publish(NEW) == 3
    content = desked.library.versions.get(3).knowledge / "articles"
    assert "Ola Li" in (content / "leder.md").read_text("utf-8")


def test_what_cannot_be_switched_to_leaves_no_article(
    desked: Desked, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Versions, "switch", full)
    with pytest.raises(OSError, match="disk full"):
        desked.publish(NEW)
    assert desked.articles == ["leder.md", "sjo.md"]


def test_an_article_is_there_once(desked: Desked) -> None:
    desked.publish(NEW)
    with pytest.raises(PresentError) as raised:
        desked.publish(replace(NEW, title="Noe annet"))
    assert raised.value.article.slug == "nytt-kontor"


def test_a_file_is_seen_against_articles_and_register(desked: Desked) -> None:
    text = "Ny leder\n\nKari Nes er ny daglig leder i NCE Tang, og hun kommer fra Molde by.\n"
    (desked.library.knowledge / "clusters.yaml").write_text(
        "- {name: NCE Tang, sources: [https://tang.example.no]}\n", "utf-8"
    )
    document = Document(text.encode(), "ny.txt")
    draft = asyncio.run(desked.newsroom.read(lambda: document))
    assert (draft.title, draft.clusters) == ("Ny leder", ("NCE Tang",))


def test_a_part_is_checked_though_others_are_missing(desked: Desked) -> None:
    check = desked.newsroom.check
    asyncio.run(check(replace(NEW, publisher="")))
    asyncio.run(check(replace(NEW, title="", publisher="")))
    with pytest.raises(KlyngesvarError, match=r"leder\.md exists"):
        asyncio.run(check(replace(NEW, title="Leder", publisher="")))
