import logging
from pathlib import Path

import pytest
from fake_content import Desk, change_leader, use_fake_reader, write_content
from fake_index import FakeEncoder

from bot import library
from bot.library import KnowledgeLibrary
from bot.main import main
from bot.source import Facts, Source
from index.versions import Versions
from knowledge.errors import KlyngesvarError

QUESTION = "Hvem er leder?"


@pytest.fixture
def encoders(monkeypatch: pytest.MonkeyPatch) -> list[FakeEncoder]:
    """Those that were loaded."""
    loaded: list[FakeEncoder] = []

    def load() -> FakeEncoder:
        loaded.append(FakeEncoder())
        return loaded[-1]

    monkeypatch.setattr(library, "load_encoder", load)
    use_fake_reader(monkeypatch)
    return loaded


@pytest.fixture
def knowledge(tmp_path: Path, encoders: list[FakeEncoder]) -> Path:
    return write_content(tmp_path / "knowledge")


def says(source: Source) -> tuple[str | None, int | None]:
    """Who leads, and the version that says so."""
    found = source.ask(QUESTION, None, None).answer
    return found.text, found.version


def test_where_nothing_is_published_the_files_become_the_first_version(knowledge: Path) -> None:
    source = KnowledgeLibrary(knowledge).first()
    version = Versions(knowledge).current()
    assert version is not None
    assert (version.number, source.version) == (1, version)
    assert version.manifest.by.endswith(" (klyngesvar bot)")
    assert says(source) == ("Kari Ås", 1)
    assert source.facts.articles == 2
    assert source.facts == Facts(source.facts.index, 2, "fake", "none")


def test_content_with_problems_stops_the_start(knowledge: Path) -> None:
    (knowledge / "articles" / "leder.md").write_text("---\ntitle: x\n", encoding="utf-8")
    with pytest.raises(KlyngesvarError, match=r"leder\.md"):
        KnowledgeLibrary(knowledge).first()
    assert Versions(knowledge).all() == ()


def test_what_editors_do_changes_no_answer_until_it_is_published(
    knowledge: Path, encoders: list[FakeEncoder], caplog: pytest.LogCaptureFixture
) -> None:
    Desk(knowledge).publisher().publish(is_forced=False)
    change_leader(knowledge, "Ola Nes")
    served = KnowledgeLibrary(knowledge)
    with caplog.at_level(logging.INFO):
        first = served.first()
    assert says(first) == ("Kari Ås", 1)
    assert "The files have changed since version 1" in caplog.messages
    second = Desk(knowledge).publisher().publish(is_forced=False)
    assert second is not None
    assert says(served.load(second)) == ("Ola Nes", 2)
    assert says(first) == ("Kari Ås", 1)
    assert len(encoders) == 1


def test_the_bot_answers_from_the_library_of_its_folder(
    knowledge: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    libraries: list[KnowledgeLibrary] = []
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "4242:hemmelig")
    monkeypatch.setattr("bot.running.run", lambda _, found: libraries.append(found))
    assert main(["bot", "--knowledge", str(knowledge)]) == 0
    assert says(libraries[0].first()) == ("Kari Ås", 1)
