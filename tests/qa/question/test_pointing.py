"""Which questions point back to an earlier one, and which stand alone."""

import json

import pytest

from corpus.sources.library import PACKAGED
from qa.question.followup import standalone
from qa.question.pointing import points_back, telling_words

ARRESTS = "How many people did ICE arrest in 2017?"
VICTIMS = "How many victims were identified in Mexico in 2016?"


@pytest.mark.parametrize(
    "question",
    [
        "What is smuggling?",
        "What is human trafficking?",
        "what is debt bondage",
        "What's smuggling?",
        "What are coyotes?",
        "What is a T visa?",
        "What is a sentence?",
        "What is FEVIMTRA?",
        "Who is Delgado?",
        "What does smuggling mean?",
        "Define trafficking.",
        "Is smuggling legal?",
        "Is smuggling a crime?",
        "Who funds shelters?",
        "Who runs the hotline?",
        "What causes trafficking?",
        "What is the purpose of smuggling?",
        "What is the penalty for smuggling?",
        "How do vaccines work?",
        "human trafficking",
        "¿Qué es la trata de personas?",
        "¿Qué es la trata?",
        "¿Qué son los coyotes?",
        "¿Qué significa trata?",
        "¿Qué se entiende por esclavitud?",
        "¿Qué es una multa?",
        "¿Cuál es la pena por trata?",
        "¿Quién financia los refugios?",
        "¿Es legal el tráfico?",
        "What should victims do?",
        "What should a victim do?",
        "Where is Tenancingo?",
        "What does Polaris do?",
        "What does the TVPA do?",
        "Where are shelters?",
        "Trafficking is what?",
        "¿Qué causa la trata?",
        "¿Qué limita la visa?",
        "¿Dónde está Tenancingo?",
        "¿Dónde está la CNDH?",
        "donde esta Tenancingo",
        "¿Qué hace Polaris?",
        "¿Qué tiene Polaris?",
        "Can you tell me more about smuggling?",
        "¿Puedes decir más sobre la trata?",
        "Who wrote the article?",
        "What rights do victims have?",
        "What rights does the victim have?",
        "¿Qué derechos tienen las víctimas?",
        "¿Qué ayuda reciben las víctimas?",
        "¿Qué derechos tiene la víctima?",
        "¿Protege México a los migrantes?",
        "¿Incluye México a los niños en la ley?",
        "¿Cuándo entró en vigor el protocolo?",
        "¿Qué debe hacer el Estado con las víctimas para protegerlas?",
        "Do boys also get visas?",
    ],
)
def test_a_short_question_with_its_own_subject_stands_alone(question: str) -> None:
    assert not points_back(question, ARRESTS)
    assert not points_back(question, VICTIMS)
    assert standalone(question, [ARRESTS]) == question


@pytest.mark.parametrize(
    "question",
    [
        "How can I help?",
        "How can we help?",
        "How can I report?",
        "Can I help?",
        "What should I do?",
        "What can I do?",
        "What do we do?",
        "What can I do to help?",
        "What should I do first?",
        "What should I do if I see a victim?",
        "Who should I call?",
        "Where can I call?",
        "Who can help me?",
        "Do I have rights?",
        "What rights do I have?",
        "What are my rights?",
        "¿Cómo puedo ayudar?",
        "¿Cómo ayudo?",
        "¿Qué hago?",
        "¿Qué puedo hacer?",
        "¿Qué debo hacer?",
        "¿Qué se puede hacer?",
        "¿Qué puedo hacer para ayudar?",
        "¿Dónde denuncio?",
        "¿Dónde puedo denunciar?",
        "¿A quién llamo?",
        "¿Quién me puede ayudar?",
        "¿Quién puede ayudarme?",
        "¿Tengo derechos?",
        "¿Qué derechos tengo?",
        "¿Cuáles son mis derechos?",
    ],
)
def test_what_somebody_asks_for_themselves_stands_alone(question: str) -> None:
    assert not points_back(question, ARRESTS)
    assert not points_back(question, VICTIMS)


