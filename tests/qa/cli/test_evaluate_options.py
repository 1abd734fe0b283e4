"""Options that commands share: typed behind those of the command itself."""

import typer
from typer.testing import CliRunner

from qa.cli.evaluate_options import DataSetOptions, with_data_set_options


def test_a_command_gets_its_own_options_and_the_shared_ones() -> None:
    got: list[tuple[str, int, DataSetOptions]] = []

    def count(name: str, most: int = 3, *, shared: DataSetOptions) -> None:
        """Count."""
        got.append((name, most, shared))

    app = typer.Typer()
    app.command()(with_data_set_options(count))
    typed = ["cats", "--most", "5", "--stages", "dense", "--stages", "lexical", "--language", "es"]
    assert CliRunner().invoke(app, typed).exit_code == 0
    assert CliRunner().invoke(app, ["dogs"]).exit_code == 0
    expected = DataSetOptions(stages=["dense", "lexical"], language="es")
    assert got == [("cats", 5, expected), ("dogs", 3, DataSetOptions())]
