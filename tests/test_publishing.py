"""Publishing and going back, with an encoder and a reader that hold no surprises."""

import multiprocessing
import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest
from fake_content import QUESTIONS, Desk, change_leader, use_fake_reader, write_content
from fake_index import FakeEncoder, article, write_article

from index.answer import Answer
from index.engine import load_engine, load_version
from index.publishing import roll_back
from index.versions import KEPT, Versions
from knowledge.errors import KlyngesvarError

STEPS = [
    "Sjekker innholdet / checking the content",
    "2 artikler, 2 spørsmål: alt i orden / all in order",
    "Kopierer innholdet til / copying the content into versjon / version 1",
    "Bygger indeksen / building the index",
    "3 setninger / passages, 3 nye / new",
    "Stiller prøvespørsmålene til / asking versjon / version 1",
    "\nRiktige svar / right answers: 2 av / of 2\n",
    "?",
    "Fullfører / completing versjon / version 1",
    "Bytter til / switching to versjon / version 1",
    "Rydder bort gamle versjoner / removing old versions",
    "Publisert / published: versjon / version 1",
]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    use_fake_reader(monkeypatch)
    return Desk(write_content(tmp_path / "knowledge"))


def rewrite(desk: Desk, body: str, questions: str = QUESTIONS) -> None:
    """Change the article and what the golden questions want."""
    write_article(desk.knowledge / "articles", article("leder", body))
    (desk.knowledge / "questions.yaml").write_text(questions, encoding="utf-8")


def served(desk: Desk) -> Answer:
    """What somebody is answered who asks now."""
    version = Versions(desk.knowledge).current()
    assert version
    return load_version(version, desk.load_encoder()).ask("Hvem er leder?", None)


def state(desk: Desk) -> tuple[list[int], int | None, int | None]:
    versions = Versions(desk.knowledge)
    current, previous = versions.current(), versions.previous()
    return (
        [version.number for version in versions.all()],
        current.number if current else None,
        previous.number if previous else None,
    )


def folders(desk: Desk) -> list[int]:
    """The numbers of all folders, of half versions too."""
    return sorted(int(path.name) for path in Versions(desk.knowledge).folder.glob("0*"))


def test_the_first_version_is_made_step_by_step(desk: Desk) -> None:
    version = desk.publisher().publish(is_forced=False)
    assert desk.told == STEPS
    assert version == Versions(desk.knowledge).current()
    assert version
    manifest = version.manifest
    assert (manifest.by, manifest.encoder) == ("kari@kontor", {"model": "fake"})
    assert (manifest.articles, manifest.passages) == (2, 3)
    assert (manifest.questions, manifest.right) == (2, 2)


def test_a_version_answers_from_its_own_files_alone(desk: Desk) -> None:
    desk.publisher().publish(is_forced=False)
    change_leader(desk.knowledge, "Ola Nes")
    found = served(desk)
    assert (found.text, found.version) == ("Kari Ås", 1)
    (desk.knowledge / "articles" / "leder.md").unlink()
    assert served(desk).text == "Kari Ås"


def test_unchanged_content_is_not_published_again(desk: Desk) -> None:
    desk.publisher().publish(is_forced=False)
    desk.told.clear()
    assert desk.publisher().publish(is_forced=False) is None
    assert desk.told[-1] == "Ingen endringer siden / nothing changed since versjon / version 1"
    assert state(desk) == ([1], 1, None)


def test_a_change_is_told_with_both_answers_and_then_answers(desk: Desk) -> None:
    desk.publisher().publish(is_forced=False)
    change_leader(desk.knowledge, "Ola Nes")
    desk.told.clear()
    desk.publisher().publish(is_forced=False)
    told = "\n".join(desk.told)
    assert (
        "Artikler / articles: 0 nye / new, 1 endret / changed, 0 borte / gone\n  ~ leder" in told
    )
    assert "Setninger / passages: 3 → 2\n" in told
    assert "Endrede svar / changed answers: 1\n\n  Hvem er leder?\n" in told
    assert "Kari Ås" in told
    assert "«Ola Nes er leder.»" in told
    assert "Riktige svar / right answers: 1 av / of 2 → 2 av / of 2" in told
    assert (served(desk).text, served(desk).version) == ("Ola Nes", 2)
    assert state(desk) == ([1, 2], 2, 1)


def test_only_what_is_new_is_embedded(desk: Desk) -> None:
    desk.publisher().publish(is_forced=False)
    write_article(desk.knowledge / "articles", article("ny", "Sjø igjen.\n"))
    desk.encoder.seen.clear()
    desk.publisher().publish(is_forced=False)
    assert desk.encoder.seen == ["Nytt: Sjø igjen.", "Nytt: Sjø igjen."]
    assert "4 setninger / passages, 1 nye / new" in desk.told


