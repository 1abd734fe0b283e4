"""Which program turned texts into passages: a version reused must be of the same."""

import ast
import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from pathlib import Path

import corpus

CORPUS = Path(corpus.__file__).parent
_READ_AND_CUT = ("readers", "passages")
"""The packages of `corpus` by which a build turns a file into passages."""
_COUNTED_ELSEWHERE = frozenset({"settings", "sources", "errors", "wording"})
"""What they import besides, without a part in the digest.

Settings and records are hashed by themselves for each version; errors and words change no passage.
"""
_LIBRARIES = ("bm25s", "lxml", "markdown-it-py", "nupunkt", "py3langid", "pypdfium2",
              "python-docx", "trafilatura")  # fmt: skip


@cache
def program_hash(root: Path = CORPUS) -> str:
    """Hash of the code that reads and cuts texts, and of the versions of the libraries it uses.

    An unchanged file can become another document, or other passages, where one of these changed.
    `root` is the folder of the package `corpus`.
    """
    digest = hashlib.sha256()
    for file in _files(root):
        digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    for name in _LIBRARIES:
        digest.update(f"{name} {_version(name)}\n".encode())
    return digest.hexdigest()


def _files(root: Path) -> Iterator[Path]:
    """The files, tables included, of the packages that read and cut, and of those they import."""
    waiting, found = list(_READ_AND_CUT), set[str]()
    while waiting:
        package = waiting.pop()
        if package not in found | _COUNTED_ELSEWHERE:
            found.add(package)
            for module in _in_package(root, package):
                if module.suffix == ".py":
                    waiting += _imported(module)
    for package in sorted(found):
        yield from _in_package(root, package)


def _in_package(root: Path, name: str) -> list[Path]:
    """The files of a package, or the file of a module."""
    module = root / f"{name}.py"
    files = [module] if module.is_file() else sorted((root / name).rglob("*"))
    return [file for file in files if file.is_file() and file.suffix != ".pyc"]


def _imported(module: Path) -> Iterator[str]:
    """The names right below `corpus` that a module imports from."""
    for node in ast.walk(ast.parse(module.read_bytes())):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [one.name for one in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{one.name}" for one in node.names]
        for name in names:
            if name.startswith("corpus."):
                yield name.split(".")[1]


def _version(name: str) -> str:
    try:
        return installed_version(name)
    except PackageNotFoundError:
        return "none"
