"""Words by key: values, lists, messages in messages, the page and the command line."""

import json
import pickle
import re
from collections.abc import Mapping
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError, field_validator

from corpus import wording as module
from corpus.errors import DocumentError, FootnoteError, refused
from corpus.wording import SPOKEN, Message, Wording, _table, wording

_WORDS = {
    "en": {
        "and": "and",
        "and.i": "and",
        "or": "or",
        "or.o": "or",
        "build": "missing; run 'footnote build'",
        "build.page": "missing; rebuild",
        "in": "{path}: {problem}",
        "tried": "tried {day}: {reasons:;}",
        "names": "names {names:and}",
        "pick": "pick {names:or}",
        "plain": "of {names}",
        "size": "{n:,} bytes, {share:.1f} %, {what!r}",
        "page.one": "{n} page",
        "page.many": "{n:,} pages of {what}",
    },
    "es": {
        "and": "y",
        "and.i": "e",
        "or": "o",
        "or.o": "u",
        "build": "falta; ejecute 'footnote build'",
        "build.page": "falta; reconstruya",
        "in": "{path}: {problem}",
        "tried": "se intentó el {day}: {reasons:;}",
        "names": "nombra {names:and}",
        "pick": "elija {names:or}",
        "plain": "de {names}",
        "size": "{n:,} bytes, {share:.1f} %, {what!r}",
        "page.one": "{n} página",
        "page.many": "{n:,} páginas de {what}",
    },
}


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch) -> Mapping[str, Wording]:
    """English and Spanish with the table above."""
    monkeypatch.setattr(module, "_table", lambda: _WORDS)
    found = {language: Wording(language) for language in SPOKEN}
    monkeypatch.setattr(module, "wording", found.__getitem__)
    return found


@pytest.fixture
def es(spoken: Mapping[str, Wording]) -> Wording:
    return spoken["es"]


@pytest.fixture
def en(spoken: Mapping[str, Wording]) -> Wording:
    return spoken["en"]


def test_a_message_in_a_message_is_said_in_the_same_language_and_place(
    en: Wording, es: Wording
) -> None:
    nested = Message.of("tried", day="2026-03-01", reasons=[Message.of("build"), "404"])
    whole = FootnoteError("in", path="a.txt", problem=nested)
    assert str(whole) == "a.txt: tried 2026-03-01: missing; run 'footnote build'; 404"
    assert en.say(whole) == "a.txt: tried 2026-03-01: missing; rebuild; 404"
    assert es.say(whole) == "a.txt: se intentó el 2026-03-01: falta; reconstruya; 404"


def test_an_error_in_a_message_is_said_by_its_own_words(es: Wording) -> None:
    inner = FootnoteError("build")
    assert str(Message.of("in", path="a", problem=inner)) == "a: missing; run 'footnote build'"
    assert es.say(Message.of("in", path="a", problem=inner)) == "a: falta; reconstruya"
    assert es.say(Message.of("in", path="a", problem=OSError("no"))) == "a: no"


def test_the_page_has_its_own_words_where_the_table_has_them(en: Wording) -> None:
    assert en("build") == en.say(Message.of("build")) == "missing; rebuild"
    assert en.fill("build", {}) == str(Message.of("build")) == "missing; run 'footnote build'"


@pytest.mark.parametrize(
    ("names", "english", "spanish"),
    [
        ([], "names ", "nombra "),
        (["Ohio"], "names Ohio", "nombra Ohio"),
        (["Ohio", "Texas"], "names Ohio and Texas", "nombra Ohio y Texas"),
        (["a", "b", "Iowa"], "names a, b and Iowa", "nombra a, b e Iowa"),
        (["a", "“hijos”"], "names a and “hijos”", "nombra a e “hijos”"),
        (["a", "índice"], "names a and índice", "nombra a e índice"),
        (["a", "hielo"], "names a and hielo", "nombra a y hielo"),
        ({"b", "a"}, "names a and b", "nombra a y b"),
    ],
)
def test_and_stands_before_the_last_and_changes_before_its_own_sound(
    names: object, english: str, spanish: str, es: Wording
) -> None:
    said = Message.of("names", names=names)
    assert (str(said), es.say(said)) == (english, spanish)


@pytest.mark.parametrize(
    ("names", "english", "spanish"),
    [
        (["pdf", "txt"], "pick pdf or txt", "elija pdf o txt"),
        (["txt", "otro"], "pick txt or otro", "elija txt u otro"),
        (["día", "hora"], "pick día or hora", "elija día u hora"),
        ([7, 8], "pick 7 or 8", "elija 7 u 8"),
        ([10, 11], "pick 10 or 11", "elija 10 u 11"),
        ([10, 110], "pick 10 or 110", "elija 10 o 110"),
    ],
)
def test_or_changes_before_its_own_sound(
    names: object, english: str, spanish: str, es: Wording
) -> None:
    said = Message.of("pick", names=names)
    assert (str(said), es.say(said)) == (english, spanish)


def test_a_list_without_a_word_is_apart_by_commas(es: Wording) -> None:
    assert es.say(Message.of("plain", names=("a", "b", "i"))) == "de a, b, i"
    assert es.joined(["a", "b"]) == "a, b"
    assert es.joined(["a", Message.of("build")], ";") == "a; falta; reconstruya"


def test_numbers_take_formats_and_one_has_words_of_its_own(es: Wording) -> None:
    said = Message.of("size", n=1234567, share=12.34, what="a'b")
    assert str(said) == '1,234,567 bytes, 12.3 %, "a\'b"'
    assert str(Message.counted("page", 1, what="a")) == "1 page"
    assert es.say(Message.counted("page", 2000, what="a")) == "2,000 páginas de a"
    assert str(Message.counted("page", 0, what="a")) == "0 pages of a"


