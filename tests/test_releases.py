"""Versions that take each other's place in a running bot, over HTTP to the stand-in."""

import asyncio
import gc
import logging
import re
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from bot_run import TOKEN, serve_during
from driver import Driver, plain
from fake_library import FakeLibrary, answering_from, make_versions, publish, words_of
from fakes import PRIVATE, USER, text_message
from telegram_standin import Json, TelegramStandIn, read_html
from test_metrics import series

from bot import releases as releases_module
from bot.database import Database
from bot.metrics import Metrics
from bot.releases import Releases, watching
from bot.source import Source
from index.followup import Memory, Reply
from index.versions import Version, Versions
from knowledge.articles import Language
from knowledge.errors import KlyngesvarError


@pytest.fixture
def telegram() -> Iterator[TelegramStandIn]:
    with TelegramStandIn(TOKEN) as stand_in:
        yield stand_in


@pytest.fixture
def versions() -> Versions:
    versions = make_versions()
    publish(versions)
    return versions


def ask(telegram: TelegramStandIn, chat: int) -> None:
    """A question from a chat of its own."""
    of_chat = {"chat": {**PRIVATE, "id": chat}, "user": {**USER, "id": chat}}
    telegram.feed("message", text_message(f"Hva sier nummer {chat}?", **of_chat))


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def quoted(call: Json) -> int:
    """The version that a card quotes: all of it is of one."""
    [number] = set(re.findall(r"Versjon (\d+)", read_html(call["text"]).plain))
    return int(number)


class Gate:
    """Sources that let the test decide when a question is answered."""

    def __init__(self) -> None:
        self.open = threading.Event()

    def source(self, version: Version | None) -> Source:
        source = answering_from(version)

        def wait(question: str, language: Language | None, memory: Memory | None) -> Reply:
            assert self.open.wait(10)
            return source.ask(question, language, memory)

        return replace(source, ask=wait)


