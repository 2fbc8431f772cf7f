import re
from dataclasses import replace

import pytest
from fake_register import ACT, IKUBEN, MANY, TANG, make

from bot.clusters import NO_CLUSTERS, Request, make_directory, slug_of
from knowledge.articles import Language
from knowledge.paths import KNOWLEDGE
from knowledge.register import Cluster, make_register, read_register

DIRECTORY = make()


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("NCE iKuben", "nce-ikuben"),
        ("NCE Tourism – Fjord Norway", "nce-tourism-fjord-norway"),
        ("WoodWorks! Cluster", "woodworks-cluster"),
        ("Arena Trådløs Ærlig", "arena-tradlos-aerlig"),
        (
            "Cluster for Decommissioning and Reuse of Everything",
            "cluster-for-decommissioning-and-reuse-of",
        ),
    ],
)
def test_a_slug_is_made_of_the_name(name: str, slug: str) -> None:
    assert slug_of(Cluster(name, (), ())) == slug


def test_a_cluster_is_found_by_its_slug() -> None:
    assert DIRECTORY.find("nce-ikuben") is IKUBEN
    assert DIRECTORY.find("finnes-ikke") is None
    assert NO_CLUSTERS.find("nce-ikuben") is None


def test_every_real_cluster_is_found_by_its_slug_and_each_of_its_names() -> None:
    register = read_register(KNOWLEDGE / "clusters.yaml")
    directory = make_directory(register, ())
    assert [directory.find(slug_of(cluster)) for cluster in register.clusters] == [
        *register.clusters
    ]
    assert all(directory.named(name) for cluster in register.clusters for name in cluster.names)


@pytest.mark.parametrize(
    ("text", "cluster", "language"),
    [
        ("tell me about iKuben", IKUBEN, "en"),
        ("fortell om iKuben", IKUBEN, "nb"),
        ("Fortell meg om NCE iKuben.", IKUBEN, "nb"),
        ("fortel om iKuben", IKUBEN, "nn"),
        ("hva er ACT?", ACT, "nb"),
        ("kva er ACT?", ACT, "nn"),
        ("what is ACT?", ACT, "en"),
        ("What’s act", ACT, "en"),
        ("iKuben", IKUBEN, None),
        ("  arena <kuben>?\n", IKUBEN, None),
        ("Tang", TANG, None),
        ("hva er Tang-klyngen?", TANG, "nb"),
    ],
)
def test_asking_what_a_cluster_is(text: str, cluster: Cluster, language: Language | None) -> None:
    assert DIRECTORY.request(text) == Request(cluster, language)


@pytest.mark.parametrize(
    "text",
    [
        "hva er ACT sitt mål?",
        "hva er iKuben og ACT?",
        "hva er en klynge?",
        "hva er NCE?",
        "Who leads iKuben?",
        "hva med ACT?",
        "vet du hva er ACT?",
        "fortell om Molde",
        "fortell om",
        "",
    ],
)
def test_whatever_asks_more_is_a_question(text: str) -> None:
    assert DIRECTORY.request(text) is None


def test_near_names_come_best_first_and_misspelt_ones_are_near() -> None:
    assert DIRECTORY.near("ikubn", 3) == [IKUBEN]
    assert DIRECTORY.near("fjordklynge nr 07", 2)[0] == MANY[6]
    assert DIRECTORY.near("x" * 5000, 3) == []
    assert NO_CLUSTERS.near("iKuben", 3) == []


def test_regions_are_sorted_and_what_is_unknown_comes_last() -> None:
    assert [(group.name, group.clusters) for group in DIRECTORY.groups["region"]] == [
        ("Møre og Romsdal", (IKUBEN,)),
        ("Nordland", (ACT,)),
        ("Vestland", MANY),
        (None, (TANG,)),
    ]


def test_the_last_level_counts() -> None:
    assert [(group.name, group.clusters) for group in DIRECTORY.groups["level"]] == [
        ("Arena Pro", (ACT,)),
        ("NCE", (*MANY, IKUBEN)),
        (None, (TANG,)),
    ]


def test_the_articles_most_about_a_cluster_come_newest_first() -> None:
    slugs = [article.slug for article in DIRECTORY.articles["NCE iKuben"]]
    assert slugs == ["ofte", "gammel", "udatert"]
    assert [article.slug for article in DIRECTORY.articles["Arctic Cluster Team"]] == ["ofte"]
    assert "Tangklyngen" not in DIRECTORY.articles


@pytest.mark.parametrize("slug", ["nce-ikuben", "ikuben", "kuben-co"])
def test_a_link_may_hold_any_of_its_names(slug: str) -> None:
    ikuben = Cluster("NCE iKuben", ("iKuben",), ("Kuben & Co",))
    honest = Cluster("Blå Ærlighet", (), ("NCE iKuben", "iKuben"))
    directory = make_directory(make_register((ikuben, honest)), ())
    assert directory.find("bla-aerlighet") == honest
    assert directory.find("") is None
    assert directory.find(slug) == (honest if slug == "ikuben" else ikuben)


def test_every_cluster_of_the_register_has_a_link_that_fits() -> None:
    register = read_register(KNOWLEDGE / "clusters.yaml")
    directory = make_directory(register, ())
    for cluster in register.clusters:
        assert re.fullmatch(r"[a-z0-9-]{1,40}", slug_of(cluster))
        assert directory.find(slug_of(cluster)) == cluster
        assert all(directory.find(slug_of(replace(cluster, name=name))) for name in cluster.names)
