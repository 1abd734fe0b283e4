"""English."""

import re
from types import MappingProxyType

from bm25s.stopwords import STOPWORDS_EN_PLUS

from corpus.languages.language import (
    Definitions,
    Language,
    PointingBack,
    Reliance,
    SentenceWords,
    numbered,
)

_BE = r"(?:is|are|was|were)"
_AUXILIARY = (
    rf"(?:{_BE}|be|been|do|does|did|has|have|had|can|could|may|might|must|shall|should|will|would)"
)
_ASKING = r"(?:how|what|when|where|which|who|whom|whose|why)"
_BEFORE_AUXILIARY = rf"(?:(?!{_AUXILIARY}\b)[\w'’-]+ )*"
_BARE = r"(?:the (?=(?-i:[A-Z]))|an? )?[^\W\d_][\w'’-]*"
"""A noun that needs no earlier question: of any one, of several, or a name."""
_HELP = r"(?:act|call|complain|contact|contribute|do|donate|help|report|turn to|volunteer)"
_CLAUSE = (
    r".*(?:[,;]|\b(?:although|after|and|because|before|but|how|if|once|or|since|so|than|that|"
    r"though|unless|until|what|when|where|whether|which|while|who|whose|why)\b)"
)
_ANY = (
    r"(?i:\b(?:an?|any|each|every)\s(?:[^\W\d_]\s)?[^\W\d_]{3}|\b(?:any|every|some)(?:body|one)\b)"
)
_THING = rf"(?:{_ANY}|(?i:\bthe\s[^\W\d_]{{3}})|(?<=\w )[A-Z][\w.])"
_MANY = (
    rf"(?:{_ANY}|(?i:(?<!\bwho )(?<!\bwhat )(?<!\bthat )(?<!\bit )\b(?!does\b|always\b|"
    r"perhaps\b)(?:people|children|women|men|police|[a-z-]{2,}(?:[^suiy\W]|ie)s)\b))"
)
_NO_SUBJECT = rf"^(?!.*\b(?i:{_AUXILIARY})\s$).*"
"""Before a possessive: no auxiliary, behind which it begins the subject (`What are its aims?`)."""

