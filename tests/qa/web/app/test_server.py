"""The server of the page."""

import pytest

from corpus.errors import BusyError
from qa.web.app.server import listen


def test_a_port_in_use_is_told_before_anything_else() -> None:
    with listen("127.0.0.1", 0) as taken, pytest.raises(BusyError, match="is in use"):
        listen("127.0.0.1", taken.getsockname()[1])
