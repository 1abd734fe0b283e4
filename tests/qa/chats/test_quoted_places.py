import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import LibraryError
from qa.chats.quoted_places import quoted_places


def _answer(*quotes: tuple[str, str, str | None]) -> dict[str, Any]:
    return {
        "quotes": [{"source": s, "pinpoint": p, "page": page, "text": "x"} for s, p, page in quotes]
    }


ONE = _answer(("un2000b", "Art. 3(a)", None), ("camara2014", "Artículo 10", "5"))
TWO = _answer(("delgado", "Next Steps, para. 2", None))
PLACES = [("un2000b", "Art. 3(a)"), ("camara2014", "Artículo 10, p. 5")]


@pytest.mark.parametrize("indent", [None, 2])
def test_one_answer_gives_the_places_of_its_quotations(tmp_path: Path, indent: int | None) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps(ONE, indent=indent))
    assert quoted_places(file) == PLACES


def test_a_batch_gives_those_of_all_rows_and_skips_refusals_and_failed_rows(tmp_path: Path) -> None:
    rows = [ONE, {"quotes": []}, {"id": 2, "error": "holds no words"}, TWO]
    # U+2028 ends no line of JSON, though Python's splitlines thinks so.
    rows[0]["note"] = "a\u2028b"
    file = tmp_path / "a.jsonl"
    file.write_text("\n\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n")
    expected = [*PLACES, ("delgado", "Next Steps, para. 2")]
    assert quoted_places(file) == expected
    file.write_text(json.dumps(rows))
    assert quoted_places(file) == expected


def test_the_standard_input_is_read_for_a_dash(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b"\xef\xbb\xbf" + json.dumps(ONE).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert quoted_places(Path("-")) == PLACES


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{}\n[", r"a\.json, line 2: no answer of 'footnote ask --json'"),
        (json.dumps(ONE) + '\n{"id": 3}', r"line 2: .*no quotes with source and pinpoint"),
        ("7", r"a\.json: no answer"),
        ('{"quotes": [{"source": "a"}]}', r"no quotes with source and pinpoint"),
        ('{"quotes": ["a"]}', r"no quotes with source and pinpoint"),
        ('{"quotes": []}', r"a\.json: quotes nothing; give what"),
        ("", r"a\.json: quotes nothing"),
    ],
)
def test_what_is_no_answer_is_named_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "a.json"
    file.write_text(text)
    with pytest.raises(LibraryError, match=message) as caught:
        quoted_places(file)
    assert "\n" not in str(caught.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=r"nosuch\.json: not readable"):
        quoted_places(tmp_path / "nosuch.json")
    (tmp_path / "a.json").write_bytes(b"\xff{}")
    with pytest.raises(LibraryError, match=r"a\.json: not readable .*UTF-8"):
        quoted_places(tmp_path / "a.json")
