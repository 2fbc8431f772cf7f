import pytest
from fake_register import CLUSTERS, IKUBEN, MANY, make

from bot.cluster_card import cluster_card
from bot.cluster_pages import START, Place, browse
from bot.clusters import NO_CLUSTERS, Directory
from bot.render import Card
from bot.texts import TEXTS, load_texts
from knowledge.register import Cluster

NB = load_texts(TEXTS)["nb"]
DIRECTORY = make()


def buttons(screen: Card | None) -> list[list[tuple[str, object]]]:
    assert screen is not None
    return [[(button.text, button.data) for button in row] for row in screen.buttons]


def at(data: str, directory: Directory = DIRECTORY) -> Card | None:
    place = Place.read(data)
    assert place is not None
    assert place.data == data
    return browse(directory, place, NB)


def test_it_begins_with_a_choice() -> None:
    assert browse(DIRECTORY, START, NB) == at("clusters")
    assert buttons(at("clusters")) == [
        [("Etter region", "clusters:region::0"), ("Etter nivå", "clusters:level::0")]
    ]


def test_groups_stand_in_two_columns_with_their_size() -> None:
    screen = at("clusters:region::0")
    assert screen
    assert screen.html == "<b>Regioner</b>"
    assert buttons(screen) == [
        [
            ("Møre og Romsdal (1)", "clusters:region:0:0"),
            ("Nordland (1)", "clusters:region:1:0"),
        ],
        [("Vestland (10)", "clusters:region:2:0"), ("ukjent (1)", "clusters:region:3:0")],
        [("« Tilbake", "clusters")],
    ]


def test_a_group_has_pages() -> None:
    first, second = at("clusters:region:2:0"), at("clusters:region:2:1")
    assert first
    assert second
    assert (first.html, second.html) == (
        "<b>Vestland</b>\nSide 1 av 2",
        "<b>Vestland</b>\nSide 2 av 2",
    )
    names = [
        (f"Fjordklynge {n:02}", f"clusters:region:2:0:fjordklynge-{n:02}") for n in range(1, 9)
    ]
    assert buttons(first) == [
        *[[name] for name in names],
        [("Neste ›", "clusters:region:2:1")],
        [("« Tilbake", "clusters:region::0")],
    ]
    assert buttons(second) == [
        [("Fjordklynge 09", "clusters:region:2:1:fjordklynge-09")],
        [("Fjordklynge 10", "clusters:region:2:1:fjordklynge-10")],
        [("‹ Forrige", "clusters:region:2:0")],
        [("« Tilbake", "clusters:region::0")],
    ]


def test_a_cluster_is_a_card_with_a_way_back_to_its_page() -> None:
    screen = at("clusters:level:1:1:nce-ikuben")
    card = cluster_card(IKUBEN, DIRECTORY.articles["NCE iKuben"], NB)
    assert screen
    assert screen.html == card.html
    assert screen.buttons[:-1] == card.buttons
    assert buttons(screen)[-1] == [("« Tilbake", "clusters:level:1:1")]


def test_the_way_back_from_a_group_leads_to_the_page_that_it_is_on() -> None:
    regions = tuple(Cluster(f"K{n:02}", (), (), region=f"R{n:02}") for n in range(40))
    directory = make(regions, ())
    assert buttons(at("clusters:region::1", directory))[-2:] == [
        [("‹ Forrige", "clusters:region::0"), ("Neste ›", "clusters:region::2")],
        [("« Tilbake", "clusters")],
    ]
    assert buttons(at("clusters:region:17:0", directory))[-1] == [
        ("« Tilbake", "clusters:region::1")
    ]


@pytest.mark.parametrize(
    "data",
    [
        "clusters:region::1",
        "clusters:region:4:0",
        "clusters:region:2:2",
        "clusters:region:0:0:finnes-ikke",
    ],
)
def test_what_is_there_no_more_shows_nothing(data: str) -> None:
    assert at(data) is None


@pytest.mark.parametrize(
    "data",
    [
        "clusters:",
        "clusters:region",
        "clusters:fylke::0",
        "clusters:region:1:",
        "clusters:level::٣",
    ],
)
def test_other_data_is_no_place(data: str) -> None:
    assert Place.read(data) is None


def test_the_longest_data_fits_in_a_button() -> None:
    long = Cluster("Klynge " * 30, (), (), region="Vest")
    many = make((*(Cluster(f"K{n}", (), (), region=f"R{n:03}") for n in range(900)), long), ())
    place = Place("region", 900, 0)
    [[name, *_], *_] = buttons(browse(many, place, NB))
    assert str(name[1]).startswith("clusters:region:900:0:klynge-klynge")
    assert len(str(name[1]).replace(":0:", ":999:").encode()) == 64


def test_an_empty_register_has_nothing_to_choose() -> None:
    assert browse(NO_CLUSTERS, START, NB) == Card("Registeret har ingen klynger.", ())


def test_every_cluster_can_be_reached() -> None:
    reached: set[str] = set()
    todo, seen = ["clusters"], set[str]()
    while todo:
        data = todo.pop()
        seen.add(data)
        screen = at(data)
        assert screen
        reached.add(screen.html.partition("</b>")[0].removeprefix("<b>"))
        found = {str(button.data) for row in screen.buttons for button in row}
        todo += sorted(found - seen - {"None", *todo})
    assert {cluster.name for cluster in CLUSTERS} <= reached
    assert len(MANY) == 10
