from pathlib import Path

import pytest

from knowledge.problems import ContentError
from knowledge.register import read_register


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