def test_an_unknown_key_is_its_own_text_but_a_mistake_where_words_are_called(
    en: Wording, es: Wording
) -> None:
    assert str(FootnoteError("no {such} key", such=1)) == "no {such} key"
    assert es.say(Message("free text: {0}")) == "free text: {0}"
    assert es.named("plain", "thing") == "thing"
    with pytest.raises(KeyError):
        en("no.such.key")


@pytest.mark.parametrize("values", [{}, {"n": "x", "share": "y", "what": 1}, {"n": []}])
def test_values_that_do_not_fit_their_words_are_shown_and_raise_nothing(
    values: dict[str, object], en: Wording
) -> None:
    assert en.say(Message("size", values)) == f"size {values}"


HOSTILE = ["{0}", "{x.__class__}", "{x[0]}", "{{}}", "{", "}", "%s", "{problem}", "{path!r:>99}"]


@pytest.mark.parametrize("text", HOSTILE)
def test_braces_in_values_are_text(text: str, es: Wording) -> None:
    nested = Message.of("in", path=text, problem=Message.of("plain", names=[text, text]))
    assert str(nested) == f"{text}: of {text}, {text}"
    assert es.say(nested) == f"{text}: de {text}, {text}"
    assert es("in", path=text, problem=text) == f"{text}: {text}"


_VALUES = st.recursive(
    st.text() | st.integers() | st.booleans() | st.none(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.builds(
            Message, st.sampled_from(["in", "tried", "?"]), st.dictionaries(st.text(), inner)
        )
    ),
    max_leaves=8,
)


@given(values=st.dictionaries(st.sampled_from(["path", "problem", "x"]), _VALUES))
def test_what_is_stored_as_json_comes_back_as_it_was(values: dict[str, object]) -> None:
    message = Message("in", values)
    assert Message.restored(json.loads(json.dumps(message.stored()))) == message


def test_what_is_stored_says_the_same_and_old_text_is_read_as_it_stands(es: Wording) -> None:
    message = Message.of("in", path=DocumentError("build"), problem={"b", "a"})
    again = Message.restored(json.loads(json.dumps(message.stored())))
    assert es.say(again) == es.say(message) == "falta; reconstruya: a, b"
    assert str(Message.restored("tried {it}: 404")) == "tried {it}: 404"
    assert str(Message.restored({"no": "key"})) == "{'no': 'key'}"
    assert str(Message.restored({"key": "build", "values": 3})) == "missing; run 'footnote build'"


def test_an_error_is_pickled_with_its_values(es: Wording) -> None:
    error = pickle.loads(pickle.dumps(DocumentError("in", path="a", problem="b")))
    assert isinstance(error, DocumentError)
    assert es.say(error) == "a: b"


def test_the_problem_of_a_document_is_told_apart_from_its_name() -> None:
    problem = Message.of("and")
    assert DocumentError.of("a.pdf", problem).problem == problem
    assert str(DocumentError.of("a.pdf", problem)) == "a.pdf: and"
    assert str(DocumentError("and").problem) == "and"


class _Checked(BaseModel):
    year: int = 0
    name: str = ""

    @field_validator("name")
    @classmethod
    def _known(cls, name: str) -> str:
        if name == "text":
            raise ValueError("no such name")
        if name:
            raise ValueError(Message.of("and"))
        return name


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"name": "x"}, ("name", Message.of("and"), "x")),
        ({"name": "text"}, ("name", "no such name", "text")),
    ],
)
def test_a_refused_value_has_its_place_and_the_reason_of_its_own_check(
    given: dict[str, object], expected: tuple[str, object, object]
) -> None:
    with pytest.raises(ValidationError) as caught:
        _Checked.model_validate(given)
    assert refused(caught.value) == expected


def test_a_value_of_another_type_is_refused_in_the_words_of_pydantic() -> None:
    with pytest.raises(ValidationError) as caught:
        _Checked.model_validate({"year": "x"})
    place, reason, received = refused(caught.value)
    assert (place, received) == ("year", "x")
    assert str(reason).startswith("Input should be a valid integer")


def test_each_key_has_words_in_both_languages_with_the_same_fields() -> None:
    english, spanish = (_table()[language] for language in SPOKEN)
    assert english.keys() == spanish.keys()
    for key, words in english.items():
        assert words.strip(), key
        assert (spanish[key] or "").strip(), key
        assert _fields(words) == _fields(spanish[key]), key


def _fields(words: str) -> set[str]:
    return set(re.findall(r"{(\w+)[^}]*}", words))


def test_no_key_has_two_rows_and_no_row_more_than_three_columns() -> None:
    with module._TABLE.open(encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    assert {len(row) for row in rows} == {3}
    keys = [row[0] for row in rows]
    assert len(keys) == len(set(keys))


def test_rows_of_one_area_stand_together() -> None:
    areas = [key.partition(".")[0] for key in _table()["en"]]
    runs = [area for before, area in pairwise(("", *areas)) if area != before]
    assert [area for area in runs if runs.count(area) > 1] == []


def test_the_words_of_the_page_have_no_fields_that_those_of_the_command_line_lack() -> None:
    for language in SPOKEN:
        words = wording(language).words
        for key in words:
            if key.endswith(".page"):
                assert _fields(words[key]) <= _fields(words[key.removesuffix(".page")]), key
