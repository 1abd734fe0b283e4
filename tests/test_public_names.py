"""A public name means one thing in the whole project."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
ALLOWED = {
    "main",  # the entry point of a program
    "app",  # the Typer application of a group of commands
    "build", "remove", "serve", "verify",  # a command, named as it is typed, and what it runs
}  # fmt: skip


def _modules() -> Iterator[Path]:
    yield ROOT / "app.py"
    for package in ("corpus", "index", "qa"):
        yield from sorted((ROOT / package).rglob("*.py"))


def _defined(module: Path) -> Iterator[str]:
    """Classes, functions, constants and type aliases that a module defines for others."""
    for statement in ast.parse(module.read_text(encoding="utf-8")).body:
        match statement:
            case (
                ast.ClassDef(name=name)
                | ast.FunctionDef(name=name)
                | ast.AsyncFunctionDef(name=name)
            ):
                found = [name]
            case ast.Assign(targets=targets):
                found = [one.id for one in targets if isinstance(one, ast.Name)]
            case ast.AnnAssign(target=ast.Name(id=name)):
                found = [name]
            case _:
                found = []
        yield from (name for name in found if not name.startswith("_"))


def test_no_public_name_is_defined_in_two_modules() -> None:
    places = defaultdict(set)
    for module in _modules():
        for name in _defined(module):
            places[name].add(module.relative_to(ROOT).as_posix())
    twice = {name: sorted(own) for name, own in places.items() if len(own) > 1}
    assert not {name: own for name, own in twice.items() if name not in ALLOWED}
    assert twice.keys() >= ALLOWED  # none is allowed that there is no need for