def test_a_question_ends_on_the_version_on_which_it_began(
    telegram: TelegramStandIn, versions: Versions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(releases_module, "LOOK_SECONDS", 0.02)
    gate, database = Gate(), Database(None)
    library = FakeLibrary(versions, gate.source)
    releases = Releases(library, library.first(), Metrics())

    def talk() -> None:
        for chat in (1, 2, 3):
            ask(telegram, chat)
        telegram.wait_for("sendChatAction", 3)
        second = publish(versions)
        until(lambda: releases.source().version == second)  # while the first waits for its answer
        ask(telegram, 4)
        gate.open.set()
        telegram.wait_for("sendMessage", 4)

    serve_during(telegram, releases, talk, database)
    sent = telegram.params("sendMessage")
    assert sorted(call["chat_id"] for call in sent) == [1, 2, 3, 4]  # chats overtake each other
    assert sorted(map(quoted, sent)) == [1, 2, 2, 2]
    noted = database.read("SELECT question, version FROM questions")
    assert sorted(noted) == sorted(
        (f"Hva sier nummer {call['chat_id']}?", quoted(call)) for call in sent
    )


def test_no_question_is_dropped_however_often_versions_change(
    telegram: TelegramStandIn, versions: Versions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(releases_module, "LOOK_SECONDS", 0.005)
    database = Database(None)
    library = FakeLibrary(versions, answering_from)
    releases = Releases(library, library.first(), Metrics())

    def talk() -> None:
        for chat in range(1, 41):
            ask(telegram, chat)
            if chat % 8 == 0:
                publish(versions)
        telegram.wait_for("sendMessage", 40, 30)
        until(lambda: releases.source().version == versions.get(6))
        ask(telegram, 41)
        telegram.wait_for("sendMessage", 41)

    serve_during(telegram, releases, talk, database)
    said = {call["chat_id"]: quoted(call) for call in telegram.params("sendMessage")}
    assert sorted(said) == list(range(1, 42))
    assert said[41] == 6
    rows = database.read("SELECT question, version FROM questions")
    assert dict(rows) == {f"Hva sier nummer {n}?": version for n, version in said.items()}


def look_at(releases: Releases, times: int = 1) -> None:
    async def look() -> None:
        for _ in range(times):
            await releases.look()

    asyncio.run(look())


def number(releases: Releases) -> int:
    version = releases.source().version
    assert version is not None
    return version.number


class Broken:
    """A library in which the versions of some numbers cannot be loaded."""

    def __init__(self, versions: Versions, errors: dict[int, Exception]) -> None:
        self.loaded: list[int] = []
        self.errors = errors
        self.metrics = Metrics()
        library = FakeLibrary(versions, self.load)
        self.releases = Releases(library, library.first(), self.metrics)

    def load(self, version: Version | None) -> Source:
        assert version is not None
        self.loaded.append(version.number)
        if error := self.errors.get(version.number):
            raise error
        return answering_from(version)

    def counted(self, name: str) -> float:
        return series(self.metrics.text())[f"klyngesvar_{name}"]


def test_a_version_that_cannot_be_loaded_leaves_the_old_one(
    versions: Versions, caplog: pytest.LogCaptureFixture
) -> None:
    library = Broken(versions, {2: KlyngesvarError("passer ikke"), 3: RuntimeError("ødelagt")})
    with caplog.at_level(logging.ERROR):
        for newest, served in ((2, 1), (3, 1), (4, 4)):
            assert publish(versions).number == newest
            look_at(library.releases, times=3)
            assert number(library.releases) == served
    assert library.loaded == [1, 2, 3, 4]
    assert [record.getMessage() for record in caplog.records] == [
        "The current version can not answer, and the one before it goes on: passer ikke",
        "The current version can not answer, and the one before it goes on: ødelagt",
    ]
    assert [bool(record.exc_info) for record in caplog.records] == [False, True]
    assert library.counted("version_failures_total") == 2
    assert library.counted("version") == 4


def test_versions_that_cannot_be_read_are_told_of_once(
    versions: Versions, caplog: pytest.LogCaptureFixture
) -> None:
    library = Broken(versions, {})
    current = versions.folder / "current.json"
    whole = current.read_text("utf-8")
    current.write_text("{", encoding="utf-8")
    look_at(library.releases, times=3)
    assert len(caplog.records) == 1
    current.write_text(whole, encoding="utf-8")
    second = publish(versions)
    look_at(library.releases)
    assert library.releases.source().version == second


def test_the_metrics_name_only_the_index_in_use(versions: Versions) -> None:
    def load(version: Version | None) -> Source:
        source = answering_from(version)
        index = f"hash{version.number if version else 0}"
        return replace(source, facts=replace(source.facts, index=index))

    library, metrics = FakeLibrary(versions, load), Metrics()
    releases = Releases(library, library.first(), metrics)
    publish(versions)
    look_at(releases)
    found = {name: n for name, n in series(metrics.text()).items() if "index_info" in name}
    assert found == {'klyngesvar_index_info{version="hash2"}': 1}


def test_the_button_for_more_sources_shows_those_of_the_new_version(
    telegram: TelegramStandIn, versions: Versions
) -> None:
    library = FakeLibrary(versions, answering_from)
    releases = Releases(library, library.first(), Metrics())
    with Driver(telegram, releases) as driver:
        [card] = driver.say(text_message("Hva sier du?"))
        assert words_of(1)[0] in plain(card)
        publish(versions)
        driver.wait_for(releases.look())
        [_, more] = driver.press("more:1:1", PRIVATE, USER)
        assert words_of(2)[1] in plain(more)
        assert "Versjon 1" not in plain(more)


def test_nothing_of_the_old_version_is_kept(versions: Versions) -> None:
    class Engine:
        def reply(self, *_: object) -> Reply:
            raise AssertionError

    engines: list[weakref.ref[Engine]] = []

    def load(version: Version | None) -> Source:
        engine = Engine()
        engines.append(weakref.ref(engine))
        return Source(engine.reply, version)

    library = FakeLibrary(versions, load)
    releases = Releases(library, library.first(), Metrics())
    publish(versions)
    look_at(releases)
    gc.collect()
    assert [engine() is None for engine in engines] == [True, False]


def test_the_watch_ends_with_its_block(
    versions: Versions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(releases_module, "LOOK_SECONDS", 0.01)
    library = FakeLibrary(versions, answering_from)
    releases = Releases(library, library.first(), Metrics())

    async def run() -> None:
        async with watching(releases):
            second = publish(versions)
            while releases.source().version != second:
                await asyncio.sleep(0.01)
        publish(versions)
        await asyncio.sleep(0.1)
        assert len(asyncio.all_tasks()) == 1

    asyncio.run(run())
    assert number(releases) == 2
