"""xltool export：汇总的各张表写成 CSV 或 Parquet，各单位的一体化导入表。"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xltool.cli.console import console_of
from xltool.cli.exits import ExitCode, Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.cli.console import Console
    from xltool.consolidated.saved_book import SavedBook
    from xltool.finding import Finding

_FORMATS = ("csv", "parquet")
_IMPORTS = "一体化导入"


def export(
    context: typer.Context,
    book: Annotated[
        Path | None,
        typer.Argument(
            metavar="汇总.xlsx", help="要导出的汇总，存过的也行；在工作文件夹里不给就照设置"
        ),
    ] = None,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="文件夹", help="写到哪个文件夹")
    ] = Path("导出"),
    kind: Annotated[
        str,
        typer.Option(
            "--format", metavar="csv|parquet", help="各张表写成哪一种；parquet 要另装 pyarrow"
        ),
    ] = _FORMATS[0],
) -> None:
    """把一份汇总的各张表导出给别的程序：汇总、得分明细、各张填报表、疑点清单，连同复核人写的。

    文件夹的 一体化导入 里，一个单位（项目）一份十二栏的导入表。各栏的类型、单位见 docs/分析.md。
    已有而内容不同的文件不覆盖，另取名字（退出码 3）。
    在 xltool init 建的工作文件夹里，不给汇总就用 名单.xlsx 设置的那一份。
    """
    from xltool import frames
    from xltool.cli.saved import read_saved_book
    from xltool.cli.season import saved_book_of, season_in

    console = console_of(context)
    book = book or saved_book_of(console, season_in(console))
    if not book.is_file():
        raise Failure(f"“{book}”不存在，或不是文件。", "核对汇总的路径。")
    if kind not in _FORMATS:
        raise Failure(f"--format 应为 {'、'.join(_FORMATS)}。", "不写就是 csv。")
    if output.exists() and not output.is_dir():
        raise Failure(f"“{output}”是文件，不是文件夹。", "换一个名字。")
    saved, settled = read_saved_book(book)
    try:
        written = list(frames.exported(saved, settled, kind))
    except ImportError as error:
        raise Failure(
            "没有装 pyarrow，不能写 Parquet。",
            "用 pip install pyarrow 装上，或不写 --format，写成 CSV。",
        ) from error
    written += _imports(saved)
    raise typer.Exit(_save(console, output, written, settled.findings))


def _imports(saved: "SavedBook") -> "Iterator[tuple[str, bytes]]":
    from xltool.cli.return_papers import file_stem
    from xltool.consolidated.import_sheet import import_forms
    from xltool.excel.write import render_book

    for form in import_forms(saved):
        name = f"{_IMPORTS}/{form.number:04d}_{file_stem(form.name)}.xlsx"
        yield name, render_book(form.plan())


def _save(
    console: "Console",
    folder: Path,
    written: "list[tuple[str, bytes]]",
    findings: "tuple[Finding, ...]",
) -> ExitCode:
    from xltool.cli.documents import SCHEMA, finding_document
    from xltool.cli.text import safe
    from xltool.excel.keeping import write_beside
    from xltool.messages import papers as say

    told, files = list(findings), []
    for name, data in written:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        kept = write_beside(target, data)
        files.append(str(kept.path))
        if kept.renamed:
            told.append(say.OTHER_NAME.finding(file=safe(name), other=safe(kept.path.name)))
    console.findings(told)
    document = [finding_document(one) for one in told]
    console.document({"schema": SCHEMA, "files": files, "findings": document})
    console.note(f"写出 {len(files)} 个文件，在 {safe(str(folder))}")
    renamed = any(one.code == say.OTHER_NAME.code for one in told)
    return ExitCode.RENAMED if renamed else ExitCode.OK
