"""Spanish."""

import re
from types import MappingProxyType

from bm25s.stopwords import STOPWORDS_SPANISH

from corpus.languages.language import (
    Definitions,
    Language,
    PointingBack,
    Reliance,
    SentenceWords,
    numbered,
)

_THING = (
    r"(?:(?i:\b(?:el|la|los|las|una?|unos|unas|cada|algún|alguna|cualquier)\s[^\W\d_]{3})"
    r"|(?<=\w )[A-ZÁÉÍÓÚÑ][\w.])"
)
_CLAUSE = (
    r".*(?:[,;]|\b(?i:antes|aunque|como|cuando|después|donde|e|mientras|ni|o|para|pero|porque|que|"
    r"quien|quienes|si|sin|y)\b)"
)

_ASKING = r"(?:c[oó]mo|cu[aá]ndo|d[oó]nde|a qui[eé]n|qu[eé])"
_INCLUDES = (
    r"(?:abarca(?:ba)?|afecta(?:ba)?|aplica(?:ba)?|comprend(?:e|[ií]a)|cubr(?:e|[ií]a)|"
    r"inclu(?:ye|[ií]a)|proteg(?:e|[ií]a)|rige|sirve|vale)n?"
)
_WITHOUT_SUBJECT = (
    rf"(?:no )?(?:tambi[eé]n )?(?:se )?{_INCLUDES} (?:tambi[eé]n )?(?:(?:a|en|para) )?"
    r"(?:(?:al|el|la|las|los) )?(?!una? )\w+(?: (?-i:[A-ZÁÉÍÓÚÑ])[\w-]+)*(?: (?:y|e|o|de) .+)?$"
)
"""A verb and a single noun, before which stands no subject."""