def test_vectors_of_the_working_index_are_taken_over(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.engine.load_encoder", FakeEncoder)
    load_engine(desk.knowledge, progress=False)
    desk.publisher().publish(is_forced=False)
    assert desk.encoder.seen == []


@pytest.mark.parametrize(
    ("body", "heading"),
    [
        ("Kari Ås bor på Stord.\n", "Mistede svar / answers lost: 1"),
        ("Ola Nes er leder. Før var Kari Ås er leder.\n", "Mistede svar / answers lost: 1"),
        (
            "Kari Ås er leder.\nStaten gir hundre kroner.\n",
            "Blir feil, uten forbehold / become wrong without reservation: 1",
        ),
    ],
)
def test_worse_answers_stop_it_and_nothing_is_left(desk: Desk, body: str, heading: str) -> None:
    desk.publisher().publish(is_forced=False)
    rewrite(desk, body, QUESTIONS if "Kari Ås er leder" in body else LOOSE)
    desk.told.clear()
    with pytest.raises(KlyngesvarError, match="Ikke publisert: 1 prøvespørsmål får dårligere"):
        desk.publisher().publish(is_forced=False)
    assert any(heading in told for told in desk.told)
    assert "?" not in desk.told
    assert state(desk) == ([1], 1, None)
    assert folders(desk) == [1]
    assert desk.publisher().publish(is_forced=True)
    assert state(desk) == ([1, 2], 2, 1)


LOOSE = QUESTIONS.replace("proof: Kari Ås er leder", "proof: Kari Ås")


def test_an_unsure_wrong_answer_does_not_stop_it(desk: Desk) -> None:
    desk.publisher().publish(is_forced=False)
    rewrite(desk, "Kari Ås er leder.\nStaten gir kanskje hundre kroner.\n")
    assert desk.publisher().publish(is_forced=False)
    assert any("Nye svar / new answers: 1" in told for told in desk.told)


def test_who_says_no_publishes_nothing(desk: Desk) -> None:
    desk.is_confirmed = False
    with pytest.raises(KlyngesvarError, match="Ikke publisert / not published"):
        desk.publisher().publish(is_forced=True)
    assert (folders(desk), state(desk)) == ([], ([], None, None))


def test_problems_in_the_content_stop_it_before_the_model_is_loaded(desk: Desk) -> None:
    file = desk.knowledge / "articles" / "leder.md"
    file.write_text("---\ntitle: Nytt\n---\n", encoding="utf-8")
    publisher = desk.publisher()
    with pytest.raises(KlyngesvarError, match=r"«publisher» mangler(.|\n)*ting å rette"):
        publisher.publish(is_forced=True)
    assert desk.told == STEPS[:1]


def test_golden_questions_are_optional(desk: Desk) -> None:
    (desk.knowledge / "questions.yaml").unlink()
    version = desk.publisher().publish(is_forced=False)
    assert version
    assert version.manifest.questions == 0
    assert "\nIngen prøvespørsmål / no golden questions\n" in desk.told


def test_another_model_makes_a_new_version_of_the_same_content(desk: Desk) -> None:
    desk.publisher().publish(is_forced=False)
    other = Desk(desk.knowledge, FakeEncoder("other"))
    version = Versions(desk.knowledge).get(1)
    with pytest.raises(KlyngesvarError, match=r"versjon 1 passer ikke til .* klyngesvar publish"):
        load_version(version, other.load_encoder())
    assert other.publisher().publish(is_forced=False)
    assert served(other).version == 2


def test_a_version_that_can_not_be_read_is_replaced(desk: Desk) -> None:
    desk.publisher().publish(is_forced=False)
    (Versions(desk.knowledge).get(1).knowledge / "articles" / "leder.md").write_text("no header")
    assert desk.publisher().publish(is_forced=False)
    assert any(told.startswith("Versjonen som svarer nå, ble laget for") for told in desk.told)
    assert served(desk).version == 2


def test_what_another_model_lost_is_seen_in_what_the_old_one_got(desk: Desk) -> None:
    desk.publisher().publish(is_forced=False)
    rewrite(desk, "Kari Ås bor på Stord.\n", LOOSE)
    other = Desk(desk.knowledge, FakeEncoder("other"))
    with pytest.raises(KlyngesvarError, match="1 prøvespørsmål får dårligere svar"):
        other.publisher().publish(is_forced=False)


def test_the_second_publisher_is_told_who_is_the_first(desk: Desk) -> None:
    with (
        Versions(desk.knowledge).lock("ola@lager", "klyngesvar publish"),
        pytest.raises(KlyngesvarError, match="opptatt: ola@lager, klyngesvar publish"),
    ):
        desk.publisher().publish(is_forced=False)
    assert desk.told == []


def test_old_versions_are_removed(desk: Desk) -> None:
    for number in range(KEPT + 2):
        change_leader(desk.knowledge, f"Kari Nr{number}")
        desk.publisher().publish(is_forced=False)
    assert state(desk) == ([3, 4, 5, 6, 7], 7, 6)


def publish_until(step: int, knowledge: Path, cache: Path) -> None:
    """In a process of its own: publish, and be killed when this step is told."""
    os.environ["KLYNGESVAR_CACHE"] = str(cache)
    told: list[str] = []

    def tell(text: str) -> None:
        told.append(text)
        if len(told) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    with pytest.MonkeyPatch.context() as patch:
        use_fake_reader(patch)
        replace(Desk(knowledge).publisher(), tell=tell).publish(is_forced=False)


def exit_code(step: int, knowledge: Path, cache: Path) -> int | None:
    # Forked from a process that has imported all of it, and has no threads.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["index.publishing", "faiss", "bm25s", "pytest"])
    process = context.Process(target=publish_until, args=(step, knowledge, cache))
    process.start()
    process.join()
    return process.exitcode


@pytest.mark.parametrize("step", range(1, 14))
def test_killed_at_any_step_it_answers_as_before_and_can_be_done_again(
    desk: Desk, tmp_path: Path, step: int
) -> None:
    desk.publisher().publish(is_forced=False)
    change_leader(desk.knowledge, "Ola Nes")
    assert exit_code(step, desk.knowledge, tmp_path / "cache") == -signal.SIGKILL
    is_switched = step >= 12
    assert served(desk).text == ("Ola Nes" if is_switched else "Kari Ås")
    assert bool(desk.publisher().publish(is_forced=False)) is not is_switched
    assert served(desk).text == "Ola Nes"
    assert folders(desk) == state(desk)[0]


def test_not_killed_it_tells_thirteen_steps(desk: Desk, tmp_path: Path) -> None:
    desk.publisher().publish(is_forced=False)
    change_leader(desk.knowledge, "Ola Nes")
    assert exit_code(14, desk.knowledge, tmp_path / "cache") == 0
    assert served(desk).text == "Ola Nes"


def test_back_to_the_previous_version_and_forth_again(desk: Desk) -> None:
    for leader in ("Kari Ås", "Ola Nes"):
        change_leader(desk.knowledge, leader)
        desk.publisher().publish(is_forced=False)
    leaders = []
    for _ in range(3):
        roll_back(desk.knowledge, None, "kari", desk.load_encoder)
        leaders.append(served(desk).text)
    assert leaders == ["Kari Ås", "Ola Nes", "Kari Ås"]
    assert state(desk) == ([1, 2], 1, 2)


def test_back_to_any_version_by_its_number(desk: Desk) -> None:
    for leader in ("Kari Ås", "Ola Nes", "Liv Vik"):
        change_leader(desk.knowledge, leader)
        desk.publisher().publish(is_forced=False)
    assert roll_back(desk.knowledge, 1, "kari", desk.load_encoder).number == 1
    assert served(desk).text == "Kari Ås"
    with pytest.raises(KlyngesvarError, match=r"ingen versjon 7: velg en av 1, 2, 3\n"):
        roll_back(desk.knowledge, 7, "kari", desk.load_encoder)


def test_there_is_no_way_back_from_the_first(desk: Desk) -> None:
    desk.publisher().publish(is_forced=False)
    with pytest.raises(KlyngesvarError, match="ingen tidligere versjon"):
        roll_back(desk.knowledge, None, "kari", desk.load_encoder)


def test_no_way_back_to_what_can_not_answer_nor_past_a_publisher(desk: Desk) -> None:
    desk.publisher().publish(is_forced=False)
    other = Desk(desk.knowledge, FakeEncoder("other"))
    other.publisher().publish(is_forced=False)
    with pytest.raises(KlyngesvarError, match="versjon 1 passer ikke"):
        roll_back(desk.knowledge, None, "kari", other.load_encoder)
    with (
        Versions(desk.knowledge).lock("ola@lager", "klyngesvar publish"),
        pytest.raises(KlyngesvarError, match="opptatt: ola@lager"),
    ):
        roll_back(desk.knowledge, None, "kari", desk.load_encoder)
    assert state(desk) == ([1, 2], 2, 1)
