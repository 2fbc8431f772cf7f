from knowledge.clashes import common_names, shared_names
from knowledge.glossary import Concept
from knowledge.register import Cluster, make_register

POWER = Concept("power", None, (("nb", "kraft"), ("en", "power"), ("nb", "node")))


def cluster(name: str, *aliases: str, earlier: tuple[str, ...] = ()) -> Cluster:
    return Cluster(name, aliases, earlier)


def shared(*clusters: Cluster) -> list[tuple[str, list[str]]]:
    return [(name, [owner.name for owner in owners]) for name, owners in shared_names(clusters)]


def common(*clusters: Cluster, bodies: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    return [(name, owner.name) for name, owner in common_names(clusters, [POWER], bodies)]


def test_an_alias_of_two_clusters() -> None:
    found = shared(cluster("NCE Tang", "Sjøklyngen"), cluster("Tare", earlier=("sjøklynga",)))
    assert found == [("Sjøklyngen", ["NCE Tang", "Tare"])]


def test_what_remains_of_two_names_is_shared_once() -> None:
    assert shared(cluster("NCE Tang"), cluster("GCE Tang")) == [
        ("NCE Tang", ["NCE Tang", "GCE Tang"])
    ]


def test_what_one_cluster_has_written_out_is_its_own() -> None:
    tang, other = cluster("Tang og Tare Cluster", "Tang og Tare"), cluster("NCE Tang og Tare")
    assert shared(tang, other) == []
    for order in ((tang, other), (other, tang)):
        finder = make_register(order).names
        assert [m.name for m in finder.find("hva er tang og tare")] == ["Tang og Tare Cluster"]


def test_a_cluster_does_not_clash_with_itself() -> None:
    assert shared(cluster("NCE Tang", "Tang", "Tangklyngen", earlier=("Arena Tang",))) == []


def test_a_word_of_the_glossary_and_a_stop_word_are_common() -> None:
    assert common(cluster("Kraft", "KRAFT"), cluster("Which")) == [
        ("Kraft", "Kraft"),
        ("KRAFT", "Kraft"),
        ("Which", "Which"),
    ]


def test_what_needs_capitals_anyway_is_not_told_of() -> None:
    assert (
        common(cluster("NODE"), cluster("Node"), cluster("Kraft-klyngen"), cluster("NCE Kraft"))
        == []
    )


def test_a_word_that_articles_mostly_write_small_is_common() -> None:
    bodies = ("Bølgen slår, og en bølgen til, bølgen!", "Han leder Bølgen.")
    assert common(cluster("Bølgen"), bodies=bodies[:1]) == [("Bølgen", "Bølgen")]
    assert common(cluster("Bølgen"), bodies=(*bodies, "Bølgen")) == []


def test_addresses_and_names_written_small_by_themselves_say_nothing() -> None:
    assert common(cluster("Bølgen"), bodies=("Se bølgen.no, www.bølgen.no og post@bølgen.",)) == []
    assert common(cluster("Bølgen", "bølgen"), bodies=("bølgen",)) == []
