"""xltool migrate：填好的旧表移到新表。"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xltool.cli.console import console_of
from xltool.cli.exits import ExitCode, Failure, refuse_several
from xltool.cli.local import scheme_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xltool.cli.console import Console
    from xltool.cli.migration import Job, Moved

_SUFFIX = ".xlsx"


def migrate(
    context: typer.Context,
    sources: Annotated[
        list[Path], typer.Argument(metavar="旧表…", help="填好的旧表，可以有几个；或放它们的文件夹")
    ],
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="新表", help="写到哪个 .xlsx；移几份的，写到哪个文件夹"
        ),
    ],
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="方案",
            help="移到哪个方案的表；不给就是同一表种里年度最近的",
            autocompletion=scheme_names,
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="新表已存在时覆盖")] = False,
) -> None:
    """填好的旧表（早先一版的、上一年的）移到今年的表，旧表不动。

    同一年度的全部照搬，得分不变；移到下一年度的，只搬仍然是真的（单位、联系人），指标、资金名称、
    没有整改完的问题预填作起头，上年的决算数填进“上年”的格，上年的答案不当作今年的。
    搬不了的、要核对的，一条一条写在新表的“移表清单”里（值、原单元格、原因、怎么办），也印出来。
    """
    from xltool.cli.documents import SCHEMA

    console = console_of(context)
    jobs = _jobs(sources, output, _schemes(console, to))
    _spare(jobs)
    targets = [job.target for job in jobs]
    apart = "分两次，移到不同的文件夹。"
    refuse_several(targets, "两份移好后", apart, "换一个名字", force=force)
    for job in jobs:
        job.target.parent.mkdir(parents=True, exist_ok=True)
    results = _moved(console, jobs)
    for result in results:
        _show(console, result)
    ready = sum(result.migrated is not None for result in results)
    counts = {"found": len(results), "migrated": ready, "refused": len(results) - ready}
    files = [result.document for result in results]
    console.document({"schema": SCHEMA, "files": files, "counts": counts})
    console.note(f"共 {len(results)} 份：移好 {ready}，不能移 {len(results) - ready}。")
    if any(result.renamed for result in results):
        raise typer.Exit(ExitCode.RENAMED)
    raise typer.Exit(ExitCode.OK if ready == len(results) else ExitCode.FOUND)


def _schemes(console: "Console", to: str | None) -> tuple[str, ...]:
    """可以移到哪几种表：写明的，这一季设置的，还在下发的。"""
    from xltool.cli.season import season_in
    from xltool.scoring.catalogue import offered_schemes, ready_scheme
    from xltool.season.register import SCHEMES

    if to is not None:
        return (ready_scheme(to)[0].id,)
    season = season_in(console)
    chosen = season.settings[SCHEMES] if season else ()
    return chosen or tuple(scheme.id for scheme in offered_schemes())


def _jobs(sources: "Sequence[Path]", output: Path, schemes: tuple[str, ...]) -> "Sequence[Job]":
    """要移的各份：文件夹里的照原来的名字、原来的子文件夹。"""
    from xltool.cli.migration import Job
    from xltool.collection.inbox import list_inbox
    from xltool.values.file_names import safe_name

    for source in sources:
        if not source.exists():
            raise Failure(f"“{source}”不存在。", "核对旧表的路径。")
    (first, *others) = sources
    if not others and not first.is_dir() and output.suffix.lower() == _SUFFIX:
        return [Job(safe_name(first.name), first, output, schemes)]
    if output.exists() and not output.is_dir():
        raise Failure(f"“{output}”是文件，不是文件夹。", "移几份的，-o 给文件夹。")
    jobs: list[Job] = []
    for source in sources:
        if not source.is_dir():
            jobs.append(Job(safe_name(source.name), source, output / source.name, schemes))
            continue
        for item in list_inbox(source, {output: ""}):
            if not (item.skip or item.path.resolve().is_relative_to(output.resolve())):
                target = output / item.path.relative_to(source)
                jobs.append(Job(item.file, item.path, target, schemes))
    if not jobs:
        raise Failure("文件夹里没有旧表。", "给放填好的旧表（.xlsx）的文件夹。")
    return jobs


def _spare(jobs: "Sequence[Job]") -> None:
    """旧表无论如何不覆盖。"""
    for job in jobs:
        if job.target.exists() and job.target.samefile(job.source):
            raise Failure(f"新表会覆盖旧表“{job.file}”。", "换一个名字，或另一个文件夹。")


def _moved(console: "Console", jobs: "Sequence[Job]") -> "list[Moved]":
    """各份移的结果；做的进程死了、超过时限的，只是那一份不能移。"""
    from xltool.cli.migration import Moved, moved
    from xltool.cli.progress import progress_shown
    from xltool.messages import collection as say
    from xltool.workers.pool import WorkerPool
    from xltool.workers.run import TIMEOUT, Lost, run_all

    with WorkerPool() as pool, progress_shown(console) as show:
        done = run_all(pool, moved, jobs, progress=lambda n, total: show("移表", n, total))
    slow = say.TIMED_OUT.finding(seconds=round(TIMEOUT))
    causes = {Lost.CRASHED: say.CRASHED.finding(), Lost.TIMED_OUT: slow}
    return [
        one if isinstance(one, Moved) else Moved(job, causes[one].in_file(job.file))
        for job, one in zip(jobs, done, strict=True)
    ]


def _show(console: "Console", result: "Moved") -> None:
    """一份的标题行、没有搬的、要核对的；上年的答案加 -v 才逐条印。"""
    from xltool.cli.text import safe
    from xltool.intake.grouping import group
    from xltool.migrating.list_sheet import counted
    from xltool.migrating.model import Fate

    migrated = result.migrated
    if migrated is None:
        console.line(f"× {safe(result.job.file)}：不能移")
        console.findings([result.problem] if result.problem else [])
        return
    head = f"√ {safe(result.job.file)} → {safe(str(result.saved))}"
    console.line(f"{head}：{counted(migrated)}")
    if result.scores:
        before, after = ("—" if one is None else f"{one:.2f}" for one in result.scores)
        console.line(f"    系统得分：旧表 {before}，新表 {after}")
    wanted = (Fate.LEFT, Fate.LOOK, Fate.EARLIER) if console.verbose else (Fate.LEFT, Fate.LOOK)
    for fate in wanted:
        console.findings(group(line.finding for line in migrated.listed(fate)))
