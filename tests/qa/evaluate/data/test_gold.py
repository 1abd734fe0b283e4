"""Labelled questions: their form, where their phrases stand, and the files that are shipped."""

import json
import os
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import LibraryError
from corpus.passages.units import units
from corpus.readers import read_document
from corpus.readers.markdown import read_markdown
from corpus.readers.plain import read_plain
from corpus.sources.library import PACKAGED, Library
from corpus.sources.registry import REGISTRY_FILE, read_registry
from corpus.text.documents import Document, Section
from qa.evaluate.data.gold import SPLITS, GoldPlace, GoldQuestion, read_gold, resolve
from qa.evaluate.data.language_kinds import languages_of_kind
from qa.question.about_source import RecordQuestion, asked_about
from qa.question.language import language_of_question
from tests.toys import SHARED, plain_document

FILES = {path.stem: read_gold(path) for path in sorted((PACKAGED / "gold").glob("*.jsonl"))}
SOURCES = read_registry(PACKAGED / REGISTRY_FILE)
ARTICLE = FILES["article"]
FOLLOW_UPS = FILES["follow-ups"]
EACH_FILE = pytest.mark.parametrize("questions", FILES.values(), ids=FILES.keys())


def _row(**fields: Any) -> str:
    row = {"id": "a1", "question": "Who?", "kind": "fact", "split": "fit", "answers": []}
    return json.dumps(row | fields)


def _answer(phrase: str) -> list[dict[str, str]]:
    return [{"source": "k", "pinpoint": "para. 1", "phrase": phrase}]


def _place(phrase: str, pinpoint: str = "para. 1") -> GoldPlace:
    return GoldPlace(source="k", pinpoint=pinpoint, phrase=phrase)


ACT = read_markdown(
    "k",
    b"# Act\n\n## SEC. 107. Aid to victims.\n\n"
    b"(a) Aid abroad: the sum is due.\n\n"
    b"(b) Aid at home:\n\n"
    b"(1) The sum is due.\n\n"
    b"(2) The sum is paid.\n\n"
    b"## SEC. 108. Standards.\n\n"
    b"(b) The sum is due.",
    "en",
)
"""`sum is due` stands at sec. 107(a), 107(b)(1) and 108(b), `sum is` besides at 107(b)(2)."""


def test_a_row_gives_a_question_with_its_places(tmp_path: Path) -> None:
    path = tmp_path / "g.jsonl"
    path.write_text(_row(answers=_answer("a b"), history=["Why?"]) + "\n\n" + _row(id="u1") + "\n")
    answered, open_ = read_gold(path)
    assert answered.answers == (_place("a b"),)
    assert answered.history == ("Why?",)
    assert answered.answerable
    assert answered.sources == {"k"}
    assert not open_.answerable
    assert open_.sources == frozenset()
    assert open_.history == ()


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ('{"id": "a1"}', "question: Field required"),
        ("{", "Expecting property name"),
        (_row(kind="riddle"), "near-miss, related, other or languages"),
        (_row(split="half"), "'measure'"),
        (_row(answers=_answer("one 2 3 4 5 6 7 8 nine")), "has 9 words, expected 1 to 8"),
        (_row(answers=_answer(" ")), "has 0 words, expected 1 to 8"),
        (_row(answers=[{"source": "k", "section": [], "phrase": "x"}]), "pinpoint"),
        (_row(id="a0"), "id 'a0' stands in line 1 too"),
    ],
)
def test_a_bad_row_is_named_with_file_line_and_reason(
    tmp_path: Path, row: str, reason: str
) -> None:
    path = tmp_path / "g.jsonl"
    path.write_text(f"{_row(id='a0')}\n\n{row}\n")
    with pytest.raises(LibraryError, match=r"g\.jsonl, line 3: ") as caught:
        read_gold(path)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


def test_eight_words_are_not_too_many() -> None:
    assert _place("1 2 3 4 5 6 7 8").phrase == "1 2 3 4 5 6 7 8"


