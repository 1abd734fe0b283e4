"""Which program turned texts into passages: a version reused must be of the same."""

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from pathlib import Path

import corpus

_LIBRARIES = ("lxml", "markdown-it-py", "nupunkt", "py3langid", "pypdfium2", "python-docx",
              "trafilatura")  # fmt: skip


@cache
def program_hash() -> str:
    """Hash of the code of `corpus` and of the versions of the libraries that read texts.

    An unchanged file can become another document, or other passages, where one of these changed.
    """
    root = Path(corpus.__file__).parent
    digest = hashlib.sha256()
    for file in sorted(root.rglob("*.py")):
        digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    for name in _LIBRARIES:
        digest.update(f"{name} {_version(name)}\n".encode())
    return digest.hexdigest()


def _version(name: str) -> str:
    try:
        return installed_version(name)
    except PackageNotFoundError:
        return "none"
