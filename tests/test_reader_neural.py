from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from fake_index import FakeEncoder, article, asked_of
from test_reader import LEXICON, short

from index import reader_neural
from index.calibration import Weights, read_calibration
from index.encoder import load_encoder
from index.files import verify
from index.lexical import Lexicon
from index.names import Names
from index.reader import LexicalReader, Reading
from index.reader_neural import NeuralReader, shipped_reader
from index.reader_tokens import Tokens
from index.reader_windows import Found, WindowScores
from index.search import build
from index.windows import Window
from knowledge.errors import KlyngesvarError
from knowledge.register import make_register

NEWS = article(
    "news",
    "Klyngen Tangtoppen holder til på Frøya. Ragnhild Moe har stått i spissen siden 2019.\n"
    "Medlemmene betaler 12 000 kroner i året.\n",
)
TRAINED = read_calibration("trained").passage


@pytest.fixture(scope="module")
def reader() -> LexicalReader:
    names = Names(make_register(()), (NEWS,), LEXICON)
    index = build((NEWS,), LEXICON, FakeEncoder(), {}, progress=False)
    return LexicalReader(index, names, read_calibration("none").passage)


@pytest.mark.slow
def test_words_that_the_question_shares_nothing_with_are_found(reader: LexicalReader) -> None:
    text = "Who is the boss of Tangtoppen?"
    question = asked_of(text, LEXICON)
    index = build((NEWS,), LEXICON, FakeEncoder(), {}, progress=False)
    windows = shipped_reader(load_encoder())
    found = NeuralReader(reader, windows, TRAINED).read(question, index.search(text, 10))
    assert short(found[0]) == "Ragnhild Moe"
    assert dict(found[0].features)["unread"] == 0


def test_what_was_not_read_keeps_the_untrained_readers_span() -> None:
    (passage, *_) = build((NEWS,), Lexicon(()), FakeEncoder(), {}, progress=False).passages
    reading = Reading(passage, (8, 18), 0.5, ())
    question = asked_of("Hva er Tangtoppen?", LEXICON)
    weighed = reader_neural._weigh(question, reading, None, None, TRAINED)
    assert weighed.span == (8, 18)
    assert dict(weighed.features) == {
        "read": 0.0,
        "again": 0.0,
        "unread": 1.0,
        "odd": 0.0,
    }


def test_other_weights_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "reader.safetensors"
    file.write_bytes(b"something else")
    with pytest.raises(KlyngesvarError, match="is not the file that belongs here"):
        verify(file, reader_neural.SHA256)


def test_the_shipped_weights_are_the_ones_described() -> None:
    assert len(verify(reader_neural.FILE, reader_neural.SHA256)) < 25_000_000


def test_a_margin_that_another_window_does_not_bear_out_counts_less() -> None:
    (passage, *_) = build((NEWS,), Lexicon(()), FakeEncoder(), {}, progress=False).passages
    question = asked_of("Hva er det?", LEXICON)
    reading = Reading(passage, None, 0.5, ())
    weights = Weights(0.0, {"read": 1.0, "again": 0.5, "unread": 0.0, "odd": 0.0})
    first = Found((0, 18), 6.0)
    found = [
        reader_neural._weigh(question, reading, first, all_of_them, weights)
        for all_of_them in (first, Found((8, 18), -2.0))
    ]
    assert [reading.score for reading in found] == [6.0, 2.0]
    assert [reading.span for reading in found] == [(0, 18), (8, 18)]


class Letters:
    """Reads a letter as a token, and likes those that it is told to; remembers the windows."""

    def __init__(self, liked: dict[str, float]) -> None:
        self._liked = liked
        self.seen: list[list[str]] = []

    def read(self, _question: str, windows: Sequence[Window]) -> list[WindowScores]:
        """Half a liked letter's score for starting there, half for ending."""
        self.seen.append([window.text for window in windows])
        return [self._scores(window) for window in windows]

    def _scores(self, window: Window) -> WindowScores:
        places = range(window.start, window.end)
        half = np.array([self._liked.get(c, -9.0) / 2 for c in window.text], np.float32)
        tokens = Tokens(tuple(places), tuple((at, at + 1) for at in places))
        return WindowScores(window, tokens, half, half, 0.0)


