"""From an address on a site to an answer in a running bot, and back."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bot_run import TOKEN, serve_during
from editors_folder import PAGE, PATH, use_fake_model, write_folder
from fake_site import Page, running_site
from fakes import text_message
from telegram_standin import TelegramStandIn, read_html
from test_releases import until

from bot import releases as releases_module
from bot.database import Database
from bot.library import KnowledgeLibrary
from bot.main import main
from bot.metrics import Metrics
from bot.releases import Releases

QUESTION = "Hvem leder Tareklyngen?"
QUOTE = "Liv Vik er ny daglig leder i Tareklyngen fra 1. april."
GOLDEN = (
    *("golden", QUESTION, "--article", "ny-leder-i-tareklyngen"),
    *("--proof", QUOTE, "--answer", "Liv Vik"),
)
DIFF = """\
Artikler / articles: 1 nye / new, 0 endret / changed, 0 borte / gone
  + ny-leder-i-tareklyngen (8 linjer / lines)
Lister / lists: questions.yaml endret / changed
Setninger / passages: 2 → 5

Nye svar / new answers: 1

  Hvem leder Tareklyngen?
    FØR / BEFORE: ikke svar / no answer    NÅ / NOW: riktig / right
                                           Liv Vik
                                           «Liv Vik er ny daglig leder i
                                           Tareklyngen fra 1. april.»
                                           (ny-leder-i-tareklyngen)

Riktige svar / right answers: 2 av / of 3 → 3 av / of 3
"""


@pytest.fixture
def telegram() -> Iterator[TelegramStandIn]:
    with TelegramStandIn(TOKEN) as stand_in:
        yield stand_in


def test_from_an_address_to_an_answer_in_the_running_bot_and_back(
    telegram: TelegramStandIn,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    use_fake_model(monkeypatch)
    monkeypatch.setattr(releases_module, "LOOK_SECONDS", 0.05)
    monkeypatch.setenv("COLUMNS", "80")
    knowledge = write_folder(tmp_path / "knowledge")
    library = KnowledgeLibrary(knowledge)
    releases = Releases(library, library.first(), Metrics())
    answers: list[str] = []

    def command(*arguments: str) -> str:
        """What an editor reads who runs it."""
        capsys.readouterr()
        assert main([*arguments, "--knowledge", str(knowledge)]) == 0
        return capsys.readouterr().out

    def ask() -> str:
        """What somebody reads who asks."""
        telegram.feed("message", text_message(QUESTION))
        answers.append(telegram.wait_for("sendMessage", len(answers) + 1)[-1]["text"])
        return read_html(answers[-1]).plain

    def answers_from(number: int) -> Callable[[], bool]:
        return lambda: version_of(releases) == number

    def round_trip() -> None:
        assert "Liv Vik" not in ask()
        with running_site() as site:
            site.pages[PATH] = Page(PAGE.encode())
            address = site.address(PATH)
            assert "dato / published      2025-03-03" in command(
                "add", address, "--yes", "--allow-private"
            )
        command(*GOLDEN)
        assert command("check").startswith("2 artikler, 1 klynger, 3 spørsmål: alt i orden")
        assert "Liv Vik" not in ask()
        assert DIFF in command("publish", "--yes")
        until(answers_from(2))
        answer = ask()
        assert answer.startswith("Liv Vik\n")
        assert QUOTE in answer
        assert "Ny leder i Tareklyngen" in answer
        assert "Kystposten" in answer
        assert command("rollback") == "Versjon / version 1 svarer nå / answers now\n"
        until(answers_from(1))
        assert ask() == read_html(answers[0]).plain

    serve_during(telegram, releases, round_trip, Database(None))


def version_of(releases: Releases) -> int | None:
    version = releases.source().version
    return version.number if version else None
