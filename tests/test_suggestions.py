"""What an editor reads below an unanswered question, and the command that prints it."""

import json
from pathlib import Path

import pytest
from fake_engine import make_engine
from fakes import no_answer

import index.engine
from bot.database import Database
from bot.journal import Asked, Journal
from bot.main import main
from bot.suggestions import suggestion
from index.engine import Engine
from index.gaps import Gap, Nearby

QUOTE = Nearby("leder", "Hilde Aspås leder NCE iKuben.")
LONG = Nearby("sted", "NCE iKuben  holder\ntil i Molde. " * 5)


def test_an_alias_is_suggested_with_the_names_it_may_be() -> None:
    gap = Gap("alias", ("NCE Seafod",), ("NCE Seafood", "Seafood Nord"), (QUOTE,))
    assert suggestion(gap) == (
        "       Mangler et alias? Ingen kjenner «NCE Seafod»; "
        "registeret har NCE Seafood, Seafood Nord.\n"
        "       An alias missing? Nobody knows «NCE Seafod»; "
        "the register has NCE Seafood, Seafood Nord.\n"
        "         leder: «Hilde Aspås leder NCE iKuben.»\n"
    )


@pytest.mark.parametrize(
    ("gap", "said"),
    [
        (Gap("article", (), (), ()), "Mangler en artikkel? Ingen ser ut til å ha svaret."),
        (
            Gap("article", ("NCE Tang", "Tare"), (), ()),
            "Mangler en artikkel? Verken artiklene eller registeret kjenner «NCE Tang», «Tare».",
        ),
        (Gap("reader", (), (), ()), "Nølte leseren? "),
        (Gap("answered", (), (), ()), "Får sikkert svar nå. Er sitatet det rette?"),
    ],
)
def test_each_gap_has_words_of_its_own(gap: Gap, said: str) -> None:
    norwegian, english = suggestion(gap).splitlines()
    assert norwegian.startswith(f"       {said}")
    assert english.startswith("       ")


def test_long_quotes_are_shortened_to_a_line() -> None:
    *_, line = suggestion(Gap("article", (), (), (LONG,))).splitlines()
    assert line.startswith("         sted: «NCE iKuben holder til i Molde. NCE iKuben holder")
    assert line.endswith(" …»")
    assert len(line) <= 130


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """A journal with a follow-up and an unknown name, and the engine that the command loads."""
    file = tmp_path / "journal.sqlite3"
    monkeypatch.setenv("KLYNGESVAR_JOURNAL", str(file))
    journal = Journal(Database(file))
    journal.note(no_answer(), Asked("Who leads NCE iKuben?", "en", "as understood"))
    journal.note(no_answer(), Asked("Who leads NCE iKuben?", "en", "as understood"))
    journal.note(no_answer(), Asked("Hvem leder Arctic Cluster Group?", "nb", "as understood"))
    engine = make_engine(tmp_path / "content", monkeypatch)
    monkeypatch.setattr(index.engine, "load_engine", lambda knowledge, progress: engine)
    return engine


def test_the_command_asks_completed_questions_again(
    engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["unanswered", "--suggest"]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""  # the progress bar is for terminals
    assert shown.out == (
        "    2  Who leads NCE iKuben?  (no answer 2)\n"
        "       Får sikkert svar nå. Er sitatet det rette?\n"
        "       Gets a firm answer now. Is it the right quote?\n"
        "         leder: «Hilde Aspås leder NCE iKuben.»\n"
        "\n"
        "    1  Hvem leder Arctic Cluster Group?  (no answer 1)\n"
        "       Mangler et alias? Ingen kjenner «Arctic Cluster Group»; "
        "registeret har Arctic Cluster Team.\n"
        "       An alias missing? Nobody knows «Arctic Cluster Group»; "
        "the register has Arctic Cluster Team.\n"
        "\n"
    )


def test_machines_get_it_too(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["unanswered", "--suggest", "--format", "json", "--limit", "1"]) == 0
    assert json.loads(capsys.readouterr().out) == [
        {
            "question": "Who leads NCE iKuben?",
            "count": 2,
            "reasons": {"none": 2},
            "gap": {
                "cause": "answered",
                "unknown": [],
                "clusters": [],
                "nearest": [{"article": "leder", "text": "Hilde Aspås leder NCE iKuben."}],
            },
        }
    ]


def test_no_engine_is_loaded_where_it_is_not_needed(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delattr(index.engine, "load_engine")
    assert main(["unanswered"]) == 0
    monkeypatch.setattr("bot.journal.Journal.last", lambda *_: [])
    assert main(["unanswered", "--suggest"]) == 0
    assert capsys.readouterr().out.endswith("Every question got a good answer.\n")
