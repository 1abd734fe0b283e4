"""A question as it is searched: language, words in both languages, sources that it names."""

from dataclasses import replace

import pytest

from corpus.errors import QuestionError
from corpus.sources.library import PACKAGED, Library
from corpus.text.documents import Span
from index.search.query import Candidate, Query
from index.versions.store import StoredPassage
from qa.answering.definitions import (
    asked_term,
    defines,
    prefer_defining_sentences,
    prefer_definitions,
)
from qa.question.followup import standalone
from qa.question.terms import Terms
from qa.question.understand import MAX_CHARACTERS, as_words, searchable, understood
from tests.toys import toy_source

LIBRARY = Library((PACKAGED,))


def test_a_term_is_translated_whole_and_its_parts_are_not() -> None:
    translated = LIBRARY.glossary.translated
    spanish = translated("What is the statute of limitations?", "en")["es"]
    assert spanish == ["prescripcion", "prescrib", "imprescript"]
    assert "jail" in translated("¿Cuántos años de prisión?", "es")["en"]
    assert translated("nothing known", "en") == {"es": []}


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("What does the Palermo Protocol say?", {"un2000b"}),
        ("What does the TVPA say of visas?", {"tvpa2000"}),
        ("penalty under Mexican law", {"camara2014"}),
        ("¿Qué pena prevé la ley mexicana?", {"camara2014"}),
        ("How many victims?", set()),
    ],
)
def test_the_sources_that_a_question_names_are_known(text: str, keys: set[str]) -> None:
    assert understood(text, LIBRARY.sources).named == keys


def test_a_question_is_searched_in_both_languages() -> None:
    query = understood("Who is the victim?", {}, library=LIBRARY)
    assert query.language == "en"
    assert {"en:victim", "es:victim"} <= set(query.words)


def test_a_question_without_words_or_without_end_is_refused() -> None:
    assert searchable(" a\u0000b \n c ") == "a b c"
    with pytest.raises(QuestionError, match="holds no words"):
        searchable("?!")
    with pytest.raises(QuestionError, match="shorten it"):
        searchable("a" * (MAX_CHARACTERS + 1))


def _candidate(text: str, context: str = "Title", language: str = "en") -> Candidate:
    passage = StoredPassage(0, "p", "k", Span(0, len(text)), 0, None, context, text, ())
    return Candidate(passage, 1.0, (), language=language)


def test_names_and_numbers_that_a_passage_lacks_are_told() -> None:
    terms = Terms(Query("How many victims did Guatemala identify in 2018?"))
    candidate = _candidate("Mexico identified 740 victims in 2016.")
    assert terms.missing_numbers(candidate) == ("2018",)
    assert terms.missing_names(candidate) == ("Guatemala",)
    assert terms.years == {"2018"}
    held = _candidate("In 2018 Guatemala identified two.")
    assert terms.missing_numbers(held) == terms.missing_names(held) == ()


def test_the_context_of_a_passage_counts_as_held() -> None:
    terms = Terms(Query("What did the DOS report in 2017?"))
    assert terms.missing_names(_candidate("Words.", "DOS (2017)")) == ()
    assert terms.missing_numbers(_candidate("Words.", "DOS (2017)")) == ()


@pytest.mark.parametrize(
    ("question", "history", "searched"),
    [
        pytest.param(
            "How many in 2015?",
            ["How many trafficking victims did Mexico identify in 2016?"],
            "How many in 2015? (trafficking victims mexico identify)",
            id="another year",
        ),
        pytest.param(
            "And in Mexico?",
            ["What is the penalty for trafficking in the U.S.?"],
            "And in Mexico? (penalty trafficking)",
            id="another place",
        ),
        pytest.param(
            "Who funds it?",
            ["What is the national hotline?"],
            "Who funds it? (national hotline)",
            id="pronoun",
        ),
        pytest.param(
            "And in 2015?",
            ["How many victims did Mexico identify in 2014?", "And in 2016?"],
            "And in 2015? (victims mexico identify)",
            id="over two turns",
        ),
        pytest.param(
            "¿Y en 2015?",
            ["¿Cuántas víctimas identificó México en 2016?"],
            "¿Y en 2015? (víctimas identificó méxico)",
            id="spanish",
        ),
        pytest.param(
            "Also in Texas?",
            ["What is the penalty for trafficking in California?"],
            "Also in Texas? (penalty trafficking california)",
            id="one more place",
        ),
        pytest.param(
            "¿Incluye a niños?",
            ["¿Qué es la definición de trata?"],
            "¿Incluye a niños? (definición trata)",
            id="spanish without a subject",
        ),
        pytest.param(
            "How does the T visa help victims of trafficking?",
            ["What is the penalty for smuggling?"],
            "How does the T visa help victims of trafficking?",
            id="a question of its own",
        ),
    ],
)
def test_a_question_that_points_back_is_searched_with_what_it_leaves_out(
    question: str, history: list[str], searched: str
) -> None:
    assert understood(question, {}, history, library=LIBRARY).text == searched