def test_a_phrase_that_stands_once_is_found_under_any_pinpoint() -> None:
    span = resolve(ACT, _place("sum is paid", "sec. 1"))
    assert ACT.cut(span) == "sum is paid"


@pytest.mark.parametrize(
    ("pinpoint", "before"),
    [
        ("sec. 107(a)", "(a) Aid abroad: the "),
        ("sec. 107(b)(1)", "(1) The "),
        ("sec. 107(b)", "(1) The "),
        ("sec. 108", "(b) The "),
    ],
)
def test_the_pinpoint_or_what_it_begins_tells_phrases_apart(pinpoint: str, before: str) -> None:
    span = resolve(ACT, _place("sum is due", pinpoint))
    assert ACT.cut(span) == "sum is due"
    assert ACT.text[: span.start].endswith(before)


@pytest.mark.parametrize(
    ("phrase", "pinpoint", "times", "fitting"),
    [
        ("sum was due", "sec. 107(a)", 0, 0),
        ("sum is due", "sec. 107", 3, 2),
        ("sum is due", "sec. 10", 3, 0),
        ("sum is due", "sec. 107(c)", 3, 0),
        ("sum is", "sec. 107(b)", 4, 2),
        ("Standards", "sec. 108", 0, 0),  # a heading is never quoted
    ],
)
def test_a_phrase_that_no_pinpoint_makes_single_is_refused(
    phrase: str, pinpoint: str, times: int, fitting: int
) -> None:
    message = f"'{phrase}' stands {times} times in k, {fitting} of them at '{pinpoint}'"
    with pytest.raises(LibraryError) as caught:
        resolve(ACT, _place(phrase, pinpoint))
    assert str(caught.value).startswith(message)


def test_an_article_holds_its_fractions_and_not_the_article_bis() -> None:
    text = (
        b"Art\xc3\xadculo 10. La pena es:\n\nI. De un a\xc3\xb1o, o\n\nII. De dos.\n\n"
        b"Art\xc3\xadculo 10 Bis. Sin un a\xc3\xb1o.\n\nArt\xc3\xadculo 11. Con un a\xc3\xb1o."
    )
    law = read_plain("k", text, "es")
    span = resolve(law, _place("un año", "Artículo 10"))
    assert law.text[: span.start].endswith("I. De ")
    assert resolve(law, _place("un año", "Artículo 10, fracción I")) == span


def test_paragraph_12_is_no_part_of_paragraph_1() -> None:
    text = "\n\n".join(f"Number {n} is {'odd' if n > 1 else 'one'}." for n in range(1, 13))
    document = plain_document(text, "k")
    with pytest.raises(LibraryError, match="stands 11 times in k, 0 of them"):
        resolve(document, _place("odd"))
    assert resolve(document, _place("odd", "para. 12")).start == len(text) - len("odd.")


def test_twice_in_one_sentence_is_not_once_even_where_they_overlap() -> None:
    with pytest.raises(LibraryError, match="stands 2 times in k, 2 of them"):
        resolve(plain_document("A no no no.", "k"), _place("no no"))


def test_white_space_of_the_document_matches_single_blanks() -> None:
    document = plain_document("The sum\nis   now\u00a0due.", "k")
    assert document.cut(resolve(document, _place("sum is now due"))) == "sum\nis   now\u00a0due"


def test_signs_of_a_phrase_are_no_pattern() -> None:
    document = plain_document("It cost 13.8 (or 1388) pesos.", "k")
    assert document.cut(resolve(document, _place("13.8 (or"))) == "13.8 (or"


@cache
def _document(key: str) -> Document:
    """The text of a source: that of the packaged library, else that of the shared sources."""
    folders = (PACKAGED, SHARED / "sources")
    files = [path for folder in folders for path in folder.glob(f"{key}.*")]
    texts = [path for path in files if path.suffix in {".md", ".pdf"}]
    if not texts and not SHARED.exists() and "CI" not in os.environ:
        pytest.skip(f"the text of {key} is not at {SHARED / 'sources'}")
    assert texts, f"no text of {key}"
    return read_document(key, texts[0], SOURCES[key].language)


