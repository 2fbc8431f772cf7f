"""What a question without a good answer seems to lack."""

from dataclasses import replace
from pathlib import Path

import pytest
from fake_engine import make_engine

from index.calibration import Calibration, Weights
from index.engine import Engine
from index.gaps import Gap, Nearby, _namesakes, find_gap
from knowledge.register import Cluster

LEADER = Nearby("leder", "Hilde Aspås leder NCE iKuben.")


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    return make_engine(tmp_path, monkeypatch)


def with_threshold(engine: Engine, answer: float, maybe: float) -> Engine:
    """An engine that wants so much before it answers; its reader is 88 % sure of what it finds."""
    verdict = engine.calibration.verdict
    return replace(engine, calibration=Calibration(Weights(0, {}), verdict, answer, maybe))


def test_what_is_answered_by_now_comes_with_its_quote(engine: Engine) -> None:
    gap = find_gap(engine, "Who leads NCE iKuben?")
    assert gap == Gap("answered", (), (), (LEADER,))


def test_an_unsure_reader_is_named_with_the_sentence(engine: Engine) -> None:
    gap = find_gap(with_threshold(engine, 0.9, 0.3), "Who leads NCE iKuben?")
    assert gap == Gap("reader", (), (), (LEADER,))


def test_what_is_far_from_all_passages_lacks_an_article(engine: Engine) -> None:
    gap = find_gap(with_threshold(engine, 0.95, 0.9), "Who leads NCE iKuben?")
    assert gap == Gap("article", (), (), (LEADER,))
    assert find_gap(engine, "Hvem eier NCE iKuben?") == Gap("article", (), (), ())


def test_a_name_like_a_registered_one_may_lack_an_alias_and_shows_what_that_would_find(
    engine: Engine,
) -> None:
    gap = find_gap(engine, "kor mange er med i Arctic Cluster Group?")
    members = Nearby("medlemmer", "41 bedrifter er med i Arctic Cluster Team.")
    assert gap == Gap("alias", ("Arctic Cluster Group",), ("Arctic Cluster Team",), (members,))


def test_a_name_like_no_other_lacks_an_article(engine: Engine) -> None:
    gap = find_gap(engine, "Hvem leder NCE Tang og Tare?")
    assert gap == Gap("article", ("NCE Tang", "Tare"), (), ())


def cluster(name: str, *aliases: str) -> Cluster:
    return Cluster(name, aliases, ())


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("NCE Seafod", ["NCE Seafood Innovation"]),  # a letter off
        ("Havbrukklyngen", ["NCE Aquaculture"]),  # by its alias
        ("NCE Oslo", ["Arena Oslo"]),
        ("Arena Brunost", []),  # a status tells no name
        ("Norwegian Fashion", []),  # nor does a word that four have
        ("Olso", []),  # a short word must be right
        ("Oslo Seafood", ["Arena Oslo", "NCE Seafood Innovation"]),
    ],
)
def test_clusters_that_share_a_telling_word_may_be_meant(asked: str, meant: list[str]) -> None:
    clusters = [
        cluster("NCE Seafood Innovation"),
        cluster("NCE Aquaculture", "Havbruksklyngen"),
        cluster("Arena Oslo"),
        *(cluster(f"Norwegian {what}") for what in ("Tunnel", "Wind", "Care", "Wood")),
    ]
    assert [*_namesakes([asked], clusters)] == meant
