"""The command `footnote`: results on stdout, everything else on stderr."""

import json
import logging
import os
import sys
from collections.abc import Callable
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Annotated

import typer

from corpus.errors import FootnoteError
from corpus.settings import Settings, load_settings
from qa.cli import evaluate as evaluation
from qa.cli import sources, terminal, versions
from qa.cli import users as user_commands
from qa.cli.gate_comparison import show_comparison
from qa.cli.json_output import plain, print_json
from qa.cli.progress import build_progress

# The page and the models must work without a network; nothing here reports home.
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

app = typer.Typer(
    name="footnote",
    help="Ask a library of documents; get passages word for word, each with its footnote.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.add_typer(sources.app)
app.add_typer(versions.app)
app.add_typer(evaluation.app)
app.add_typer(user_commands.app)

Home = Annotated[
    Path | None,
    typer.Option(
        "--home",
        help="Data folder. Default: FOOTNOTE_HOME or ./footnote_data.",
        show_default=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"footnote {installed_version('footnote-qa')}")
        raise typer.Exit


@app.callback()
def _options(
    verbose: Annotated[bool, typer.Option("--verbose", help="Say more on stderr.")] = False,
    _show_version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    logging.basicConfig(
        level=logging.INFO if verbose else logging.ERROR, format="%(name)s: %(message)s"
    )


@app.command(epilog="Examples: `footnote build` · `footnote build --dry-run`")
def build(  # noqa: PLR0913, PLR0917
    home: Home = None,
    encoder: Annotated[
        str | None,
        typer.Option(
            help="Model: all-MiniLM-L6-v2 (bundled), a folder, or an id of the Hugging Face hub. "
            "Default: that of the settings, of the index, or the bundled one.",
            show_default=False,
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would be done, and stop there.")
    ] = False,
    full: Annotated[
        bool, typer.Option("--full", help="Encode everything, whatever is known already.")
    ] = False,
    gate: Annotated[
        Path | None,
        typer.Option(
            help="File of labelled questions: publish only if they do no worse than before.",
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Index the library: read, encode what changed, verify, publish."""
    from index.build.work import Options  # noqa: PLC0415
    from qa.evaluate.runs.gate import gated  # noqa: PLC0415
    from qa.library.build import build_index, plan_index  # noqa: PLC0415

    settings, console = _settings(home, encoder), terminal.errors()
    keeper = gated(settings, gate) if gate else None
    options = Options(full=full, on_plan=lambda plan: terminal.say(str(plan), console), gate=keeper)
    with build_progress(console) as progress:
        if dry_run:
            plan, problems = plan_index(settings, progress, options)
        else:
            report = build_index(settings, progress, options)
            problems = report.problems
    for problem in problems:
        terminal.warn(problem)
    if dry_run:
        print_json(plan) if as_json else typer.echo(str(plan))
    else:
        print_json(report) if as_json else terminal.show_build(report)
        if keeper and keeper.comparison:
            show_comparison(keeper.comparison, moved=False)
        if report.held_back:
            terminal.fail(f"{report.version} is not published: {report.held_back}")
            raise typer.Exit(1)


@app.command(
    epilog='Examples: `footnote ask "Who is smuggled across the border?"` · '
    "`footnote ask --batch questions.jsonl --json`"
)
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
    home: Home = None,
    as_json: AsJson = False,
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

    engine = Engine.open(_settings(home))
    failed, chat = False, []
    if rows is not None:
        for result, answer in ask_rows(engine, rows, request):
            failed |= answer is None
            chat += [answer] if answer is not None else []
            if as_json:
                typer.echo(json.dumps(result, ensure_ascii=False))
            else:
                terminal.show_answer(result)
    else:
        answer = engine.ask(request)
        chat.append(answer)
        print_json(answer.to_json()) if as_json else terminal.show_answer(answer.to_json())
    if save is not None:
        from qa.chats.transcript import save_chat  # noqa: PLC0415

        save_chat(save, chat, engine)
    if failed:
        raise typer.Exit(1)


@app.command(epilog='Example: `footnote ask "…" --save chat.html && footnote verify chat.html`')
def verify(
    file: Annotated[Path, typer.Argument(help="An exported chat; - for stdin.")],
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Check that each quotation of an exported chat stands in the store, word for word."""
    from index.versions.versions import Versions  # noqa: PLC0415
    from qa.chats.verify import read_chat, verified  # noqa: PLC0415

    turns = read_chat(file)
    found = verified(Versions(_settings(home).home), turns)
    if as_json:
        print_json([{**plain(one), "holds": one.holds} for one in found])
    else:
        terminal.show_verified(found)
    if not all(one.holds for one in found):
        raise typer.Exit(1)


@app.command(epilog="Example: `footnote serve --port 8000`")
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0: any free one.")] = 7860,
    home: Home = None,
) -> None:
    """Serve the chat; builds the index first where there is none."""
    from qa.cli.serve import serve_chat  # noqa: PLC0415

    serve_chat(_settings(home), host, port)


@app.command(epilog="Example: `footnote doctor --deep`")
def doctor(
    home: Home = None,
    deep: Annotated[
        bool, typer.Option("--deep", help="Also check every file and every passage of the index.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Check installation, library and index; say what mends a fault."""
    from qa.cli.doctor import diagnose  # noqa: PLC0415

    findings = diagnose(_settings(home), deep=deep)
    if as_json:
        print_json(findings)
    else:
        terminal.show_findings(findings)
    if any(finding.state == "fault" for finding in findings):
        raise typer.Exit(1)


def _settings(home: Path | None, encoder: str | None = None) -> Settings:
    settings = load_settings(home)
    return settings if encoder is None else settings.model_copy(update={"encoder": encoder})


def run(action: Callable[[], None]) -> int:
    """Exit code of an action; an error that a user can mend becomes one line on stderr."""
    try:
        action()
    except FootnoteError as error:
        terminal.fail(str(error))
        return 1
    except BrokenPipeError:
        # The reader of our output has gone (`footnote ask … | head`): not an error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        reason = error.strerror or str(error)
        terminal.fail(f"{place}{reason}: check space and permissions, then try again")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def main() -> None:
    """The entry point of the command `footnote`."""
    sys.exit(run(app))


if __name__ == "__main__":
    main()
