"""What the files no longer say is not said."""

import logging
from pathlib import Path

import pytest
from fake_index import LEADER, MONEY, answer, quote, write_article

from index.verbatim import slice_of, verified

LEADS = quote(LEADER, "Kari Ås er leder.", "Kari Ås")
PAYS = quote(MONEY, "Staten gir penger.", relation="conflicts")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_article(tmp_path, LEADER)
    write_article(tmp_path, MONEY)
    return tmp_path


def test_what_the_files_say_goes_out_as_it_is(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    whole = answer(LEADS, PAYS, text="Kari Ås")
    assert verified(whole, folder) == whole
    assert caplog.records == []


@pytest.mark.parametrize(
    "body", ["Kari Aas er leder.\n", "Ny! Kari Ås er leder.\n", "Kari Ås er lede"]
)
def test_a_proof_that_changed_on_disk_is_no_answer(
    folder: Path, body: str, caplog: pytest.LogCaptureFixture
) -> None:
    file = folder / "leder.md"
    file.write_text(file.read_text(encoding="utf-8").replace(LEADER.body, body), encoding="utf-8")
    left = verified(answer(LEADS, PAYS, text="Kari Ås"), folder)
    assert (left.verdict, left.text, left.confidence, left.quotes) == ("none", None, 0.0, ())
    assert [(record.levelno, record.getMessage()) for record in caplog.records] == [
        (
            logging.ERROR,
            f"{file} no longer has the quote at 0-17 and it is withheld: where the bot says so, "
            "run klyngesvar publish; else start again to read the new text",
        )
    ]


def test_another_source_that_changed_is_left_out(folder: Path) -> None:
    (folder / "penger.md").unlink()
    left = verified(answer(LEADS, PAYS, text="Kari Ås"), folder)
    assert (left.verdict, left.text, left.quotes) == ("answer", "Kari Ås", (LEADS,))


@pytest.mark.parametrize(
    "text", ["Kari Ås er leder.\n", "---\ntitle: x\n---\nKari Ås er leder.\n"]
)
def test_a_file_that_cannot_be_read_holds_nothing(folder: Path, text: str) -> None:
    (folder / "leder.md").write_text(text, encoding="utf-8")
    assert verified(answer(LEADS), folder).verdict == "none"


def test_no_answer_needs_no_file(tmp_path: Path) -> None:
    nothing = answer(verdict="none", suggestions=("Hvem leder NODE?",))
    assert verified(nothing, tmp_path) == nothing


def test_offsets_count_characters_and_not_bytes(folder: Path) -> None:
    assert slice_of(folder / "leder.md", 5, 7) == "Ås"
    assert slice_of(folder / "none.md", 5, 7) is None