@pytest.mark.parametrize(
    ("question", "history", "read"),
    [
        ("And nets?", ["Who mends sails?"], "Who mends sails? / And nets?"),
        (
            "And ropes?",
            ["Who pays?", "Who sews?", "And nets?"],
            "Who sews? / And nets? / And ropes?",
        ),
        ("Who mends them?", ["Who mends them?"], "Who mends them? / Who mends them?"),
        ("Who pays for the hotline of victims?", ["Who mends sails?"], None),
        ("And nets?", [], None),
    ],
)
def test_a_question_that_points_back_is_read_after_the_two_before_it(
    question: str, history: list[str], read: str | None
) -> None:
    query = understood(question, {}, history, library=LIBRARY)
    assert query.text_to_read == (read or query.text)


def test_of_long_earlier_questions_a_reader_is_given_the_last_whole_words() -> None:
    # 42 words of six letters and a blank each, and "nets?": 299 characters.
    long = f"Who {'sailor ' * 100}nets?"
    query = understood("And ropes?", {}, [long], library=LIBRARY)
    assert query.text_to_read == f"{'sailor ' * 42}nets? / And ropes?"
    joined = understood("And ropes?", {}, ["o" * 1000], library=LIBRARY)
    assert joined.text_to_read == f"{'o' * 300} / And ropes?"


def test_typing_errors_are_mended_in_what_is_read_too() -> None:
    vocabulary = {"victims": 9, "shelters": 3}
    query = understood("And vicitms?", {}, ["Who runs sheltres?"], vocabulary, library=LIBRARY)
    assert query.text_to_read == "Who runs shelters? / And victims?"


def test_a_first_question_is_searched_as_it_stands() -> None:
    assert understood("Who funds it?", {}).text == "Who funds it?"


@pytest.mark.parametrize(
    ("question", "searched"),
    [
        ("How many vicitms?", "How many victims?"),
        ("the traficking protocol", "the trafficking protocol"),
        ("CEAV and teh visa", "CEAV and teh visa"),
        ("weather in Guatemala", "weather in Guatemala"),
        ("prision", "prision"),
    ],
)
def test_a_word_that_the_library_lacks_becomes_the_nearest_one(
    question: str, searched: str
) -> None:
    vocabulary = {"victims": 9, "victim": 3, "trafficking": 9, "protocol": 1, "visa": 2}
    assert understood(question, {}, (), vocabulary, library=LIBRARY).text == searched


def test_what_texts_say_for_a_word_is_looked_for_too() -> None:
    query = understood("¿Cuál es la pena?", {}, library=LIBRARY)
    assert "es:impondr" in query.related
    assert "es:pen" not in query.related
    assert understood("Who funds the hotline?", {}, library=LIBRARY).related == ()


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("How is trafficking in persons defined?", {"traffick", "person"}),
        ("What does debt bondage mean under the TVPA?", {"debt", "bondag"}),
        ("¿Qué se entiende por esclavitud?", {"esclavitud"}),
        ("How many victims are there?", set()),
    ],
)
def test_the_term_whose_definition_is_asked_for_is_known(question: str, term: set[str]) -> None:
    assert asked_term(understood(question, {})) == term


@pytest.mark.parametrize(
    ("sentence", "language", "defining"),
    [
        ("“Trafficking in persons” shall mean the recruitment …", "en", True),
        ("On the other hand, human trafficking involves the transfer …", "en", True),
        ("Smuggling of migrants is defined as the procurement …", "en", False),
        ("Trafficking in persons is a crime.", "en", False),
        ("Se entiende por otra cosa la captación …", "es", False),
    ],
)
def test_a_sentence_defines_what_stands_beside_its_verb(
    sentence: str, language: str, defining: bool
) -> None:
    assert defines(sentence, frozenset({"traffick", "person"}), language) is defining


