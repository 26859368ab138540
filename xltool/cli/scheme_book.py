"""xltool scheme export、import：方案写成工作簿，改好再读回成方案文件。"""

from operator import methodcaller
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xltool.cli.console import console_of
from xltool.cli.exits import ExitCode, Failure, refuse_overwriting
from xltool.cli.local import SchemeName, chosen

if TYPE_CHECKING:
    from xltool.cli.console import Console
    from xltool.finding import Finding
    from xltool.scheme.model import Scheme
    from xltool.scheme_book.importing import Imported


def export_scheme(
    context: typer.Context,
    name: SchemeName,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="方案.xlsx", help="写到哪个文件，默认 方案_标识.xlsx"
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="文件已存在时覆盖")] = False,
) -> None:
    """把方案写成工作簿，在 Excel 或 WPS 里看、改；改好用 scheme import 读回。

    沿用别的方案的，写出的是合好的整个方案。第一张表“说明”写着怎么改。
    """
    from xltool.cli.documents import SCHEMA
    from xltool.cli.text import safe
    from xltool.excel.errors import UnwritableError
    from xltool.excel.write import write_book
    from xltool.scheme_book.book import scheme_plan

    console = console_of(context)
    scheme, _ = chosen(name)
    target = output or Path(f"方案_{scheme.id}.xlsx")
    _refuse(target, ".xlsx", force)
    try:
        saved = write_book(scheme_plan(scheme), target)
    except UnwritableError as error:
        raise Failure(
            f"方案 {scheme.file} 写不成工作簿：{error}。", "请改短有关的文字。"
        ) from error
    console.document({"schema": SCHEMA, "file": str(saved)})
    console.line(f"√ {safe(scheme.title)}（{scheme.id}，版本 {scheme.version}）")
    _finish(console, saved, target)


def import_scheme(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="方案.xlsx", help="改好的方案工作簿，由 scheme export 写出")
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="方案.toml", help="写到哪个文件，默认在工作簿旁边，同名"
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="文件已存在时覆盖")] = False,
) -> None:
    """把改好的方案工作簿读成方案文件；不对的地方逐条指出工作表和单元格。

    有错误时什么也不写，退出码是 1。写好的用 --schemes 另给，就能生成评分表、收表、汇总。
    """
    from xltool.cli.documents import SCHEMA, finding_document
    from xltool.excel.atomic import atomic_save
    from xltool.finding import tally
    from xltool.values.file_names import safe_name

    console = console_of(context)
    target = output or file.with_suffix(".toml")
    _refuse(target, ".toml", force)
    imported = _imported(file)
    findings = [finding.in_file(safe_name(file.name)) for finding in imported.findings]
    saved = None
    if imported.scheme is not None:
        saved = atomic_save(target, methodcaller("write", imported.text.encode()))
    console.findings(findings)
    console.document(
        {
            "schema": SCHEMA,
            "ok": saved is not None,
            "findings": [finding_document(finding) for finding in findings],
            "output": str(saved) if saved else None,
        }
    )
    console.note(f"{tally(findings).words}。")
    if saved is None or imported.scheme is None:
        console.note("有错误，没有写出。请在工作簿里改正，再导入一次。")
        raise typer.Exit(ExitCode.FOUND)
    _idle_rules(console, imported.scheme)
    _next(console, imported.scheme, saved)
    _finish(console, saved, target)


def _refuse(target: Path, suffix: str, force: bool) -> None:
    """先看要写的文件：后缀对不对，是不是已经有了。"""
    if target.suffix.lower() != suffix:
        raise Failure(f"“{target.name}”的后缀应是 {suffix}。", "改正 -o 后面的文件名。")
    refuse_overwriting(target, force=force)


def _imported(file: Path) -> "Imported":
    """读一份方案工作簿；读成的再试着生成一份空白的评分表。"""
    from xltool.cli.submissions import reading_limits
    from xltool.finding import Finding
    from xltool.scheme_book.importing import Imported
    from xltool.scheme_book.importing import import_scheme as read
    from xltool.xlsx.read import read_book

    book = read_book(file, reading_limits())
    if isinstance(book, Finding):
        return Imported("", None, (book,))
    imported = read(book, file.name)
    problem = _unprintable(imported.scheme) if imported.scheme is not None else None
    if problem is None:
        return imported
    return Imported("", None, (*imported.findings, problem))


def _unprintable(scheme: "Scheme") -> "Finding | None":
    """照这个方案写不写得出评分表。"""
    from xltool.excel.trial import trial_problems
    from xltool.messages.scheme import CANNOT_PRINT

    found = next(iter(trial_problems(scheme)), None)
    return None if found is None else CANNOT_PRINT.finding(reason=found[1])


def _idle_rules(console: "Console", scheme: "Scheme") -> None:
    """方案里没有要看的表或项，因而用不上的规则：删了一张表，说不定是无意的。"""
    from xltool.flags.registry import rules, rules_for
    from xltool.scheme.sources import shipped_ids
    from xltool.scoring.catalogue import ready_scheme

    shipped = (ready_scheme(name)[0] for name in shipped_ids())
    # 项目的表才用的规则，部门的表用不上是本来如此；反过来也一样
    usual = {r for one in shipped if one.of_project == scheme.of_project for r in rules_for(one)}
    used = rules_for(scheme)
    idle = "、".join(rule.code for rule in rules() if rule in usual and rule not in used)
    if idle:
        console.note(f"疑点规则用得上 {len(used)} 条；表里没有它们要看的项、用不上的：{idle}。")


def _next(console: "Console", scheme: "Scheme", saved: Path) -> None:
    """接下来做什么；与随程序带的重复的不能另给，不说。"""
    from xltool.cli.text import safe
    from xltool.scheme.sources import shipped_ids

    if scheme.id not in shipped_ids():
        place = safe(str(saved))
        console.note(f"下一步：xltool template {scheme.id} --schemes {place} -o 下发")


def _finish(console: "Console", saved: Path, target: Path) -> None:
    """写到了哪里；目标被占用的写在了别处。"""
    from xltool.cli.text import safe

    if saved != target:
        console.note(f"“{safe(target.name)}”正被其他程序打开，另取了名字。")
    console.note(f"已写入 {safe(str(saved))}")
    raise typer.Exit(ExitCode.OK if saved == target else ExitCode.RENAMED)
