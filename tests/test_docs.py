import re
import tomllib
from pathlib import Path

import pytest

from bot.main import main
from bot.metrics import Metrics
from bot.settings import KNOWN, PREFIX

ROOT = Path(__file__).parent.parent
PAGES = [
    *sorted(ROOT.glob("*.md")),
    *sorted(ROOT.glob("docs/*.md")),
    ROOT / "benchmarks/README.md",
    ROOT / "knowledge/README.md",
]


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def read_settings() -> set[str]:
    """The environment variables that the code reads."""
    read = re.compile(r"environ(?:ment)?(?:\.get\(|\[)\s*\"(\w+)\"")
    code = [
        file.read_text("utf-8")
        for name in ("bot", "index", "knowledge")
        for file in (ROOT / name).glob("*.py")
    ]
    return {name for text in code for name in read.findall(text)}


def test_the_settings_table_names_what_the_code_reads() -> None:
    table = read("README.md").partition("### Settings")[2].partition("\n## ")[0]
    documented = re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)
    assert "TELEGRAM_BOT_TOKEN" in documented
    assert set(documented) == read_settings()


def test_the_settings_that_are_known_are_those_that_the_code_reads() -> None:
    assert {name for name in read_settings() if name.startswith(PREFIX)} == KNOWN


def test_every_metric_is_documented() -> None:
    documented = re.findall(r"^\| `(klyngesvar_\w+)", read("docs/operating.md"), re.MULTILINE)
    assert documented == re.findall(r"^# TYPE (\w+)", Metrics().text(), re.MULTILINE)


def test_every_command_is_documented(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    commands = set(re.findall(r"^    (\w+)(?: |$)", capsys.readouterr().out, re.MULTILINE))
    assert {"ask", "check", "bot"} <= commands
    assert set(re.findall(r"^\| `klyngesvar (\w+)` \|", read("README.md"), re.M)) == commands


def test_every_make_target_in_the_docs_exists() -> None:
    targets = set(re.findall(r"^(\w+):.*## ", read("Makefile"), re.MULTILINE))
    code = re.compile(r"^ *(?:TELEGRAM_BOT_TOKEN=\S+ )?make (\w+)|`make (\w+)", re.MULTILINE)
    named = {
        target
        for page in PAGES
        for pair in code.findall(page.read_text("utf-8"))
        for target in pair
        if target
    }
    assert {"ask", "test", "check"} <= named <= targets


def test_the_newest_version_of_the_changelog_is_the_project_s() -> None:
    versions = re.findall(r"^## \[(\d+\.\d+\.\d+)\]", read("CHANGELOG.md"), re.MULTILINE)
    assert versions[0] == tomllib.loads(read("pyproject.toml"))["project"]["version"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_the_lock_fits_the_project() -> None:
    locked = dict(re.findall(r"^([\w.-]+)==(\S+)$", read("requirements.lock"), re.MULTILINE))
    names = {name.lower().replace("_", "-") for name in locked}
    project = tomllib.loads(read("pyproject.toml"))["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["dev"]
    direct = {re.split(r"[^\w-]", line)[0].lower() for line in wanted}
    assert direct <= names
    assert "+" not in locked["torch"]  # the local part differs from index to index