@pytest.mark.parametrize(
    "question",
    [
        "Who is the author?",
        "Who are the authors?",
        "What is the title?",
        "¿Quién es el autor?",
        "¿Quién es la autora?",
        "¿Quiénes son los autores?",
        "¿Cuál es el título?",
    ],
)
def test_a_question_on_a_source_that_names_none_takes_no_earlier_words(question: str) -> None:
    assert not points_back(question, ARRESTS)
    assert standalone(question, [ARRESTS, "What is smuggling?"]) == question


@pytest.mark.parametrize(
    "question",
    [
        "Is there a hotline for victims?",
        "Is there a hotline?",
        "Are there shelters for women?",
        "Aren't there any laws against smuggling?",
        "What is there still a pressing need for?",
        "How many shelters for victims are there in Mexico?",
        "Which shelters are there for trafficked women?",
        "Has there been a trial of smugglers?",
        "¿Hay refugios para mujeres?",
        "¿Hay refugios?",
        "¿Existe una línea de atención?",
        "¿Hubo juicios contra traficantes?",
    ],
)
def test_whether_there_is_something_is_asked_without_pointing_back(question: str) -> None:
    assert not points_back(question, ARRESTS)


@pytest.mark.parametrize(
    "question",
    [
        "Do victims lose their visa if they leave the country?",
        "Does Mexico City have a hotline and who pays for it?",
        "How do traffickers hide their profits?",
        "Must a victim testify before she gets a visa?",
        "What may a State do when it suspects a vessel?",
        "How many companies were sued over their supply chains?",
        "Do the two protocols set the same age as the act?",
        "Which services such as shelters do victims get?",
        "What happens to those who finance traffickers?",
        "Is it legal to hire a smuggled migrant?",
        "Does it matter that the victim agreed to be exploited?",
        "How many days is one day-fine in the Mexican law?",
        "Which rights do these UN protocols give to victims?",
        "What does that UN protocol do for victims?",
        "Is it true that smuggling kills migrants?",
        "How likely is it that victims testify?",
        "What does Mexico do that other countries do not?",
        "What rights do victims have that migrants lack?",
        "¿En qué nivel está Estados Unidos?",
        "¿Qué es lo que hace México contra la trata?",
        "¿La víctima declara en la misma sala que el acusado?",
        "¿Qué derechos tienen las víctimas y sus familias?",
        "¿Protege México a sus migrantes en la frontera?",
    ],
)
def test_a_word_that_means_something_in_the_same_question_does_not_point_back(
    question: str,
) -> None:
    assert not points_back(question, ARRESTS)