ENGLISH = Language(
    code="en",
    stemmer="english",
    stop_words=frozenset(STOPWORDS_EN_PLUS),
    interrogatives=frozenset("how many much what when where which who whom whose why".split()),
    additives=frozenset("also either even including just only too".split()),
    requests=frozenset(
        (
            "called define describe did do does explain find give happen happens how list many "
            "mention much name say says source sources state states tell what when where which who "
            "whom whose why"
        ).split()
    ),
    courtesies=re.compile(
        r"\b(?:(?:hello|hey|hi)(?: (?:again|there))?|good (?:afternoon|day|evening|morning|night)"
        r"|greetings|how are you|ok(?:ay)?|thx"
        r"|(?:no,? )?(?:many )?thanks(?: (?:a lot|so much|very much))?"
        r"|(?:no,? )?thank you(?: (?:so|very) much)?"
        r"|(?:(?:can|could|would) (?:you|anybody|anyone|somebody|someone) )?(?:please )?"
        r"help(?: (?:me|us))?(?: now)?|(?:I|we) need help(?: now)?|please|(?:good)?bye)\b",
        re.I,
    ),
    articles=("the",),
    numerals=numbered("two three four five six seven eight nine ten eleven twelve"),
    scales=MappingProxyType(
        {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
    ),
    counting=re.compile(r"\bhow (?:many|much|long|old)\b", re.I),
    sentences=SentenceWords(
        never_final=frozenset(
            (
                "approx cf dr e.g eg gov hon i.e ie messrs mr mrs ms prof rep sen sgt v viz vs"
            ).split()
        ),
        before_numbers=frozenset(
            (
                "art arts ch cl div ex fig figs h.r no nos p para paras pp pt sec secs stat "
                "subsec tit vol vols"
            ).split()
        ),
        openers=tuple(
            (
                "A Accordingly According Additionally After All Also Although Among An And "
                "Another Any Are As At Because Before Besides Both But By Consequently Despite "
                "Did Do Does During Each Either Even Eventually Every Few Finally For From "
                "Furthermore Generally Given Had Has Have He Hence Her Here His How However I "
                "If In Indeed Instead Is It Its Last Later Likewise Many Meanwhile Moreover "
                "Most Much My Neither Nevertheless No Nobody None Nonetheless Nor Nothing "
                "Notably Now On Once Only Or Others Otherwise Our Over Overall Rather Recently "
                "She Similarly Since So Some Specifically Still Subsequently Such Than That The "
                "Their Them Then There Thereafter Therefore These They This Those Though "
                "Through Thus To Together Under Unfortunately Unless Unlike Until Was We Were "
                "What When Where Whereas Whether Which While Who Whose Why With Within Without "
                "Yet You Your"
            ).split()
        ),
        enumerators=tuple(
            "First Second Third Fourth Fifth Sixth Seventh Next Lastly Today".split()
        ),
        any_capital=False,
        conjunctions=("and", "or"),
        places=re.compile(
            r"(?:across|from|in|inside|into|outside|throughout|to|within)\s+(?:the\s+)?"
        ),
        plural_verbs=tuple(
            (
                "are can cannot could do face faced had have may might must need often rarely "
                "should sometimes still usually were who will would"
            ).split()
        ),
    ),
    pointing_back=PointingBack(
        openings=re.compile(r"(?:and|but|or|(?:what|how) about|what (?:else|if))\b", re.I),
        more=re.compile(
            r"(?:please,? )?(?:(?:can|could|will|would) you (?:please )?)?(?:clarify|continue|"
            r"elaborate|expand|explain|give|go on|say|tell)(?: (?:me|us))?(?: (?:a (?:bit|little)|"
            r"any|much|some))?(?: (?:further|more))?(?: (?:details?|examples?|information))?"
            r"(?: (?:about|on) (?:it|that|this))?(?:,? please)?$",
            re.I,
        ),
        pointing=re.compile(
            r"\b(?:its?|they|them|theirs?|this|these|those|there|he|she|him|his|hers?|same|"
            r"former|latter|such|then|else)\b"
            rf"|^{_AUXILIARY} that\b"
            # Behind the first auxiliary it begins the subject: `What does that law say?`
            rf"|^{_BEFORE_AUXILIARY}{_ASKING} {_BEFORE_AUXILIARY}{_AUXILIARY} that\b"
            r"(?! (?-i:[A-Z]{2}))"
            r"|^(?:what|who) \w+ that [\w-]+$"
            r"|\b(?:at|by|for|in|of|on|to|under|with) that [\w-]+$"
            r"|\b(?:another|other|that|this|which) ones?\b(?! of)|\bones?$",
            re.I,
        ),
        innocent=re.compile(
            rf"\b(?<!who ){_AUXILIARY}(?:n['’]t| not)? there\b"
            rf"|\bthere(?:['’]s| {_AUXILIARY})\b|\bsuch as\b|\bthe same [\w-]+ (?:as|that)\b"
            rf"|\b{_BE} it (?:that|(?:(?!\w+ed )[\w-]+ ){{1,2}}(?:that|to))\b"
            r"|\bfind it [\w-]+ to\b"
            r"|\bit (?:matter|take)s?\b.* (?:that|to)\b|\bit (?:comes|turns) (?:to|out)\b"
            r"|\bthose (?:that|who|whom|whose|\w+ed)\b|\b(?:this|these|those) (?-i:[A-Z]+)\b"
            r"|\b(?:any|every|no|some)(?:body| ?one) else\b",
            re.I,
        ),
        antecedents=MappingProxyType(
            {
                **dict.fromkeys(
                    "it he she him her hers same former latter then".split(),
                    re.compile(_THING + _CLAUSE),
                ),
                **dict.fromkeys("they them theirs".split(), re.compile(_MANY + _CLAUSE)),
                "its": re.compile(_NO_SUBJECT + _THING),
                "their": re.compile(_NO_SUBJECT + _MANY),
                "his": re.compile(f"{_ANY}|{_THING}{_CLAUSE}"),
            }
        ),
        elided=re.compile(
            rf"how many (?:{_AUXILIARY}|in|from|of (?:them|these|those))\b"
            rf"|{_BE} (?:the )?[\w-]+ (?:(?:also|even) )?(?:covered|exempt|excluded|included)$",
            re.I,
        ),
        fragment=re.compile(
            rf"(?!.*\b(?:{_AUXILIARY}|{_ASKING})\b)"
            r"(?:(?:(?:also|even|just|not|only) )?(?:about|after|at|before|by|during|for|from|in|"
            r"on|since|to|under|until|with)\b"
            r"|(?:also|even|including|only) (?:the )?[\w-]+(?: (?:and|or) [\w-]+)?$"
            r"|(?:[\w-]+ ){1,3}(?:as well|either|too)$)",
            re.I,
        ),
        definitions=re.compile(
            # `Who was arrested?` asks for no definition.
            rf"(?:what|who)(?:['’]s| {_BE}) (?!\w{{3,}}[^\We]ed$)(?P<kind>an? )?",
            re.I,
        ),
        existence=re.compile(rf"{_AUXILIARY}(?:n['’]t)? there\b", re.I),
        complete=re.compile(
            rf"(?:how|what|when|where|why) {_AUXILIARY} {_BARE} (?:be|do|have)\b"
            rf"|(?:how|when|where|why) {_BE} {_BARE}$"
            rf"|{_BARE} {_AUXILIARY} {_ASKING}\b"
            r"|what (?:duties|obligations|rights) (?:do|does) the [\w-]+ have$",
            re.I,
        ),
        for_oneself=re.compile(
            rf"(?:{_ASKING} )?{_AUXILIARY} (?:I|we) (?:(?:best|have to) )?{_HELP}"
            r"(?: (?:first|now|to help|(?:if|when) .+))?$"
            rf"|who {_AUXILIARY} (?:advise|help|protect) (?:me|us)$"
            r"|(?:(?:what|which) (?:duties|options|rights) )?do (?:I|we) have"
            r"(?: (?:any )?(?:options|rights))?$"
            r"|what are (?:my|our) (?:duties|options|rights)$",
            re.I,
        ),
        relations=(
            "address advantage age aim amount author budget chair condition consequence "
            "cost date deadline definition difference director duration effect example "
            "exception exemption fine founder goal head leader length limit maximum meaning "
            "member minimum motive name number outcome penalty percentage price procedure "
            "process punishment purpose rate reason requirement result role salary sentence "
            "share source term total annual average current exact federal first highest last "
            "legal longest lowest main official other phone prison shortest telephone time "
            "usual"
        ),
        determiners=r"(?:the|an?|any|which|what)",
        complements=r"(?:of|for|between|against)",
        definite=re.compile(r"\bthe ([^\W\d_]+)", re.I),
        vague=frozenset(
            "anybody anyone anything everybody everyone everything long nobody nothing often "
            "one ones somebody someone something times".split()
        ),
    ),
    definitions=Definitions(
        asked=re.compile(
            r"(?:how (?:is|are) (?P<a>.+?) defined|define (?P<b>.+)|definition of (?P<c>.+)"
            r"|what does (?P<d>.+?) mean|what is meant by (?P<e>.+)|meaning of (?P<f>.+))",
            re.I,
        ),
        bounds=r"(?:in|under|by)",
        before=re.compile(
            r"\b(?:shall mean|means|(?:is|are) defined as|refers? to|involves|consists? of)\b",
            re.I,
        ),
    ),
    reliance=Reliance(
        openings=re.compile(
            r"(?:it|its|they|their|them|he|she|his|her|this|these|those|such|both|the (?:former|"
            r"latter|same)|first|second|third|fourth|fifth|finally|lastly|however|moreover|"
            r"furthermore|additionally|also|then|therefore|thus|hence|consequently|instead|"
            r"nevertheless|in (?:addition|contrast|turn|this|these|such)|for (?:this|these|such) |"
            r"for example|for instance|as a result|on the other hand|similarly|likewise)\b",
            re.I,
        ),
        definite=re.compile(r"the ([^\W\d_]+(?:[- ][^\W\d_]+)?)", re.I),
        indefinite=re.compile(r"\ban?\s((?:[^\W\d_][\w’'-]*\s?){1,5})", re.I),
    ),
    on_sources=MappingProxyType(
        {
            "author": re.compile(
                r"(?:who (?:wrote|authored|published|is the author of|are the authors of)"
                r"|(?:the )?authors? of) (?P<of>.+)|who (?:is|are) the authors?",
                re.I,
            ),
            "title": re.compile(
                r"(?:what(?:'s|’s| is) the (?:full |exact )?title of|title of) (?P<of>.+)"
                r"|what(?:'s|’s| is) the (?:full |exact )?title",
                re.I,
            ),
            "date": re.compile(
                r"(?:when|(?:in )?(?:what|which) year) (?:was|were) (?P<of>.+?) "
                r"(?:published|written|issued)",
                re.I,
            ),
            "about": re.compile(
                r"(?:what(?:'s|’s| is) (?P<of>.+?) about|what does (?P<b>.+?) (?:deal with|discuss)"
                r"|summar(?:y of|ize) (?P<c>.+))",
                re.I,
            ),
            "cites": re.compile(
                r"(?:(?:which|what) (?:sources|references|works|documents) (?:does|do|are) "
                r"(?P<of>.+?) (?:cite|cites|use|rely on|refer to)"
                r"|(?:references|bibliography|sources) (?:of|in) (?P<b>.+))",
                re.I,
            ),
            "length": re.compile(
                r"(?:how long is (?P<of>.+)|how many (?:words|pages) (?:does|do) (?P<b>.+?) have)",
                re.I,
            ),
            "language": re.compile(r"(?:in )?(?:what|which) language is (?P<of>.+?)(?: in)?", re.I),
        }
    ),
    kinds_of_sources=(
        "article paper text document report law act bill treaty protocol essay work source"
    ),
    going_on=re.compile(r"(?:and|but|so) ", re.I),
    inflected=False,
    capital_titles=True,
)
