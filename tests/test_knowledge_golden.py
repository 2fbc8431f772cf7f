"""Adding a golden question to a file that an editor keeps."""

from pathlib import Path

import pytest

from knowledge import golden
from knowledge.articles import Article, ContentError
from knowledge.errors import KlyngesvarError
from knowledge.golden import append, as_yaml, new_id, read_golden
from knowledge.questions import GoldenQuestion, Proof, Unanswerable

ARTICLE = Article(
    "stord", "T", "P", None, "2024", "nb", "– Vi vokser: 34 er med, sier Kari Ås, leder.\n"
)
LEADER = GoldenQuestion(
    "leder", "Hvem leder?", "nb", (Proof("stord", "sier Kari Ås", ("Kari Ås",)),), None
)
HELLO = (
    "# Prøvespørsmål\n- {id: hei, question: Hi!, language: en, unanswerable: small talk} # nå\n"
)
ENTRY = """\
- id: leder
  question: Hvem leder?
  language: nb
  proofs:
    - article: stord
      proof: sier Kari Ås
      answers: [Kari Ås]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "questions.yaml"


def unanswerable(name: str, text: str, why: Unanswerable = "missing fact") -> GoldenQuestion:
    return GoldenQuestion(name, text, "nb", (), why)


def proven(text: str, *answers: str, article: str = "stord") -> GoldenQuestion:
    return GoldenQuestion("x", "Hva?", "nb", (Proof(article, text, answers),), None)


def refusal(file: Path, question: GoldenQuestion) -> str:
    """Why it was not added; the file stays as it was, and nothing lies beside it."""
    before = file.read_bytes()
    with pytest.raises(KlyngesvarError) as caught:
        append(file, question, [ARTICLE])
    assert file.read_bytes() == before
    assert [*file.parent.iterdir()] == [file]
    return str(caught.value)


@pytest.mark.parametrize(
    ("before", "between"), [(HELLO, "\n"), (HELLO.rstrip("\n"), "\n\n"), (f"{HELLO}\n", "")]
)
def test_a_question_is_added_after_an_empty_line_and_all_else_stays(
    file: Path, before: str, between: str
) -> None:
    file.write_text(before, encoding="utf-8")
    append(file, LEADER, [ARTICLE])
    assert file.read_text("utf-8") == before + between + ENTRY
    assert [question.id for question in read_golden(file, [ARTICLE])] == ["hei", "leder"]


def test_windows_line_ends_and_the_file_s_mode_are_kept(file: Path) -> None:
    before = b"\xef\xbb\xbf" + HELLO.encode().replace(b"\n", b"\r\n")
    file.write_bytes(before)
    file.chmod(0o640)
    append(file, LEADER, [ARTICLE])
    assert file.read_bytes() == before + b"\r\n" + ENTRY.encode().replace(b"\n", b"\r\n")
    assert file.stat().st_mode & 0o777 == 0o640


def test_the_first_question_makes_the_file(file: Path) -> None:
    append(file, LEADER, [ARTICLE])
    assert file.read_text("utf-8") == ENTRY


def test_a_link_to_the_file_stays_one(file: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.yaml"
    kept.write_text(HELLO, encoding="utf-8")
    file.symlink_to(kept)
    append(file, LEADER, [ARTICLE])
    assert file.is_symlink()
    assert kept.read_text("utf-8") == f"{HELLO}\n{ENTRY}"


def test_what_yaml_would_misread_is_quoted() -> None:
    body = "- «Nei»: 'ja' # 2017, [40]\n\nog {90} – 🎉"
    question = proven(body, "2017, [40]", "2017")
    assert as_yaml(question) == (
        "- id: x\n  question: Hva?\n  language: nb\n  proofs:\n    - article: stord\n"
        "      proof: \"- «Nei»: 'ja' # 2017, [40]\\n\\nog {90} – \\U0001F389\"\n"
        '      answers: ["2017, [40]", 2017]\n'
    )


def test_what_is_quoted_reads_back_the_same(file: Path) -> None:
    body = "- «Nei»: 'ja' # 2017, [40]\n\nog {90} – 🎉"
    question = proven(body, "2017, [40]", "2017")
    article = Article("stord", "T", "P", None, None, "nb", body)
    append(file, question, [article])
    assert read_golden(file, [article]) == (question,)


@pytest.mark.parametrize(
    ("question", "why"),
    [
        (proven("sier Ola"), "står ikke ordrett i stord.md: kopier stedet derfra, tegn for tegn"),
        (proven("Kari Ås", "Ola"), "svaret «Ola» står ikke i proof: skriv det slik det står der"),
        (proven("x", article="no"), "ingen artikkel heter «no»: skriv filnavnet uten .md"),
        (unanswerable("hei", "Hva?"), "id «hei» er brukt på linje 2: velg en annen"),
        (unanswerable("x", " Hva?"), "filen kan ikke bygges ut slik den er: skriv spørsmålet inn"),
    ],
)
def test_what_does_not_hold_is_refused(file: Path, question: GoldenQuestion, why: str) -> None:
    file.write_text(HELLO, encoding="utf-8")
    said = refusal(file, question).splitlines()
    assert said[0] == "ingenting er skrevet / nothing was written:"
    assert said[1].startswith(why)
    assert said[2].startswith("    ")


def test_a_known_question_is_refused_with_its_id(file: Path) -> None:
    file.write_text(HELLO, encoding="utf-8")
    assert refusal(file, unanswerable("y", "«hi»")) == (
        "spørsmålet finnes alt, med id «hei»: rett heller på det i filen\n"
        '    the question exists already, with the id "hei": change it in the file instead'
    )


@pytest.mark.parametrize("text", ["[]\n", "- {id: hei\n", "id: hei\n"])
def test_a_file_that_can_not_be_added_to_is_left_alone(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    assert refusal(file, LEADER)


def test_a_file_with_problems_is_to_be_mended_first(file: Path) -> None:
    file.write_text(HELLO.replace("en,", "no,"), encoding="utf-8")
    with pytest.raises(ContentError, match=r"questions\.yaml:2: «language: no» finnes ikke"):
        append(file, LEADER, [ARTICLE])


def test_an_interruption_leaves_the_file_as_it_was(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    file.write_text(HELLO, encoding="utf-8")
    monkeypatch.setattr(golden, "_check", interrupt)
    with pytest.raises(KeyboardInterrupt):
        append(file, LEADER, [ARTICLE])
    assert file.read_text("utf-8") == HELLO
    assert [*file.parent.iterdir()] == [file]


def test_a_disk_that_refuses_is_told(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    file.write_text(HELLO, encoding="utf-8")
    monkeypatch.setattr(Path, "replace", refuse)
    assert "questions.yaml kan ikke lagres (Permission denied): se etter" in refusal(file, LEADER)


@pytest.mark.parametrize(
    ("question", "taken", "name"),
    [
        ("Hvem leder klyngen på Stord?", (), "hvem-leder-klyngen-pa-stord-nb"),
        (
            "Hvor lenge varer en Arena-periode fra og med 2017?",
            (),
            "hvor-lenge-varer-en-arena-periode-nb",
        ),
        ("Hvem?", ("hvem-nb", "hvem-nb-2"), "hvem-nb-3"),
        ("?", (), "nb"),
    ],
)
def test_an_id_tells_the_question_and_is_free(
    question: str, taken: tuple[str, ...], name: str
) -> None:
    known = [unanswerable(other, "Hva?") for other in taken]
    assert new_id(question, "nb", known) == name