@pytest.mark.parametrize(
    "question",
    [
        "And in Mexico?",
        "And in 2016?",
        "What about children?",
        "What if the suspicion is wrong?",
        "Who funds it?",
        "How many of them were women?",
        "How many were women?",
        "How many were arrested in Mexico in 2016?",
        "How many women?",
        "How many in 2015?",
        "Since when?",
        "Why?",
        "In prison?",
        "In Mexico City?",
        "Who pays?",
        "Was anyone convicted?",
        "Which one is larger?",
        "Was that less than in 2015?",
        "Are children counted in that limit?",
        "What is the penalty?",
        "What is the maximum penalty?",
        "What was the penalty in 2016?",
        "How high is the fine?",
        "Is there a time limit?",
        "Are there exceptions?",
        "How many are there?",
        "Are there any?",
        "Who lives there?",
        "Who counts as the victim there?",
        "What is it?",
        "What rights do they have?",
        "What are its aims?",
        "Do victims call them?",
        "Does the law protect her from deportation?",
        "Who supports their families?",
        "Does Mexican law say the same?",
        "Tell me more.",
        "Can you tell me more?",
        "Could you give me more details, please?",
        "Please elaborate.",
        "Can you elaborate on that?",
        "What does that law say?",
        "In which year was that law passed?",
        "How old is that law?",
        "Who wrote that law?",
        "What does the law do?",
        "How much did ICE have?",
        "Does Mexico have any?",
        "Who was arrested?",
        "Why in Mexico?",
        "¿Y México?",
        "¿Y si es menor de edad?",
        "¿Quién la financia?",
        "¿Quién los fiscaliza?",
        "¿Cuántas fueron mujeres?",
        "¿Cuántas mujeres?",
        "¿Cuántas veces se reunió en 2019?",
        "¿Cuál es la pena?",
        "¿Cuál es la pena máxima?",
        "¿Hay excepciones?",
        "¿Desde cuándo?",
        "¿En México?",
        "¿Qué es eso?",
        "¿Quién es su director?",
        "¿De dónde salen sus recursos?",
        "¿Cuánto dura?",
        "¿Qué dice esa ley?",
        "¿Puedes decir más?",
        "¿Me puede dar más detalles, por favor?",
        "Cuéntame más.",
        "¿Podrías ampliar?",
        "¿Me das más información?",
        "¿Dónde están detenidos?",
        "¿Cuándo fue aprobada?",
        "¿Qué pena tiene?",
        "Also in Texas?",
        "also in texas",
        "Also for children?",
        "Also boys and girls?",
        "Even in Texas?",
        "Only in Texas?",
        "In Texas as well?",
        "Women as well?",
        "Including children?",
        "Does it also apply to boys?",
        "Are children included?",
        "Are boys also included?",
        "How can I help them?",
        "What can I do then?",
        "And what should I do?",
        "How do I apply?",
        "¿También en Texas?",
        "¿También los niños?",
        "¿Tampoco en Texas?",
        "¿Incluso en Texas?",
        "¿Solo en Texas?",
        "¿Sólo niñas?",
        "¿Incluye a niños?",
        "¿Incluye niños?",
        "¿Incluye a los niños?",
        "¿Incluía a menores?",
        "¿Incluye a niños y mujeres?",
        "¿Se incluye a los niños?",
        "¿Se aplica a los niños?",
        "¿También se aplica a los niños?",
        "¿Aplica en Texas?",
        "¿Vale para menores?",
        "¿Abarca a los niños?",
        "¿Cubre a los niños?",
        "¿Afecta a los migrantes?",
        "¿Protege a los niños?",
        "¿Cuándo entró en vigor?",
        "¿Cómo puedo ayudarlas?",
        "¿Qué puedo hacer al respecto?",
    ],
)
def test_what_leaves_something_out_points_back(question: str) -> None:
    assert points_back(question, ARRESTS)


def test_what_causes_something_is_asked_of_it_in_general_though_it_was_spoken_of() -> None:
    earlier = "¿Cuántas víctimas de la trata identificó México en 2016?"
    assert not points_back("¿Qué causa la trata?", earlier)
    assert points_back("¿Cuánto dura la trata?", earlier)


def test_the_letter_of_a_visa_is_one_of_the_words_that_a_follow_up_takes() -> None:
    taken = standalone("And the children?", ["How many T visas can a State issue?"])
    assert taken == "And the children? (t visas state issue)"
    # In capitals throughout, a letter is no name.
    assert "t" not in telling_words("DOES THE T VISA EXPIRE?", "en")


def test_a_noun_that_was_spoken_of_points_back_where_its_article_says_so() -> None:
    assert points_back("How long does the visa last?", "What is a T visa?")
    assert not points_back("How long does the visa last?", ARRESTS)
    assert not points_back("What is smuggling?", "What is the penalty for smuggling?")
    victims = "¿Cuántas víctimas identificó México en 2016?"
    assert not points_back("¿Qué derechos tienen las víctimas?", victims)
    assert not points_back("¿Qué derechos tiene la víctima?", victims)
    assert not points_back("What rights does the victim have?", VICTIMS)
    assert points_back("¿Qué costo tiene la visa?", "¿Qué es la visa T?")


def test_of_the_labelled_questions_all_but_one_that_point_back_are_known() -> None:
    rows = [
        json.loads(line)
        for file in sorted((PACKAGED / "gold").glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    later = [row for row in rows if row["history"]]
    missed = [row["id"] for row in later if not points_back(row["question"], row["history"][-1])]
    # `How many boats were searched in 2015?` says all but the sea on which they were.
    assert missed == ["t140"]
    alone = [row["question"] for row in rows if not row["history"]]
    assert sum(map(points_back, alone)) / len(alone) < 0.05
