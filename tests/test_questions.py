"""The reader of the golden questions, on small files and on the one that is kept."""

from pathlib import Path

import pytest

from knowledge.articles import Article, ContentError, read_articles
from knowledge.errors import KlyngesvarError
from knowledge.paths import KNOWLEDGE
from knowledge.questions import GoldenQuestion, Proof, read_questions

ARTICLE = Article(
    "ny-status", "T", "P", None, "2017", "nb", body="– Vi vokser, sier Kari Ås, daglig leder.\n"
)
WHO = """\
- id: leder
  question: Hvem leder klyngen?
  language: nb
  proofs:
    - article: ny-status
      proof: sier Kari Ås, daglig leder
      answers: [Kari Ås]
"""
HELLO = "- {id: hei, question: Hi!, language: en, unanswerable: small talk}\n"


def read(folder: Path, text: str, unreadable: tuple[str, ...] = ()) -> tuple[GoldenQuestion, ...]:
    file = folder / "questions.yaml"
    file.write_text(text, encoding="utf-8")
    return read_questions(file, [ARTICLE], unreadable)


def problems(folder: Path, text: str, unreadable: tuple[str, ...] = ()) -> list[tuple[int, str]]:
    with pytest.raises(ContentError) as caught:
        read(folder, text, unreadable)
    return [(problem.line, problem.nb) for problem in caught.value.problems]


def test_questions_keep_their_proofs_and_reasons(tmp_path: Path) -> None:
    assert read(tmp_path, WHO + HELLO) == (
        GoldenQuestion(
            "leder",
            "Hvem leder klyngen?",
            "nb",
            (Proof("ny-status", "sier Kari Ås, daglig leder", ("Kari Ås",)),),
            None,
        ),
        GoldenQuestion("hei", "Hi!", "en", (), "small talk"),
    )


def test_a_proof_may_answer_as_a_whole(tmp_path: Path) -> None:
    (question,) = read(tmp_path, WHO.replace("      answers: [Kari Ås]\n", ""))
    assert question.proofs == (Proof("ny-status", "sier Kari Ås, daglig leder", ()),)


def test_a_proof_is_verbatim(tmp_path: Path) -> None:
    text = WHO.replace("proof: sier Kari Ås, daglig", "proof: sier Kari Ås, dagleg")
    assert problems(tmp_path, text) == [
        (
            6,
            "står ikke ordrett i ny-status.md: kopier stedet derfra, tegn for tegn; er svaret "
            "borte, bytt beviset ut, eller skriv unanswerable: missing fact i stedet for proofs",
        )
    ]


def test_an_answer_lies_inside_its_proof(tmp_path: Path) -> None:
    text = WHO.replace("[Kari Ås]", "\n        - Kari Ås\n        - Vi vokser")
    assert problems(tmp_path, text) == [
        (9, "svaret «Vi vokser» står ikke i proof: skriv det slik det står der")
    ]


def test_an_unknown_article_is_named(tmp_path: Path) -> None:
    assert problems(tmp_path, WHO.replace("ny-status", "ny_status")) == [
        (
            5,
            "ingen artikkel heter «ny_status»: skriv filnavnet uten .md, eller ta bort beviset om "
            "artikkelen er slettet",
        )
    ]


def test_proofs_from_an_article_with_problems_wait(tmp_path: Path) -> None:
    text = WHO.replace("ny-status", "ødelagt").replace("[Kari Ås]", "[Ola]")
    assert problems(tmp_path, text, unreadable=("ødelagt",)) == [
        (7, "svaret «Ola» står ikke i proof: skriv det slik det står der")
    ]


def test_all_other_problems_at_once(tmp_path: Path) -> None:
    text = (
        WHO
        + WHO
        + "- id: begge\n  question: Hvor?\n  language: no\n  proofs: []\n"
        + "  unanswerable: missing fact\n"
        + "- {id: ingen, question: Hvor, language: nb}\n"
        + "- {id: feil, spørsmål: Hvor, language: nb, unanswerable: no idea}\n"
        + "- Hvor?\n"
    )
    assert problems(tmp_path, text) == [
        (8, "id «leder» er brukt på linje 1: velg en annen"),
        (15, "spørsmålet skal ha enten proofs eller unanswerable: skriv den ene"),
        (17, "«language: no» finnes ikke: skriv en av nb, nn, en"),
        (18, "proofs er tom: skriv minst ett bevis med article og proof"),
        (20, "spørsmålet skal ha enten proofs eller unanswerable: skriv den ene"),
        (21, "ukjent nøkkel «spørsmål»: skriv question, eller slett linjen"),
        (21, "«question» mangler: skriv en linje «question: ...»"),
        (
            21,
            "«unanswerable: no idea» finnes ikke: "
            "skriv en av unknown cluster, missing fact, small talk",
        ),
        (22, "her skal det stå linjer på formen «nøkkel: verdi»"),
    ]


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(KlyngesvarError, match=r"finner ingen fil .*questions\.yaml: lag den"):
        read_questions(tmp_path / "questions.yaml", [ARTICLE])


def test_every_kept_proof_is_verbatim() -> None:
    articles = {article.slug: article for article in read_articles(KNOWLEDGE / "articles")}
    questions = read_questions(KNOWLEDGE / "questions.yaml", articles.values())
    for proof in (proof for question in questions for proof in question.proofs):
        assert proof.text in articles[proof.article].body
    assert {question.language for question in questions} == {"nb", "nn", "en"}
