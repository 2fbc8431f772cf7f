from math import log2
from pathlib import Path

import pytest
from fake_index import LEADER, MONEY, FakeEncoder

from benchmarks import data, load, retrieval, segmentation
from benchmarks.latency import Times
from benchmarks.latency import figures as latency_figures
from benchmarks.load import Sent
from benchmarks.memory import megabytes
from benchmarks.metrics import coverage, exact, hit_rate, ndcg, rank_of, token_f1
from benchmarks.retrieval import Found, Question
from bot.texts import TEXTS, load_texts
from index.lexical import Lexicon
from index.passages import Passage
from index.search import build
from knowledge.articles import Article

BODY = "– Vi er ti. Kari Nes leder oss.\nHun er glad."


def article(body: str = BODY) -> Article:
    return Article("a", "Tittel", "Avisa", None, None, "nb", body)


@pytest.mark.parametrize(("wanted", "rank"), [("a", 1), ("b", 2), ("c", None)])
def test_rank_counts_from_one_and_takes_the_first(wanted: str, rank: int | None) -> None:
    assert rank_of(wanted, ["a", "b", "a", "b"]) == rank


@pytest.mark.parametrize(("k", "rate"), [(1, 0.25), (2, 0.5), (3, 0.5), (4, 0.75)])
def test_hit_rate_is_the_share_within_the_first_k(k: int, rate: float) -> None:
    assert hit_rate([1, 2, 4, None], k) == rate


@pytest.mark.parametrize(
    ("ranks", "value"),
    [
        ([1], 1.0),
        ([2], 1 / log2(3)),
        ([3], 0.5),
        ([10], 1 / log2(11)),
        ([11], 0.0),
        ([None], 0.0),
        ([1, 3, None, 11], 1.5 / 4),
    ],
)
def test_ndcg_falls_with_the_rank_and_ends_at_k(ranks: list[int | None], value: float) -> None:
    assert ndcg(ranks, 10) == pytest.approx(value)


@pytest.mark.parametrize(
    ("start", "end", "answer_start", "is_right"),
    [
        (12, 31, 12, True),  # "Kari Nes leder oss."
        (12, 31, 30, True),
        (12, 31, 31, False),
        (0, 11, 12, False),
    ],
)
def test_the_right_sentence_is_where_the_answer_begins(
    start: int, end: int, answer_start: int, is_right: bool
) -> None:
    question = Question("Hvem leder?", BODY, answer_start)
    assert retrieval.is_right(Passage(article(), start, end), question) is is_right


def test_the_same_place_in_another_text_is_not_right() -> None:
    passage = Passage(article(BODY.upper()), 12, 31)
    assert not retrieval.is_right(passage, Question("Hvem leder?", BODY, 12))


def test_looking_up_tells_where_article_and_sentence_came() -> None:
    index = build([LEADER, MONEY], Lexicon(()), FakeEncoder(), {}, progress=False)
    first = retrieval.look_up(index, Question("leder", LEADER.body, 0))
    second = retrieval.look_up(index, Question("leder", MONEY.body, 7))
    absent = retrieval.look_up(index, Question("leder", "En annen tekst.", 0))
    assert (first.article, first.sentence) == (1, 1)
    assert (second.article, second.sentence) == (2, 2)
    assert (absent.article, absent.sentence) == (None, None)


def test_embedding_goes_on_where_it_was_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrieval, "STEP", 1)
    encoder = FakeEncoder()
    retrieval.embed([LEADER], encoder, tmp_path / "kept")
    retrieval.embed([LEADER, MONEY], encoder, tmp_path / "kept")
    retrieval.embed([LEADER, MONEY], encoder, tmp_path / "kept")
    assert encoder.seen == [
        "Nytt: Kari Ås er leder.",
        "Nytt: Kari Ås er leder.",
        "Nytt: Staten gir penger.",
        "Nytt: Staten gir penger.",
    ]


def test_figures_of_four_questions() -> None:
    found = [Found(1, 1, 10.0), Found(1, 3, 20.0), Found(3, 20, 30.0), Found(None, None, 40.0)]
    assert retrieval.figures(found) == {
        "article_ndcg_10": 0.625,
        "sentence_hit_1": 0.25,
        "sentence_hit_10": 0.5,
        "sentence_hit_48": 0.75,
        "ms_p50": 20.0,
        "ms_p95": 40.0,
    }


def test_the_first_line_of_a_text_stays_in_the_body_and_is_no_title(tmp_path: Path) -> None:
    file = tmp_path / "contexts.jsonl"
    file.write_text('{"context_id": "c1", "source": "news", "text": "Høyt\\nI lufta."}\n', "utf-8")
    (read,) = retrieval.read_articles(file)
    assert (read.slug, read.title, read.body) == ("c1", "", "Høyt\nI lufta.")