def test_passages_far_behind_the_best_are_not_read_in_a_second_window() -> None:
    lines = [f"{letter} er et merke som {letter * 130} er.\n" for letter in "pqwx"]
    news = article("news", "\n".join(lines))
    names = Names(make_register(()), (news,), LEXICON)
    index = build((news,), LEXICON, FakeEncoder(), {}, progress=False)
    lexical = LexicalReader(index, names, read_calibration("none").passage)
    weights = Weights(0.0, {**dict.fromkeys(TRAINED.of, 0.0), "read": 1.0, "unread": -9.0})
    question = asked_of("Hva er et merke?", LEXICON)
    hits = index.search(question.text, 10)
    read: dict[float, list[str]] = {}
    for second in (5.0, 2.5):
        letters = Letters({"q": 6.0, "x": second, "w": -2.0, "p": -2.0})
        found = NeuralReader(lexical, letters, weights).read(question, hits)
        assert [reading.score for reading in found] == [6.0, second, -2.0, -2.0]
        read[second] = ["".join(sorted(set(text) & set("pqwx"))) for text in letters.seen[1]]
    assert read == {5.0: ["qw", "x"], 2.5: ["qw"]}


def test_words_of_another_kind_are_doubted() -> None:
    (passage, *_) = build((NEWS,), Lexicon(()), FakeEncoder(), {}, progress=False).passages
    reading = Reading(passage, None, 0.5, ())
    place = Found((8, 18), 10.0)  # "Tangtoppen"
    weights = Weights(1.0, {"read": 0.5, "again": 0.0, "unread": 0.0, "odd": -4.0})
    asked = [asked_of(text, LEXICON) for text in ("Når kom den?", "Hva er den?")]
    found = [reader_neural._weigh(question, reading, place, place, weights) for question in asked]
    assert [reading.score for reading in found] == [2.0, 6.0]
    assert [reading.span for reading in found] == [(8, 18), (8, 18)]  # doubted, and shown


def test_words_of_another_kind_give_way_to_those_of_the_kind() -> None:
    (passage, *_) = build((NEWS,), Lexicon(()), FakeEncoder(), {}, progress=False).passages
    place = Found((8, 18), 10.0)  # "Tangtoppen"
    reading = Reading(passage, (0, 7), 0.5, ())
    asked = [asked_of(text, LEXICON) for text in ("Når kom den?", "Hva er den?")]
    found = [reader_neural._weigh(question, reading, place, place, TRAINED) for question in asked]
    assert [reading.span for reading in found] == [(0, 7), (8, 18)]


def test_a_person_is_named_without_what_stands_around_the_name() -> None:
    chair = article("chair", "Ring styreleder Ragnhild Moe om det.\n")
    (passage,) = build((chair,), Lexicon(()), FakeEncoder(), {}, progress=False).passages
    whole = Found((5, 28), 3.0)  # "styreleder Ragnhild Moe"
    asked = [asked_of(text, LEXICON) for text in ("Hvem er det?", "Hva er det?")]
    reading = Reading(passage, None, 0.5, ())
    found = [reader_neural._weigh(question, reading, whole, whole, TRAINED) for question in asked]
    assert [short(reading) for reading in found] == ["Ragnhild Moe", "styreleder Ragnhild Moe"]


def test_a_persons_name_is_not_cut_in_two() -> None:
    chair = article("chair", "Ring styreleder Ragnhild Th. Moe om det.\n")
    (passage,) = build((chair,), Lexicon(()), FakeEncoder(), {}, progress=False).passages
    question = asked_of("Hvem er det?", LEXICON)
    found = Found((16, 32), 3.0)  # "Ragnhild Th. Moe"
    reading = Reading(passage, None, 0.5, ())
    weighed = reader_neural._weigh(question, reading, found, found, TRAINED)
    assert short(weighed) == "Ragnhild Th. Moe"


def test_a_status_is_never_who_leads() -> None:
    news = article("nce", "Tang fikk status som Norwegian Centre of Expertise.\n")
    (passage,) = build((news,), Lexicon(()), FakeEncoder(), {}, progress=False).passages
    status = Found((21, 50), 12.0)
    assert passage.text[slice(*status.span)] == "Norwegian Centre of Expertise"
    weights = Weights(0.0, {"read": 1.0, "again": 0.0, "unread": -4.0, "odd": -1.0})
    asked = [asked_of(t, LEXICON) for t in ("Hvem er leder?", "Hva fikk de?")]
    reading = Reading(passage, None, 0.5, ())
    found = [
        reader_neural._weigh(question, reading, status, status, weights) for question in asked
    ]
    assert [(each.score, each.span) for each in found] == [(-4.0, None), (11.0, (21, 50))]
