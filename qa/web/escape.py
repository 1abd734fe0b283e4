"""Text from outside → HTML that shows exactly these characters."""


def verbatim(text: str) -> str:
    """HTML that shows `text` and does nothing: every mark is a numeric reference.

    Chat messages pass a Markdown renderer as well as a sanitizer, so that escaping `<` and `&`
    alone would still let `*`, `![…](…)` or an address be read as Markdown. A line feed becomes
    `<br>`: a blank line would end the HTML block and start Markdown again.
    """
    return "".join(map(_one, text))


def _one(character: str) -> str:
    if character == "\n":
        return "<br>"
    if character.isalnum() or character == " " or ord(character) > 0x7F:
        return character
    return f"&#{ord(character)};"