@pytest.mark.parametrize(
    ("spans", "outcome"),
    [
        ([(0, 11), (12, 31), (32, 44)], "alone"),
        ([(0, 11), (12, 30), (32, 44)], "alone"),  # without the full stop
        ([(0, 31), (32, 44)], "swallowed"),
        ([(0, 44)], "swallowed"),
        ([(0, 11), (12, 20), (21, 31)], "cut"),
        ([(0, 20), (21, 44)], "cut"),
        ([(32, 44)], "swallowed"),
    ],
)
def test_what_becomes_of_a_proof(spans: list[tuple[int, int]], outcome: str) -> None:
    assert segmentation.outcome(BODY, spans, (12, 31)) == outcome


def test_a_dash_before_speech_does_not_count() -> None:
    assert segmentation.outcome(BODY, [(2, 11), (12, 44)], (0, 11)) == "alone"


def test_proofs_are_counted() -> None:
    proofs = [(article(), "Kari Nes leder oss."), (article(), "er glad.")]
    counted = segmentation.count(segmentation.ours, proofs)
    assert counted == {"alone": 1, "swallowed": 1, "cut": 0}


def test_absent_data_is_said_and_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(retrieval, "NORQUAD", tmp_path / "norquad")
    monkeypatch.setattr(segmentation, "CLUSTERS", tmp_path / "clusters-qa")
    assert (retrieval.main(), segmentation.main()) == (0, 0)
    assert capsys.readouterr().out == (
        f"skipped: data absent ({tmp_path}/norquad)\n"
        f"skipped: data absent ({tmp_path}/clusters-qa)\n"
    )


def test_results_are_named_by_the_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "RESULTS", tmp_path)
    monkeypatch.setattr(data, "commit", lambda: "0123456789ab+")
    file = data.save("retrieval", "python -m benchmarks.retrieval", {"questions": 2})
    assert file == tmp_path / "retrieval-0123456789ab.json"
    assert '"commit": "0123456789ab+",' in file.read_text("utf-8")
    assert '"questions": 2\n' in file.read_text("utf-8")


@pytest.mark.parametrize(
    ("said", "wanted", "em", "f1"),
    [
        ("Kari Dahl", "kari dahl,", 1.0, 1.0),
        ("Kari Dahl", "Per Dahl", 0.0, 0.5),
        ("12 millioner kroner", "12 millioner", 0.0, 0.8),
        ("", "Per", 0.0, 0.0),
    ],
)
def test_words_are_compared_as_in_squad(said: str, wanted: str, em: float, f1: float) -> None:
    assert exact(said, wanted) == em
    assert token_f1(said, wanted) == pytest.approx(f1)


def test_coverage_is_the_most_that_can_be_answered_this_accurately() -> None:
    judged = [(9.0, True), (8.0, False), (7.0, True), (6.0, True), (5.0, False), (4.0, True)]
    assert coverage(judged, 1.0) == pytest.approx(1 / 6)
    assert coverage(judged, 0.75) == pytest.approx(4 / 6)  # three of the first four are right
    assert coverage([(1.0, False)], 0.5) == 0


def test_the_whole_of_a_question_is_the_sum_of_its_stages() -> None:
    rows = [Times(1, 20, 5, 100, 1), Times(3, 30, 5, 300, 1)]
    assert latency_figures(rows) == {
        "understand": 1,
        "embed": 20,
        "search": 5,
        "read": 100,
        "decide": 1,
        "p50": 127,
        "p95": 339,
    }


def test_what_came_of_questions_that_were_asked_at_once() -> None:
    words = load_texts(TEXTS)["nb"]
    sent = [
        Sent(1, "A", 1.0),
        Sent(2, words.busy, 1.0),
        Sent(4, words.help, 2.0),  # before the answer that was asked for first
        Sent(4, "D", 2.5),
        Sent(3, "C", 3.0),
        Sent(8, "H", 4.0),
        Sent(8, words.help, 4.1),
    ]
    assert load.figures(sent, words) == {
        "answered": 4,
        "refused": 1,
        "disordered": 1,
        "per_second": 1.0,
        "p50": 2.5,
        "p95": 4.0,
        "max": 4.0,
    }


def test_the_whole_bot_is_asked_over_http(monkeypatch: pytest.MonkeyPatch) -> None:
    found = load.measured(load.fixed, ["Hva?", "Hvem?", "Hvor?", "Når?"])
    assert (found["answered"], found["refused"], found["disordered"]) == (4, 0, 0)
    assert found["max"] >= 4 * load.FIXED_SECONDS
    assert found["peak_megabytes"] > 20


def test_memory_is_what_linux_says() -> None:
    before = megabytes("VmHWM")
    held = bytearray(50 << 20)
    held[::4096] = b"x" * len(held[::4096])
    assert megabytes("VmHWM") >= megabytes() > 50
    assert megabytes("VmHWM") >= before
    assert megabytes("VmRSS", process=0) == 0
