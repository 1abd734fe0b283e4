"""Labels of paragraphs and the lists that they belong to."""

import pytest

from corpus.law.labels import label_paths, labels


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("(a) In general", ("a",), id="brackets"),
        pytest.param("a) In general", ("a",), id="half a bracket"),
        pytest.param("b)``Illegal entry”", ("b",), id="no blank"),
        pytest.param("1. Each State", ("1",), id="number"),
        pytest.param("XII. La fracción", ("XII",), id="roman"),
        pytest.param("(ii) (I) who has not", ("ii", "I"), id="two"),
        pytest.param("(aa) has made", ("aa",), id="doubled"),
        pytest.param("3.5 million people", (), id="decimal"),
        pytest.param("(ICE, 2017) says", (), id="reference"),
        pytest.param("Artículo 10.- Toda", (), id="article"),
        pytest.param("In 2016, the hotline", (), id="prose"),
        pytest.param("“(1) by threats", ("1",), id="quoted"),
        pytest.param("“77. Peonage", (), id="quoted line of a table"),
    ],
)
def test_labels_open_a_paragraph(text: str, found: tuple[str, ...]) -> None:
    assert labels(text) == found


@pytest.mark.parametrize(
    ("groups", "last"),
    [
        pytest.param("a 1 2 b", "b", id="back to the outer list"),
        pytest.param("a 1 A i I", "a 1 A i I", id="five deep"),
        pytest.param("h i j", "j", id="i after h"),
        pytest.param("h i ii", "h ii", id="i that begins a list"),
        pytest.param("1 a b 2 a", "2 a", id="treaty"),
        pytest.param("I II a b III", "III", id="fractions"),
        pytest.param("1 2 4", "4", id="a gap"),
        pytest.param("i 1 2 A i ii", "i 2 A ii", id="i that is a letter"),
    ],
)
def test_the_path_of_a_label_follows_the_lists_before_it(groups: str, last: str) -> None:
    paths = list(label_paths([label] for label in groups.split()))
    assert paths[-1] == tuple(last.split())


@pytest.mark.parametrize(
    ("groups", "paths"),
    [
        pytest.param("- I - II -", ["", "I", "I", "II", ""], id="second paragraph of an item"),
        pytest.param("I a b - II", ["I", "I a", "I b", "I", "II"], id="after an inner list"),
        pytest.param("I - a b", ["I", "I", "I a", "I b"], id="before an inner list"),
        pytest.param("a - c", ["a", "", "c"], id="before a gap in the list"),
    ],
)
def test_a_paragraph_without_labels_belongs_to_the_item_whose_list_goes_on(
    groups: str, paths: list[str]
) -> None:
    found = label_paths([] if label == "-" else [label] for label in groups.split())
    assert [" ".join(path) for path in found] == paths
