import pytest

from knowledge.register import Cluster, make_register
from knowledge.unregistered import unregistered

NAMES = make_register((Cluster("NCE iKuben", ("Kubeklyngen",), ()),)).names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("I dag fikk NCE Blåskjell status.", ("NCE Blåskjell",)),
        ("Arena Pro Rur Nord og GCE Tare søker.", ("Arena Pro Rur Nord", "GCE Tare")),
        ("Tang-klyngen vokser, og Tang-klyngen ler.", ("Tang-klyngen",)),
        ("Leder i Rurklyngen, Kari.", ("Rurklyngen",)),
        ("Klyngen Rur Nord vokser. I havklyngen Tare er Kari leder.", ("Rur Nord", "Tare")),
        ("The Green Kelp Cluster is new.", ("Green Kelp Cluster",)),
        ("Arena iKuben er nå NCE iKuben, med iKuben og Kubeklyngen.", ()),
        (
            "Næringsklyngen vokser. Klyngen er stor. En NCE-klynge, Arena-klyngene og Arena Pro.",
            (),
        ),
        ("NCE Status, Arena, NCE og GCE, Norwegian Innovation Clusters", ()),
    ],
)
def test_names_that_the_register_lacks(text: str, names: tuple[str, ...]) -> None:
    assert unregistered(text, NAMES) == names


def test_the_time_that_names_take_grows_with_their_number() -> None:
    text = "NCE iKuben og NCE Tang. " * 20_000 + "A" * 50_000  # squared: minutes
    assert unregistered(text, NAMES) == ("NCE Tang",)
