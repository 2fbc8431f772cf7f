import time
from collections.abc import Iterator

import pytest
from driver import TOKEN, Call, Driver, keys, plain
from fake_library import FakeLibrary, answering_from, make_versions, publish
from fakes import PRIVATE, USER, text_message
from telegram_standin import Json, TelegramStandIn

from bot.metrics import Metrics
from bot.releases import Releases
from bot.source import Source
from bot.texts import TEXTS, load_texts
from index.versions import Version, Versions
from knowledge.errors import KlyngesvarError

NB = load_texts(TEXTS)["nb"]
BOSS: Json = {**USER, "language_code": "nb"}
OTHER: Json = {**USER, "id": 8}


@pytest.fixture
def telegram() -> Iterator[TelegramStandIn]:
    with TelegramStandIn(TOKEN) as stand_in:
        yield stand_in


@pytest.fixture
def versions(monkeypatch: pytest.MonkeyPatch) -> Versions:
    monkeypatch.setenv("TZ", "Europe/Oslo")
    time.tzset()
    versions = make_versions()
    publish(versions)
    publish(versions)
    return versions


def releases_of(versions: Versions, broken: int = 0) -> Releases:
    def load(version: Version | None) -> Source:
        if version and version.number == broken:
            raise KlyngesvarError("passer ikke")
        return answering_from(version)

    library = FakeLibrary(versions, load)
    return Releases(library, library.first(), Metrics())


def current(versions: Versions) -> int:
    version = versions.current()
    assert version
    return version.number


def driving(telegram: TelegramStandIn, releases: Releases) -> Driver:
    return Driver(telegram, releases, admins=frozenset({7}))


def command(driver: Driver, text: str, user: Json = BOSS) -> Call:
    [call] = driver.say(text_message(text, PRIVATE, user))
    return call


LINE = "{}, publisert 31. januar 2026 kl. 13:00 av kari@<kontor>, 2 artikler"


def test_an_admin_goes_back_at_the_press_of_a_button(
    telegram: TelegramStandIn, versions: Versions
) -> None:
    releases = releases_of(versions)
    with driving(telegram, releases) as driver:
        asked = command(driver, "/rollback")
        assert plain(asked) == (
            f"Gjeldende versjon er {LINE.format(2)}.\n\n"
            f"Skal jeg gå tilbake til versjon {LINE.format(1)}?"
        )
        assert keys(asked)["Gå tilbake til versjon 1"]["callback_data"] == "rollback:2:1"
        assert current(versions) == 2
        confirmed, done = driver.press("rollback:2:1", PRIVATE, BOSS)
        assert confirmed[0] == "answerCallbackQuery"
        assert plain(done) == f"Nå svarer jeg fra versjon {LINE.format(1)}."
        assert keys(done) == {}
        assert "Versjon 1 sier" in plain(command(driver, "Hva sier du?"))
    previous = versions.previous()
    assert (current(versions), previous and previous.number) == (1, 2)


def test_others_neither_see_the_command_nor_may_press_the_button(
    telegram: TelegramStandIn, versions: Versions
) -> None:
    with driving(telegram, releases_of(versions)) as driver:
        assert command(driver, "/rollback", OTHER)[1] == command(driver, "/finnes_ikke", OTHER)[1]
        command(driver, "/rollback")
        [refused] = driver.press("rollback:2:1", PRIVATE, {**OTHER, "language_code": "nb"})
    assert refused[1]["text"] == NB.gone
    assert refused[1]["show_alert"]
    assert current(versions) == 2


def test_with_one_version_there_is_nothing_to_go_back_to(telegram: TelegramStandIn) -> None:
    versions = make_versions()
    publish(versions)
    with driving(telegram, releases_of(versions)) as driver:
        assert plain(command(driver, "/rollback")) == NB.rollback_none


def pressed(driver: Driver) -> str:
    command(driver, "/rollback")
    _, done = driver.press("rollback:2:1", PRIVATE, BOSS)
    return plain(done)


def test_who_holds_the_lock_is_named(telegram: TelegramStandIn, versions: Versions) -> None:
    holding = versions.lock("ola@<lager>", "klyngesvar publish")
    with driving(telegram, releases_of(versions)) as driver, holding:
        said = pressed(driver)
    assert said.startswith("Noen holder på med versjonene: ola@<lager>, klyngesvar publish, ")
    assert current(versions) == 2


def test_a_version_that_cannot_answer_is_not_gone_back_to(
    telegram: TelegramStandIn, versions: Versions
) -> None:
    releases = releases_of(versions, broken=1)
    with driving(telegram, releases) as driver:
        assert pressed(driver) == NB.rollback_failed.format(number=1)
        assert "Versjon 2 sier" in plain(command(driver, "Hva sier du?"))
    assert current(versions) == 2


def test_an_old_question_is_not_answered_with_another_version(
    telegram: TelegramStandIn, versions: Versions
) -> None:
    releases = releases_of(versions)
    with driving(telegram, releases) as driver:
        command(driver, "/rollback")
        publish(versions)
        _, done = driver.press("rollback:2:1", PRIVATE, BOSS)
        assert plain(done) == NB.rollback_changed
    assert current(versions) == 3


def test_status_tells_of_both_versions_and_of_one_that_cannot_answer(
    telegram: TelegramStandIn, versions: Versions
) -> None:
    releases = releases_of(versions, broken=3)
    with driving(telegram, releases) as driver:
        lines = plain(command(driver, "/status")).splitlines()
        assert lines[:2] == [f"versjon: {LINE.format(2)}", f"forrige: {LINE.format(1)}"]
        assert lines[-1].startswith("i kø: ")
        publish(versions)
        driver.wait_for(releases.look())
        lines = plain(command(driver, "/status")).splitlines()
        assert lines[0] == f"versjon: {LINE.format(2)}"
        assert lines[-1] == NB.status_stuck.format(number=3)
