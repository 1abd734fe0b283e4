"""The engine's reasons and problems in Spanish; the engine itself says them in English."""

import re

from qa.abstain import TOO_FAR
from qa.engine import NO_CANDIDATES, NOT_RECORDED
from qa.web.texts import Texts

_SPANISH: tuple[tuple[str, str], ...] = (
    (re.escape(TOO_FAR), "Ningún pasaje de las fuentes se acerca lo bastante a esta pregunta."),
    (re.escape(NO_CANDIDATES), "Ninguna de las fuentes elegidas tiene un pasaje que buscar."),
    (re.escape(NOT_RECORDED), "La ficha de esta fuente no lo dice."),
    (
        r"No passage that comes close to this question names (.+)\.",
        r"Ningún pasaje cercano a esta pregunta nombra \1.",
    ),
    (
        r"The passage that comes closest does not name (.+)\.",
        r"El pasaje más cercano no nombra \1.",
    ),
    (
        r"Of (\d+) chosen sources none is .+: widen the filter\.",
        r"De las \1 fuentes elegidas ninguna pasa el filtro: amplíelo.",
    ),
    (
        r"The question holds no words: type a question about the sources\.",
        r"La pregunta no tiene palabras: escriba una pregunta sobre las fuentes.",
    ),
    (
        r"The question has ([\d,]+) characters, at most ([\d,]+) are read: shorten it.*",
        r"La pregunta tiene \1 caracteres y se leen como mucho \2: acórtela.",
    ),
    (
        r"No year in '(.*)': write four digits, such as 2017\.",
        r"«\1» no es un año: escriba cuatro cifras, como 2017.",
    ),
    (
        r"The years (\S+) end before they begin: write (\S+)\.",
        r"Los años \1 terminan antes de empezar: escriba \2.",
    ),
    (
        r"This answer came from index version (\S+), which is no longer \S+: ask again\.",
        r"Esta respuesta venía de la versión \1 del índice, que ya no existe: pregunte de nuevo.",
    ),
    (
        r"This link names no (?:quotation|place in the source): ask again\.",
        r"Este enlace no nombra ninguna cita: pregunte de nuevo.",
    ),
    (
        r"This link holds no question: type it below\.",
        r"Este enlace no contiene ninguna pregunta: escríbala abajo.",
    ),
)


def translated(message: str, texts: Texts) -> str:
    """The message in the language of the page, or as it is where that is not known."""
    if texts.language == "es":
        for pattern, words in _SPANISH:
            found = re.fullmatch(pattern, message, re.S)
            if found is not None:
                said = found.expand(words)
                return re.sub(r" and (\S+\.)$", r" y \1", said)
    return message
