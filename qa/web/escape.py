"""Text from outside → HTML that shows exactly these characters."""

_MARKS = {
    code: "<br>" if chr(code) == "\n" else f"&#{code};"
    for code in range(0x80)
    if not (chr(code).isalnum() or chr(code) == " ")
}


def verbatim(text: str) -> str:
    """HTML that shows `text` and does nothing: every mark is a numeric reference.

    Chat messages pass a Markdown renderer as well as a sanitizer, so that escaping `<` and `&`
    alone would still let `*`, `![…](…)` or an address be read as Markdown. A line feed becomes
    `<br>`: a blank line would end the HTML block and start Markdown again.
    """
    return text.translate(_MARKS)
