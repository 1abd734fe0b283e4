"""Questions in the form of SQuAD."""

import json
from pathlib import Path

import pytest

from corpus.errors import EvaluationError
from qa.evaluate.data.squad import paragraph_id, read_squad


def _squad(path: Path, *paragraphs: tuple[str, list[tuple[str, str, str]]]) -> Path:
    data = [
        {
            "paragraphs": [
                {
                    "context": text,
                    "qas": [
                        {
                            "id": name,
                            "question": question,
                            "answers": [{"text": a, "answer_start": text.rindex(a)}] if a else [],
                        }
                        for name, question, a in asked
                    ],
                }
                for text, asked in paragraphs
            ]
        }
    ]
    path.write_text(json.dumps({"data": data}))
    return path


def test_squad_questions_know_their_paragraph_and_the_place_that_answers(tmp_path: Path) -> None:
    text = "Cats purr. Lions are cats. Cats sleep."
    path = _squad(tmp_path / "s.json", (text, [("1", "Who sleeps?", "Cats"), ("2", "Why?", "")]))
    first, second = read_squad(path).questions
    assert dict(first.grades) == {paragraph_id(text): 1}
    assert first.places[0].nth == 1  # the second of two `Cats`
    assert not second.answerable


def test_questions_of_one_language_ask_paragraphs_of_another(tmp_path: Path) -> None:
    english = _squad(tmp_path / "en.json", ("Cats purr.", [("1", "Who purrs?", "Cats")]))
    spanish = _squad(
        tmp_path / "es.json", ("Los gatos ronronean.", [("1", "¿Quién?", "Los gatos")])
    )
    data = read_squad(english, spanish)
    assert data.questions[0].text == "Who purrs?"
    assert data.documents[0].text == "Los gatos ronronean."
    assert data.name == "en on es"
    other = _squad(tmp_path / "no.json", ("Nada.", [("9", "¿?", "Nada")]))
    with pytest.raises(EvaluationError, match="lacks question 1"):
        read_squad(english, other)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"answers": [{"text": "the", "answer_start": -8}]}, "'answer_start': -8"),
        ({"answers": [{"text": "Ships", "answer_start": 0.0}]}, "'answer_start': 0.0"),
        ({"answers": [], "is_impossible": False}, "of a question that is possible"),
        ({"question": " "}, "'question': ' '"),
        ({"id": None}, "'id': None"),
        ({"answers": None}, "mend the row"),
    ],
)
def test_a_bad_question_of_squad_is_named(
    tmp_path: Path, change: dict[str, object], message: str
) -> None:
    file = _squad(tmp_path / "s.json", ("Ships sail the sea.", [("a", "What sails?", "Ships")]))
    data = json.loads(file.read_text())
    data["data"][0]["paragraphs"][0]["qas"][0] |= change
    file.write_text(json.dumps(data))
    with pytest.raises(EvaluationError, match=r"paragraphs\[0\].qas\[0\]") as caught:
        read_squad(file)
    assert message in str(caught.value)


def test_a_file_of_squad_without_a_list_is_refused(tmp_path: Path) -> None:
    for text in ('{"data": null}', '{"data": 5}', "[]", "{"):
        (tmp_path / "s.json").write_text(text)
        with pytest.raises(EvaluationError, match="not SQuAD's form"):
            read_squad(tmp_path / "s.json")


def test_what_is_impossible_has_no_answer(tmp_path: Path) -> None:
    file = _squad(tmp_path / "s.json", ("Ships sail the sea.", [("a", "What sails?", "Ships")]))
    data = json.loads(file.read_text())
    data["data"][0]["paragraphs"][0]["qas"][0]["is_impossible"] = True
    file.write_text(json.dumps(data))
    (question,) = read_squad(file).questions
    assert not question.answerable


def test_an_answer_that_does_not_stand_there_is_named(tmp_path: Path) -> None:
    path = _squad(tmp_path / "s.json", ("Cats purr.", [("1", "Who?", "Cats")]))
    raw = json.loads(path.read_text())
    raw["data"][0]["paragraphs"][0]["qas"][0]["answers"][0]["answer_start"] = 3
    path.write_text(json.dumps(raw))
    with pytest.raises(EvaluationError, match=r"question 1: 'Cats' does not stand at 3"):
        read_squad(path)
