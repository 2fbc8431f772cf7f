from pathlib import Path

import pytest

from knowledge.problems import ContentError
from knowledge.register import Cluster, Leader, Level, Members, read_register


def test_clusters_with_every_name(tmp_path: Path) -> None:
    file = tmp_path / "clusters.yaml"
    file.write_text(
        "- name: NCE Tang\n  aliases: [Tangklyngen]\n  earlier_names: [Arena Tare]\n"
        "  place: Bodø\n  sources: [https://tang.no]\n",
        encoding="utf-8",
    )
    register = read_register(file)
    (cluster,) = register.clusters
    assert (cluster.name, cluster.aliases, cluster.earlier_names) == (
        "NCE Tang",
        ("Tangklyngen",),
        ("Arena Tare",),
    )
    assert [m.name for m in register.names.find("Hva ble det av Arena Tare?")] == ["NCE Tang"]


EVERYTHING = """\
- name: NCE Tang
  levels:
    - {level: Arena, from: 2012, to: 2015}
    - {level: Moden klynge}
  place: Bodø
  region: Nordland
  theme: tang
  website: https://tang.no
  founded: 1998
  leaders:
    - {name: Kari Ås, role: daglig leder, from: 2012, to: 2021, seen: [2020, 2015]}
    - {name: Ola Li, role: styreleder, source: "https://tang.no/li"}
  members:
    - {count: over 40, as_of: 2017-10, what: bedrifter}
    - {count: 12 til 40, as_of: 2014-2017}
  notes: Bare et eksempel.
  sources: [https://tang.no, https://tang.no/li]
"""


def test_every_field_is_read(tmp_path: Path) -> None:
    (file := tmp_path / "clusters.yaml").write_text(EVERYTHING, "utf-8")
    assert read_register(file).clusters == (
        Cluster(
            name="NCE Tang",
            aliases=(),
            earlier_names=(),
            levels=(Level("Arena", 2012, 2015), Level("Moden klynge", None, None)),
            place="Bodø",
            region="Nordland",
            theme="tang",
            website="https://tang.no",
            founded=1998,
            leaders=(
                Leader("Kari Ås", "daglig leder", 2012, 2021, (2015, 2020), None),
                Leader("Ola Li", "styreleder", source="https://tang.no/li"),
            ),
            members=(
                Members("over 40", "2017-10", "bedrifter"),
                Members("12 til 40", "2014-2017", None),
            ),
            notes="Bare et eksempel.",
            sources=("https://tang.no", "https://tang.no/li"),
        ),
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "nb", "en"),
    [
        ("to: 2015", "to: 15", 3, "«to: 15» er ikke et årstall: skriv", '"to: 15" is not a year'),
        ("to: 2015", "to: 2011", 3, "«to: 2011» er før «from: 2012»", '"to: 2011" is before'),
        ("1998", "ca. 1998", 9, "«founded: ca. 1998» er ikke et år", "is not a year: write"),
        ("[2020, 2015]", "[2020, nå]", 11, "«seen: nå» er ikke et år", '"seen: nå" is not a year'),
        ("[2020, 2015]", "2020", 11, "«seen» skal være en liste", '"seen" should be a list'),
        (
            "Moden klynge",
            "Senter",
            4,
            "«level: Senter» finnes ikke: skriv en av Arena, Arena Pro,",
            "",
        ),
        ("level: Moden klynge", "from: 2015", 4, "«level» mangler", '"level" is missing'),
        (
            "place: Bodø",
            "sted: Bodø",
            5,
            "ukjent nøkkel «sted»: skriv place",
            'unknown key "sted"',
        ),
        ("place: Bodø", "place: [Bodø]", 5, "«place» skal være én tekst", "should be one text"),
        (
            "https://tang.no\n",
            "tang.no\n",
            8,
            "«tang.no» er ingen nettadresse",
            "is no web address",
        ),
        ("role: styreleder", "rolle: leder", 12, "ukjent nøkkel «rolle»: skriv role", ""),
        (
            'no/li"}',
            'no/le"}',
            12,
            "«https://tang.no/le» står ikke i sources",
            "is not in sources",
        ),
        ("as_of: 2017-10", "as_of: 2017-13", 14, "«as_of: 2017-13» er ingen tid", "is no time"),
        ("count: over 40, ", "", 14, "«count» mangler", '"count" is missing'),
        ("[https://tang.no,", "[tang,", 17, "«tang» er ingen nettadresse", "is no web address"),
        ("- {count: over 40", "- over 40 #", 14, "«nøkkel: verdi»", '"key: value"'),
    ],
)
def test_what_is_wrong_is_said_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, nb: str, en: str
) -> None:
    text = EVERYTHING.replace(old, new)
    (file := tmp_path / "clusters.yaml").write_text(text, "utf-8")
    with pytest.raises(ContentError) as error:
        read_register(file)
    found = [problem for problem in error.value.problems if nb in problem.nb and en in problem.en]
    assert [problem.line for problem in found] == [line], str(error.value)


def test_two_clusters_of_one_name_are_a_problem(tmp_path: Path) -> None:
    (file := tmp_path / "clusters.yaml").write_text(f"{EVERYTHING}{EVERYTHING}", "utf-8")
    with pytest.raises(ContentError) as error:
        read_register(file)
    assert [(problem.line, problem.nb[:32]) for problem in error.value.problems] == [
        (18, "«NCE Tang» står også på linje 1:")
    ]


def test_the_real_register_has_dated_facts() -> None:
    ikuben = read_register(Path("knowledge/clusters.yaml")).clusters[0]
    assert ikuben.levels == (Level("Arena", 2012, None), Level("NCE", 2017, None))
    assert ikuben.leaders[0].seen == (2015, 2017, 2020, 2021)
    assert (ikuben.leaders[0].start, ikuben.leaders[0].end) == (2012, 2021)
    assert (ikuben.leaders[0].source or "").endswith(
        "/hilde-asps-blir-nringssjef-i-mre-og-romsdal-fylkeskommune"
    )
    assert ikuben.members == (Members("46", "2017-10", "eierbedrifter og -organisasjoner"),)


def test_all_problems_at_once(tmp_path: Path) -> None:
    file = tmp_path / "clusters.yaml"
    file.write_text("- name: NCE Tang\n  colour: green\n- aliases: [X]\n  sources: []\n", "utf-8")
    with pytest.raises(ContentError) as error:
        read_register(file)
    assert [problem.line for problem in error.value.problems] == [1, 2, 3]


def test_the_real_register_knows_74_clusters() -> None:
    register = read_register(Path("knowledge/clusters.yaml"))
    assert len(register.clusters) == 74
    mentions = register.names.find("Oslo Medtech, NODE-klyngen og klyngen Arctic")
    assert [m.name for m in mentions] == ["Norway Health Tech", "GCE NODE", "Arctic Cluster Team"]


def test_a_cluster_knows_the_line_of_its_entry(tmp_path: Path) -> None:
    (file := tmp_path / "clusters.yaml").write_text(f"# Register\n\n{EVERYTHING}", "utf-8")
    assert [cluster.line for cluster in read_register(file).clusters] == [3]


def test_a_name_without_letters_is_none(tmp_path: Path) -> None:
    file = tmp_path / "clusters.yaml"
    file.write_text('- name: Tang\n  aliases: ["!"]\n  sources: [https://tang.no]\n', "utf-8")
    with pytest.raises(ContentError, match="«!» har verken bokstaver eller tall"):
        read_register(file)