SPANISH = Language(
    code="es",
    stemmer="spanish",
    # `Estado` is what a law is about, though a list of stop words has it as a form of `estar`.
    stop_words=(frozenset(STOPWORDS_SPANISH) | {"según"}) - {"estado", "estados"},
    interrogatives=frozenset(
        "cómo cuál cuáles cuándo cuánta cuántas cuánto cuántos dónde qué quién quiénes".split()
    ),
    additives=frozenset("incluso solamente tampoco también".split()),
    marks="¿¡ñáéíóú",
    requests=frozenset("cómo cuál cuándo define dónde qué quién".split()),
    courtesies=re.compile(
        r"\b(?:hola|buen(?:[ao]s)? (?:d[ií]as?|noches|tardes)|buenas|qu[eé] tal|c[oó]mo est[aá]s"
        r"|(?:no,? )?(?:mil |muchas |much[ií]simas )?gracias|(?:(?:necesit(?:o|amos)|pido) )?ayuda"
        r"|ay[uú]d[ae]n?(?:me|nos)|(?:me|nos) ayudas"
        r"|(?:me|nos) (?:podr[ií]as?|puedes) ayudar|(?:podr[ií]as?|puedes?) ayudar(?:me|nos)"
        r"|auxilio|socorro|por favor|adi[oó]s|hasta luego)\b",
        re.I,
    ),
    articles=("el", "la"),
    numerals=numbered("dos tres cuatro cinco seis siete ocho nueve diez once doce"),
    scales=MappingProxyType(
        {
            "mil": 10**3,
            **dict.fromkeys(("millón", "millon", "millones"), 10**6),
            **dict.fromkeys(("billón", "billon", "billones"), 10**12),
        }
    ),
    counting=re.compile(r"\bcu[aá]nt[oa]s?\b", re.I),
    sentences=SentenceWords(
        never_final=frozenset(
            (
                "admón aprox arq av avda cd cf cfr col dept depto dip dña dr dra dras dres ed "
                "ej excmo fr fracc gob gral ing lcda lcdo lic licda licdo ma mtra mtro núm p.ej "
                "par parr párr párrs pbro prof profa prol pte sen sr sra sras sres srita srta "
                "sto tel v vid vs"
            ).split()
        ),
        before_numbers=frozenset(
            (
                "art arts cap caps fig figs fol fols fracc fracs inc incs lib no nos nro p pág "
                "págs pp sec secc tít tom vol vols"
            ).split()
        ),
        openers=tuple(
            (
                "Además Ahora Al Algunas Algunos Ambas Ambos Antes Aquel Aquella Así Aun Aunque "
                "Cada Como Con Conforme Contra Cuando De Del Desde Después Dicha Dicho Donde "
                "Durante El Él Ella Ellas Ellos En Entonces Entre Es Esa Ese Eso Esta Estas "
                "Este Esto Estos Finalmente Fue Ha Hasta Hay La Las Le Lo Los Luego Mientras "
                "Muchas Muchos Nadie Ni Ninguna Ninguno Nunca Otra Otras Otro Otros Para Pero "
                "Por Pues Que Qué Quien Quién Según Se Si Sí Sin Sobre Solo Sólo Su Sus También "
                "Tampoco Toda Todas Todo Todos Tras Un Una Unas Unos Ya Yo"
            ).split()
        ),
        enumerators=tuple("Primero Segundo Tercero Cuarto Quinto Hoy".split()),
        conjunctions=("y", "e", "o", "u"),
    ),
    pointing_back=PointingBack(
        openings=re.compile(r"(?:y|pero|o|qu[eé] hay de|qu[eé] pasa (?:con|si))\b", re.I),
        more=re.compile(
            r"(?:por favor,? )?(?:(?:me|nos) )?(?:(?:puede[ns]?|podr[ií]a[ns]?) )?"
            r"(?:ampl[ií]ar?|contar|cu[eé]nt[ae]|d[aei]|das|dar|decir|d[ií]ga|explicar?)"
            r"(?:me|nos)?(?: (?:algo|un poco))?(?: más)?(?: (?:detalles|ejemplos|información))?"
            r"(?:,? por favor)?$",
            re.I,
        ),
        pointing=re.compile(
            r"\b(?:ell[ao]s?|ello|es[aeo]|es[ao]s|est[aeo]|est[ao]s|él|sus?|all[ií]|ah[ií]|lo|"
            r"mism[ao]s?|entonces|aquel(?:l[ao]s?)?|al respecto(?! de))\b",
            re.I,
        ),
        innocent=re.compile(
            r"\blo (?:que|cual)\b|\bpor lo (?:menos|tanto)\b|\ba lo largo\b"
            r"|\b(?:c[oó]mo|d[oó]nde) esta\b|\besta (?:escrit|permitid|prohibid)\w+"
            r"|\bmism[oa]s? [^\W\d_]+ que\b",
            re.I,
        ),
        antecedents=MappingProxyType(
            {
                **dict.fromkeys(
                    "ella ellas ellos ello él mismo misma mismos mismas entonces lo".split(),
                    re.compile(_THING + _CLAUSE),
                ),
                **dict.fromkeys(("su", "sus"), re.compile(_THING)),
            }
        ),
        elided=re.compile(
            r"cu[aá]nt[oa]s (?:de (?:ell|es)[ao]s|en|se|han?|son|eran|fueron|est[aá]n|estaban|"
            r"hay|hab[ií]a|hubo)\b"
            rf"|{_WITHOUT_SUBJECT}|cu[aá]ndo entr\w+ en vigor$"
            rf"|(?:{_ASKING}|qui[eé]n) (?:\w+ ){{1,2}}\w+[aei]rl[aeo]s?$",
            re.I,
        ),
        fragment=re.compile(
            r"(?:(?:incluso|s[oó]lo|tambi[eé]n|tampoco) (?:(?:a|al|el|la|las|los) )*\w+"
            r"(?: (?:y|e|o) (?:(?:a|el|la|las|los) )*\w+)?$"
            r"|(?:(?:incluso|no|s[oó]lo|tambi[eé]n|tampoco) )?(?:ante|bajo|con|contra|de|desde|"
            r"durante|en|hasta|para|por|seg[uú]n|sin|sobre)\b)"
            r"(?!.*\b(?:es|son|era|fue|fueron|hay|han?|tienen?|pueden?|deben?|est[aá]n?|"
            r"qu[eé]|qui[eé]n(?:es)?|cu[aá]l(?:es)?|cu[aá]ndo|d[oó]nde|c[oó]mo|"
            r"cu[aá]nt[oa]s?)\b)",
            re.I,
        ),
        definitions=re.compile(
            r"(?:(?:qu[eé]|qui[eé]n(?:es)?) (?:es|son|era|eran|fue|fueron)"
            r"|qu[eé] (?:significan?|se entiende por)|defin[ae]|expli(?:ca|que)) "
            r"(?P<kind>una? )?",
            re.I,
        ),
        existence=re.compile(r"(?:no )?(?:hay|hab[ií]a|hubo|habr[aá]|exist(?:e|[ií]a)n?)\b", re.I),
        complete=re.compile(
            r"(?:c[oó]mo|cu[aá]ndo|d[oó]nde|(?:por )?qu[eé]) (?:es|son|era|eran|fue|fueron|"
            r"est[aá]n?|estaban?|tienen?|ten[ií]an?|tuvo|tuvieron) (?:(?:el|la|los|las) )?"
            r"(?-i:[A-ZÁÉÍÓÚÑ])[\w’'-]*$"
            # What is spoken of in general has its article as well.
            r"|qu[eé] (?:causa|motiva|origina|provoca)n? (?:el|la|los|las) [\w-]+$"
            r"|qu[eé] [\w-]+ \w+n (?:los|las) [\w-]+$"
            r"|qu[eé] (?:deberes|derechos|obligaciones) \w+ (?:el|la) [\w-]+$",
            re.I,
        ),
        for_oneself=re.compile(
            rf"{_ASKING} (?:(?:me )?(?:acudo|ayudo|denuncio|digo|hago|llamo)|"
            r"(?:acud|ayud|denunci|hac|llam)[aei]mos|"
            r"(?:(?:puedo|podemos|podr[ií]a(?:mos)?|debo|debemos|deber[ií]a(?:mos)?|tengo que|"
            r"tenemos que|hay que|se debe|se puede) "
            r"(?:actuar|acudir|ayudar|denunciar|hacer|llamar)))"
            r"(?: (?:ahora|para ayudar|primero|(?:cuando|si) .+))?$"
            r"|qui[eé]n (?:(?:me|nos) (?:ayuda|(?:puede|podr[ií]a) ayudar)|puede ayudar(?:me|nos))$"
            r"|(?:qu[eé] )?(?:derechos )?(?:tengo|tenemos)(?: derechos)?$"
            r"|cu[aá]les son (?:mis|nuestr[ao]s) (?:deberes|derechos|opciones)$",
            re.I,
        ),
        relations=(
            "autor autora castigo causa condena condición consecuencia costo coste definición "
            "diferencia dirección director directora duración edad efecto ejemplo excepción "
            "fecha fin finalidad fuente fundador jefe límite líder máximo mínimo miembro monto "
            "motivo multa nombre número objetivo papel pena plazo porcentaje precio presidente "
            "presupuesto procedimiento proceso propósito razón requisito resultado salario "
            "sanción significado sueldo tasa total ventaja actual anual exacto federal legal "
            "máxima mínima oficial otro primero principal prisión promedio teléfono último "
            "usual"
        ),
        determiners=r"(?:el|la|los|las|una?|alg[uú]n|alguna|qu[eé]|cu[aá]l)",
        complements=r"(?:del?|por|para|entre|contra|el|la|los|las)",
        definite=re.compile(r"\b(?:el|la|los|las) ([^\W\d_]+)", re.I),
        vague=frozenset("alguien nadie ninguno ninguna veces vez".split()),
    ),
    definitions=Definitions(
        asked=re.compile(
            r"(?:c[oó]mo se define(?:n)? (?P<a>.+)|qu[eé] se entiende por (?P<b>.+)"
            r"|definici[oó]n de (?P<c>.+)|qu[eé] significa(?:n)? (?P<d>.+))",
            re.I,
        ),
        bounds=r"(?:en|seg[uú]n)",
        before=re.compile(r"\b(?:significa|consiste en|se define como|es el delito)\b", re.I),
        after=re.compile(r"\bse (?:entiende|entender[aá]|considera) por\b", re.I),
    ),
    reliance=Reliance(
        openings=re.compile(
            r"(?:est[aeo]s?|es[ao]s?|ello|ellos|ellas|dich[ao]s?|ambos|ambas|tal(?:es)?|asimismo|"
            r"además|también|igualmente|sin embargo|no obstante|por (?:ello|lo tanto|consiguiente|"
            r"tanto)|en (?:este|esta|estos|estas|dich[ao]s?|tal(?:es)?) |lo anterior|primero|"
            r"segundo|tercero|finalmente|por (?:otro lado|otra parte|ejemplo))\b",
            re.I,
        ),
        definite=re.compile(r"(?:el|la|los|las) ([^\W\d_]+(?:[- ][^\W\d_]+)?)", re.I),
        indefinite=re.compile(r"\buna?\s((?:[^\W\d_][\w’'-]*\s?){1,5})", re.I),
    ),
    on_sources=MappingProxyType(
        {
            "author": re.compile(
                r"(?:qui[eé]n(?:es)? (?:escribi[oó]|public[oó]|es (?:el|la) autora? de)"
                r"|autora? de) (?P<of>.+)"
                r"|qui[eé]n(?:es)? (?:es|son) (?:el|la|los|las) autor(?:a|as|es)?",
                re.I,
            ),
            "title": re.compile(
                r"(?:cu[aá]l es el t[ií]tulo de|t[ií]tulo de) (?P<of>.+)|cu[aá]l es el t[ií]tulo",
                re.I,
            ),
            "date": re.compile(
                r"(?:cu[aá]ndo|en qu[eé] a[nñ]o) se (?:public[oó]|escribi[oó]) (?P<of>.+)", re.I
            ),
            "about": re.compile(
                r"(?:de|sobre) qu[eé] (?:trata|habla|es) (?P<of>.+)|resumen de (?P<b>.+)", re.I
            ),
            "cites": re.compile(
                r"qu[eé] (?:fuentes|referencias|obras) (?:cita|usa) (?P<of>.+)"
                r"|bibliograf[ií]a de(?:l)? (?P<b>.+)",
                re.I,
            ),
            "length": re.compile(r"cu[aá]ntas (?:palabras|p[aá]ginas) tiene (?P<of>.+)", re.I),
            "language": re.compile(r"en qu[eé] idioma est[aá] (?:escrit[oa] )?(?P<of>.+)", re.I),
        }
    ),
    kinds_of_sources="artículo texto documento informe ley tratado protocolo ensayo obra fuente",
    going_on=re.compile(r"(?:y|pero) ", re.I),
)
