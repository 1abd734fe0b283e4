"""`footnote ask`: a question, or a file of questions."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.text import Text

from corpus.settings import load_settings
from qa.cli import console


def ask(  # noqa: PLR0913, PLR0917
    question: Annotated[str | None, typer.Argument(help="The question.")] = None,
    batch: Annotated[
        Path | None,
        typer.Option(
            help='File of rows {"id", "question", "history": […], "sources": […]}; - for stdin.',
            show_default=False,
        ),
    ] = None,
    source: Annotated[
        list[str] | None,
        typer.Option(help="Ask only this source (its key); may be repeated.", show_default=False),
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            "--type", help="Ask only sources of this CSL type; may be repeated.", show_default=False
        ),
    ] = None,
    year: Annotated[
        str | None,
        typer.Option(help="Ask only sources of this year, or of 2015-2018.", show_default=False),
    ] = None,
    language: Annotated[
        list[str] | None,
        typer.Option(help="Ask only passages in this language, as es.", show_default=False),
    ] = None,
    as_typed: Annotated[
        bool,
        typer.Option("--as-typed", help="Search the words as typed: correct and add nothing."),
    ] = False,
    save: Annotated[
        Path | None,
        typer.Option(
            help="Save questions and quotations as .html, .md or .json; see `footnote verify`.",
            show_default=False,
        ),
    ] = None,
    home: console.Home = None,
    as_json: console.AsJson = False,
) -> None:
    """Answer a question, or a file of questions, with quotations."""
    from qa.cli.batch import ask_rows, read_rows  # noqa: PLC0415
    from qa.question.filters import Filter  # noqa: PLC0415
    from qa.request import Request  # noqa: PLC0415

    if (question is None) == (batch is None):
        raise typer.BadParameter("give a question or --batch FILE, one of the two")
    # What the user typed is checked before the seconds that a model takes to load.
    rows = read_rows(batch) if batch else None
    if question is not None:
        from qa.question.understand import searchable  # noqa: PLC0415

        searchable(question)
    request = Request(
        question or "",
        sources=frozenset(source) if source else None,
        filters=Filter.of(kind or (), year, language or ()),
        as_typed=as_typed,
    )
    if save is not None:
        from qa.chats.transcript import check_form  # noqa: PLC0415

        check_form(save)
    from qa.answering.engine import Engine  # noqa: PLC0415

    engine = Engine.open(load_settings(home))
    failed, chat = False, []
    if rows is not None:
        for result, answer in ask_rows(engine, rows, request):
            failed |= answer is None
            chat += [answer] if answer is not None else []
            if as_json:
                typer.echo(json.dumps(result, ensure_ascii=False))
            else:
                show_answer(result)
    else:
        answer = engine.ask(request)
        chat.append(answer)
        console.print_json(answer.to_json()) if as_json else show_answer(answer.to_json())
    for warning in dict.fromkeys(str(one.warning) for one in chat if one.warning):
        console.warn(warning)
    if save is not None:
        from qa.chats.transcript import save_chat  # noqa: PLC0415

        save_chat(save, chat, engine)
    if failed:
        raise typer.Exit(1)


def show_answer(answer: dict[str, Any]) -> None:
    """An answer (the object of `--json`) as text."""
    out = console.output()
    if "error" in answer:
        console.fail(f"{answer['id']}: {answer['error']}")
        return
    if "id" in answer:
        out.print(f"[bold]{escape(str(answer['id']))}[/] {escape(answer['question'])}")
    if not answer["answered"]:
        out.print(f"[yellow]Not answered.[/] {escape(answer['reason'])}")
        if answer["closest"]:
            out.print("The closest passages, not an answer:", style="dim")
    elif answer["certainty"] == "unsure":
        out.print("[yellow]These passages may answer:[/]")
    for fact in answer["about"]:
        out.print(Text(f"{fact['field']} of {fact['source']}: {fact['value']}"), soft_wrap=True)
    if answer["about"]:
        out.print("From the record of the source, not a quotation.", style="dim")
    for number, quote in enumerate(answer["quotes"] or answer["closest"], 1):
        out.print()
        # Text, not markup, and no line breaks of ours: the words are printed as they stand.
        out.print(Text(f"“{quote['text']}”"), soft_wrap=True)
        cited = f"[{number}] {quote['reference']} ({quote['pinpoint']})"
        out.print(Text(cited), soft_wrap=True, style="cyan")
        for twin in quote["also"]:
            cited = f"    also {twin['reference']} ({twin['pinpoint']})"
            out.print(Text(cited), soft_wrap=True, style="cyan")
    out.print(f"\nindex {answer['index_version']} · {answer['elapsed_ms']} ms", style="dim")
    sys.stdout.flush()
