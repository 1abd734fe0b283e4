"""The chat in a browser: `python app.py`, the same as `footnote serve`."""

import sys

from corpus.settings import load_settings
from qa.cli.main import run
from qa.cli.serve import serve_chat


def main() -> int:
    """Serve the chat until interrupted; the exit code is 0 unless something failed."""
    return run(lambda: serve_chat(load_settings()))


if __name__ == "__main__":
    sys.exit(main())
