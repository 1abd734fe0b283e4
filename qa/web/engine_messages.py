"""The engine's reasons and problems in Spanish; the engine itself says them in English."""

import re

from corpus.fetching.addresses import NO_ADDRESS
from corpus.wording import Wording
from qa.answering.confidence import TOO_FAR
from qa.answering.engine import NO_CANDIDATES, NOT_RECORDED
from qa.library import coverage
from qa.library import source_states as states

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
    (re.escape(NO_ADDRESS), "la ficha no tiene dirección: añada un archivo abajo"),
    (re.escape(coverage.NOT_FETCHED), "todavía no se ha obtenido"),
    (re.escape(coverage.NOT_BUILT), "su texto está aquí: reconstruya para indexarlo"),
    (re.escape(states.NOT_BUILT), "nueva o cambiada desde la última construcción: reconstruya"),
    (
        r"no text on (\d+) of (\d+) pages, blank or scanned: (.+)",
        r"sin texto en \1 de \2 páginas, en blanco o escaneadas: \3",
    ),
    (r"(\S+): no such host \(.*\)", r"\1: no existe ese servidor o no hay red"),
    (r"(\S+): not to be fetched \((.+)\)", r"\1: no se pudo obtener (\2)"),
    (r"(\S+): more than (\d+) redirects", r"\1: más de \2 redirecciones"),
    (
        r"(\S+): not complete after (\d+) seconds",
        r"\1: incompleta después de \2 segundos",
    ),
    (
        r"(\S+): more than (\d+) MB; .+",
        r"\1: más de \2 MB; descárguela en un navegador y añada el archivo",
    ),
    (r"(\S+): a page that says (“.+”) .+", r"\1: una página que dice \2 en lugar del texto"),
    (
        r"(\S+): not the text of (“.+”): it lacks (.+)",
        r"\1: no es el texto de \2: le falta \3",
    ),
    (r"(\S+): sent .+", r"\1: no envió ni PDF ni página ni texto"),
    (
        r"'(.+)' is still going on: .+",
        r"Aún hay un trabajo en marcha (\1): espere o cancélelo",
    ),
    (r"the library is being changed: .+", "la biblioteca está cambiando: espere un momento"),
    (
        r"stopped by an unexpected error: .+",
        "detenido por un error inesperado: está en el registro del servidor",
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
    (
        r"no document '(.+)' in the index.*",
        r"no hay ningún documento \1 en el índice",
    ),
    (r"no reader for '(.*)'; save it as one of (.+)", r"no se lee «\1»; guárdelo como \2"),
    (r"'(.*)' is no year: .+", r"«\1» no es un año: cuatro cifras, o nada"),
    (r"asking, (.+)", r"preguntando, \1"),
    (
        r"going on after a build that was cut off \(.+\)",
        "se continúa una construcción interrumpida",
    ),
)
_ON_THE_PAGE = {
    NO_ADDRESS: "the record has no address: add a file of it below",
    coverage.NOT_BUILT: "its text is here: rebuild to index it",
    states.NOT_BUILT: "new or changed since the last build: rebuild to index it",
}
"""What the engine says for the command line, in the words of the page."""
_TRIED = re.compile(r"tried (\S+): (.+)", re.S)


def translated(message: str, texts: Wording) -> str:
    """The message in the words and the language of the page, or as it is where none are known."""
    if texts.language == "es":
        if tried := _TRIED.fullmatch(message):
            reasons = (translated(one, texts) for one in tried[2].split("; "))
            return f"se intentó el {tried[1]}: {'; '.join(reasons)}"
        for pattern, words in (*_SPANISH, *_OF_THE_LIBRARY):
            found = re.fullmatch(pattern, message, re.S)
            if found is not None:
                said = found.expand(words)
                return re.sub(r" and (\S+\.)$", r" y \1", said)
    return _ON_THE_PAGE.get(message, message) if texts.language == "en" else message
