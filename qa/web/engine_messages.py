"""The engine's reasons and problems in Spanish; the engine itself says them in English."""

import re

from corpus.wording import Wording
from qa.answering.confidence import TOO_FAR
from qa.answering.engine import NO_CANDIDATES, NOT_RECORDED

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
        r"The filter holds what it cannot: .+",
        "El filtro no se pudo leer: vuelva a cargar la página.",
    ),
    (
        r"This link holds no question: type it below\.",
        r"Este enlace no contiene ninguna pregunta: escríbala abajo.",
    ),
)
_OF_THE_LIBRARY: tuple[tuple[str, str], ...] = (
    (
        r"no text on (\d+) of (\d+) pages, blank or scanned: (.+)",
        r"sin texto en \1 de \2 páginas, en blanco o escaneadas: \3",
    ),
    (
        r"“(.+)” is there as '(.+)': add .+",
        r"«\1» ya está como \2: añada el archivo como texto de esa fuente",
    ),
    (
        r"'(.+)' is no source without a text: .+",
        r"\1 no es una fuente sin texto: elija una de la lista",
    ),
    (r"(\S+): the PDF is cut off .+", r"\1: el PDF está incompleto"),
    (
        r"no source '(.+)' in (?:the index|index version .+)",
        r"no hay ninguna fuente \1 en el índice",
    ),
    (r"'(.*)' is no year: .+", r"«\1» no es un año: cuatro cifras, o nada"),
)


def translated(said: object, texts: Wording) -> str:
    """The message in the words and the language of the page, or as it is where none are known."""
    message = texts.say(said)
    if texts.language == "es":
        for pattern, words in (*_SPANISH, *_OF_THE_LIBRARY):
            found = re.fullmatch(pattern, message, re.S)
            if found is not None:
                return re.sub(r" and (\S+\.)$", r" y \1", found.expand(words))
    return message