@cache
def _units(section: Section, document: Document) -> frozenset[tuple[int, int]]:
    begin, end = section.body
    found = units(document.text[begin:end], section.language)
    return frozenset((begin + unit.start, begin + unit.end) for unit in found)


@EACH_FILE
def test_each_place_stands_in_one_sentence_of_its_document(
    questions: tuple[GoldQuestion, ...],
) -> None:
    for question in questions:
        for place in question.answers:
            document = _document(place.source)
            span = resolve(document, place)
            assert " ".join(document.cut(span).split()) == place.phrase
            section = next(s for s in document.sections if s.start <= span.start < s.end)
            whole = [a <= span.start and span.end <= b for a, b in _units(section, document)]
            assert any(whole), f"{question.id}: {place.phrase} crosses sentences"


@EACH_FILE
def test_no_question_is_asked_twice(questions: tuple[GoldQuestion, ...]) -> None:
    asked = Counter((q.history, q.question.casefold()) for q in questions)
    assert [question for question, times in asked.items() if times > 1] == []


@EACH_FILE
def test_each_kind_is_split_in_halves(questions: tuple[GoldQuestion, ...]) -> None:
    halves = Counter((q.kind, q.answerable, q.split) for q in questions)
    for kind, answerable, _ in list(halves):
        fit, tune, measure = (halves[kind, answerable, split] for split in SPLITS)
        assert abs(fit + tune - measure) <= 1, kind


@EACH_FILE
def test_kinds_say_whether_there_is_an_answer_and_a_history(
    questions: tuple[GoldQuestion, ...],
) -> None:
    for question in questions:
        follows = question.kind == "follow-up"
        assert bool(question.history) == follows, question.id
        open_ = question.kind in {"near-miss", "related", "other"}
        assert follows or question.answerable != open_, question.id


def test_kinds_that_name_languages_are_those_of_the_question_and_its_texts() -> None:
    named = 0
    for one in (one for questions in FILES.values() for one in questions):
        asked, *read = languages_of_kind(one.kind) or ("",)
        if asked:
            named += 1
            # Four keywords without a function word show no language.
            known = "es" if one.id == "s098" else language_of_question(one.question)
            assert known == asked, one.id
        for language in read:
            assert {SOURCES[key].language for key in one.sources} == {language}, one.id
    assert named > 60


@pytest.mark.parametrize("questions", [ARTICLE, FOLLOW_UPS], ids=["article", "follow-ups"])
def test_questions_on_the_article_name_no_other_source(
    questions: tuple[GoldQuestion, ...],
) -> None:
    assert {source for q in questions for source in q.sources} == {"delgado"}


def test_a_question_that_a_record_answers_asks_for_its_field() -> None:
    rows = [one for questions in FILES.values() for one in questions if one.record is not None]
    assert {one.split for one in rows} >= {"measure"}
    main = Library((PACKAGED,)).file.main
    for one in rows:
        assert one.record is not None
        asked = asked_about(one.question, language_of_question(one.question), SOURCES, main)
        assert asked == RecordQuestion(one.record.field, one.record.source), one.id


def test_there_are_enough_questions_of_each_kind() -> None:
    kinds = Counter[str](q.kind for q in ARTICLE)
    least = {"paraphrase": 25, "colloquial": 10, "keyword": 12, "typo": 15, "spanish": 20}
    assert {kind: n for kind, n in least.items() if kinds[kind] < n} == {}
    assert sum(q.answerable for q in ARTICLE) >= 155
    assert sum(not q.answerable for q in ARTICLE) >= 75
    assert kinds["near-miss"] >= 55
    assert sum(q.answerable for q in FOLLOW_UPS) >= 24
    assert sum(not q.answerable for q in FOLLOW_UPS) >= 6
