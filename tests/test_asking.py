import pytest
from terminal import interrupt, nobody, type_in

from knowledge.asking import ask, ask_until, confirm
from knowledge.errors import KlyngesvarError


def test_an_empty_answer_is_asked_for_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    type_in(monkeypatch, "", "  ", " Klyngeposten ")
    assert ask("Utgiver / publisher", "--publisher") == "Klyngeposten"
    assert capsys.readouterr().out == "Utgiver / publisher: " * 3


def test_what_cannot_be_read_is_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    type_in(monkeypatch, "to", "2")
    read = ask_until("Hvor mange?", lambda typed: int(typed) if typed.isdigit() else None, "-n")
    assert read == 2


@pytest.mark.parametrize(
    ("typed", "is_yes"),
    [("j", True), ("Ja", True), ("y", True), ("yes", True), ("", False), ("n", False)],
)
def test_only_yes_is_yes(monkeypatch: pytest.MonkeyPatch, typed: str, is_yes: bool) -> None:
    type_in(monkeypatch, typed)
    assert confirm("Lagre?") is is_yes


def test_where_nobody_sits_the_option_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    nobody(monkeypatch)
    with pytest.raises(KlyngesvarError) as error:
        confirm("Lagre? / Save?")
    assert str(error.value) == (
        "ingenting er lagret, for ingen kan svare på «Lagre? / Save? [j/N]»: bruk --yes\n"
        '    nothing is saved, as nobody can answer "Lagre? / Save? [j/N]": use --yes'
    )


def test_the_end_of_input_saves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    type_in(monkeypatch)
    with pytest.raises(KlyngesvarError, match="ingenting er lagret / nothing is saved"):
        ask("Utgiver", "--publisher")


def test_an_interrupt_goes_through(monkeypatch: pytest.MonkeyPatch) -> None:
    interrupt(monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        confirm("Lagre?")