def test_a_passage_that_defines_comes_first() -> None:
    other, defining = _candidate("Cats are animals."), _candidate("A cat means an animal.")
    query = understood("How is a cat defined?", {})
    spans = (Span(0, 22),)
    passage = replace(defining.passage, sentences=spans)
    defining = replace(defining, score=0.85, sentence_scores=(0.5,), passage=passage)
    term = asked_term(query)
    best = prefer_definitions(query, term, [other, defining])[0]
    assert best.passage.text == "A cat means an animal."
    assert best.score == pytest.approx(0.85 + 0.2)
    (quoted,) = prefer_defining_sentences(query, term, [best])
    assert quoted.score == best.score  # it is raised once
    assert quoted.sentence_scores == pytest.approx((0.5 + 0.2,))
    plain = understood("Is a cat an animal?", {})
    assert prefer_defining_sentences(plain, asked_term(plain), [best]) == (best,)


def test_of_a_long_conversation_the_topic_and_the_last_question_count() -> None:
    history = (
        "How many victims did Mexico identify in 2016?",
        "Who paid for the campaign in airports?",
        "And for the hotline?",
        "And its shelters?",
    )
    found = standalone("Who runs them?", history)
    assert found == "Who runs them? (paid campaign airports shelters)"


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("Were 2,500,000 people freed?", {"2500000"}),
        ("Were 2.5 million people freed?", {"2500000"}),
        ("¿Se liberó a 2,5 millones de personas?", {"2500000"}),
        ("Do the two countries free two million people in 2016?", {"2000000", "2016"}),
        ("What does section 107 say of 2 million people?", {"2000000"}),
    ],
)
def test_the_numbers_of_a_question_are_one_in_every_spelling(
    question: str, numbers: set[str]
) -> None:
    assert understood(question, {}).numbers == numbers


@pytest.mark.parametrize(
    ("typed", "searched"),
    [
        pytest.param("143470 people", "143,470 people", id="no separators"),
        pytest.param("143,470 or 143.470", "143,470 or 143.470", id="with separators"),
        pytest.param("section 1589 in 2017", "section 1589 in 2017", id="four digits"),
        pytest.param("zip 02139, H12345", "zip 02139, H12345", id="no count"),
    ],
)
def test_long_numbers_are_searched_as_texts_write_them(typed: str, searched: str) -> None:
    assert understood(typed, {}).text == searched
    assert understood(typed, {}, as_typed=True).text == typed


def test_without_its_stage_nothing_but_the_words_of_a_question_is_searched() -> None:
    asked = as_words("What does Article 6 of the TVPA say of 143470 victms?")
    assert asked.text == "What does Article 6 of the TVPA say of 143470 victms?"
    extra = (asked.related, asked.named, asked.near, asked.provisions, asked.numbers)
    assert not any(extra)
    assert "en:victm" in asked.words
    assert all(word.startswith("en:") for word in asked.words)


def test_laws_of_a_state_that_a_question_names_are_near() -> None:
    sources = {
        "law": toy_source("law", jurisdiction="Mexico"),
        "act": toy_source("act", jurisdiction="United States"),
        "other": toy_source("other"),
    }
    assert understood("Is it punished in Mexico?", sources, library=LIBRARY).near == {"law"}
    assert understood("Is it punished?", sources, library=LIBRARY).near == frozenset()


@pytest.mark.parametrize(
    "odd",
    ["", "???", "😀", "\x00\n", "x" * 30_000],
    ids=["empty", "marks", "face", "control", "long"],
)
def test_earlier_messages_without_words_say_nothing(odd: str) -> None:
    history = ["What is the penalty for smuggling?", odd]
    found = understood("And for trafficking?", {}, [history[0]])
    if odd.strip("x"):
        assert understood("And for trafficking?", {}, history) == found
    assert understood("And for trafficking?", {}, history).text.startswith("And for trafficking?")


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("And what about us?", True),
        ("And can they help us?", True),
        ("And in the US?", False),
        ("And in Guatemala?", False),
        ("¿Y en EE. UU.?", False),
    ],
)
def test_a_state_gives_way_to_another_and_not_to_a_pronoun(question: str, kept: bool) -> None:
    found = understood(question, {}, ["What is the penalty in Mexico?"], library=LIBRARY)
    assert ("mexico" in found.text.casefold().removeprefix(question.casefold())) is kept


def test_without_data_files_of_a_library_no_rule_that_needs_them_applies() -> None:
    sources = {"law": toy_source("law", jurisdiction="Mexico")}
    history = ["What is the penalty in the United States?"]
    query = understood("And in Mexico?", sources, history)
    assert query.text == "And in Mexico? (penalty united states)"
    assert query.near == frozenset()
    assert query.related == ()
    assert all(word.startswith("en:") for word in query.words)
