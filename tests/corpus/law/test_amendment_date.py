import pytest

from corpus.law.amendment_date import version_date
from corpus.readers import read_document
from tests.toys import SHARED

LAW = SHARED / "sources" / "camara2014.pdf"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Última reforma publicada DOF 14-11-2025", "2025-11-14"),
        ("Últimas reformas publicadas en el D.O.F. 1/2/2014\n", "2014-02-01"),
        ("ÚLTIMA REFORMA PUBLICADA EN EL DOF 09-03-2018", "2018-03-09"),
        ("[As Amended Through P.L. 114–22, Enacted May 29, 2015]", "2015-05-29"),
        ("Last amended on March 7, 2013.", "2013-03-07"),
        ("Some act.\nApproved October 28, 2000.\n", "2000-10-28"),
        ("It was approved October 28, 2000.", None),
        ("Nueva ley publicada en el DOF 14-06-2012", None),
        ("Última reforma publicada DOF 31-02-2020", None),
        ("", None),
    ],
)
def test_the_date_of_a_version_is_that_of_its_last_amendment(text: str, date: str | None) -> None:
    assert version_date(text) == date


def test_the_date_is_found_at_either_end_of_a_long_text_and_not_in_between() -> None:
    notice, filler = "Última reforma publicada DOF 14-11-2025", "Palabras. " * 3000
    assert version_date(notice + filler) == "2025-11-14"
    assert version_date(filler + notice) == "2025-11-14"
    assert version_date(filler + notice + filler) is None


@pytest.mark.skipif(not LAW.exists(), reason="needs the shared sources beside us")
def test_the_law_at_hand_is_the_text_of_november_2025() -> None:
    assert version_date(read_document("camara2014", LAW, "es").text) == "2025-11-14"
