"""A register of a few clusters and articles that name them."""

from collections.abc import Iterable

from bot.clusters import Directory, make_directory
from knowledge.articles import Article
from knowledge.register import Cluster, Leader, Level, Members, make_register

IKUBEN = Cluster(
    name="NCE iKuben",
    aliases=("iKuben",),
    earlier_names=("Arena <Kuben>",),
    levels=(Level("Arena", 2012, 2017), Level("NCE", 2017, None)),
    place="Molde",
    region="Møre og Romsdal",
    theme="omstilling & innovasjon",
    website="https://ikuben.no",
    founded=2009,
    leaders=(
        Leader(
            "Hilde Aspås", "daglig leder", 2012, 2021, (2015, 2017, 2021), "https://ikuben.no/a"
        ),
        Leader("Birger Holo", "styreleder", seen=(2021,)),
        Leader("Kari Ås", "prosjektleder", seen=(2018, 2020)),
        Leader("Ola Li", "klyngeleder", start=2021, seen=(2022,)),
        Leader("Gro Hei", "nestleder"),
    ),
    members=(Members("46", "2017-10", "bedrifter"), Members("12 til 40", "2014-2017", None)),
    notes="Het før bare iKuben.",
    sources=("https://www.ikuben.no/om?a=1&b=2", "https://smp.no/nyheter"),
)
ACT = Cluster(
    name="Arctic Cluster Team",
    aliases=("ACT",),
    earlier_names=(),
    levels=(Level("Arena", 2017, 2020), Level("Arena Pro", None, None)),
    region="Nordland (Helgeland)",
    sources=("https://act.no",),
)
TANG = Cluster("Tangklyngen", (), (), sources=("https://tang.no",))
MANY = tuple(
    Cluster(f"Fjordklynge {number:02}", (), (), (Level("NCE", 2015, None),), region="Vestland")
    for number in range(1, 11)
)
CLUSTERS = (IKUBEN, TANG, ACT, *MANY)


def news(slug: str, title: str, body: str, published: str | None, url: bool = True) -> Article:
    address = f"https://avisa.no/{slug}" if url else None
    return Article(slug, title, "Avisa", address, published, "nb", body)


ARTICLES = (
    news("gammel", "iKuben er ti år", "Ti år er gått.\n", "2009"),
    news("nevnt", "Nytt fra Molde", "Her er iKuben.\n", "2020-05-01"),
    news("ofte", "Nytt", "Både NCE iKuben, iKuben og iKubens folk. ACT er ikke med.\n", "2018"),
    news("udatert", "Om NCE iKuben", "iKuben.\n", None),
    news("uten-adresse", "NCE iKuben", "iKuben iKuben iKuben iKuben iKuben.\n", "2024", url=False),
)


def make(
    clusters: tuple[Cluster, ...] = CLUSTERS, articles: Iterable[Article] = ARTICLES
) -> Directory:
    """A directory of these."""
    return make_directory(make_register(clusters), articles)
