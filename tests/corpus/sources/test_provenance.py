"""What is kept of texts that could not be had, and in which language it is said later."""

import json
from pathlib import Path

import pytest

from corpus.errors import LibraryError
from corpus.sources.provenance import PROVENANCE_FILE, Provenance, note_provenance, read_provenance
from corpus.wording import Message, wording


def test_a_reason_is_kept_so_that_each_language_can_say_it(tmp_path: Path) -> None:
    away = Message.of("fetch.status", address="https://a.org", answer="404 Not Found")
    late = Message.of("fetch.incomplete", address="https://b.org", seconds=300.0)
    reason = Message.of("list.reasons", reasons=[away, late])
    note_provenance(tmp_path, "toy", Provenance(tried="2026-03-01", reason=reason))
    kept = read_provenance(tmp_path)["toy"].reason
    assert kept == reason
    assert str(kept) == (
        "https://a.org: answered 404 Not Found; https://b.org: not complete after 300 seconds"
    )
    assert wording("es").say(kept) == (
        "https://a.org: respondió 404 Not Found; https://b.org: incompleta después de 300 segundos"
    )


def test_a_reason_that_an_earlier_program_kept_as_text_is_read_and_kept(tmp_path: Path) -> None:
    told = "https://a.org: answered 404 {Not} Found"
    plain = {"toy": {"tried": "2026-01-05", "reason": told}}
    (tmp_path / PROVENANCE_FILE).write_text(json.dumps(plain))
    assert str(read_provenance(tmp_path)["toy"].reason) == told
    note_provenance(tmp_path, "other", Provenance(tried="2026-03-01"))
    assert json.loads((tmp_path / PROVENANCE_FILE).read_text())["toy"] == plain["toy"]


@pytest.mark.parametrize("reason", [1, {"key": 1}, {"values": {}}, ["fetch.late"]])
def test_a_reason_of_another_form_is_refused(tmp_path: Path, reason: object) -> None:
    plain = {"toy": {"tried": "2026-01-05", "reason": reason}}
    (tmp_path / PROVENANCE_FILE).write_text(json.dumps(plain))
    with pytest.raises(LibraryError, match=r"fetched\.json: not readable .*; remove it"):
        read_provenance(tmp_path)
