"""xltool scheme：看方案、查方案。"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xltool.cli.console import console_of
from xltool.cli.exits import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme.model import Scheme
    from xltool.scoring.method import Method


def scheme_names(incomplete: str) -> list[str]:
    """自动补全：方案的标识。"""
    from xltool.scheme.loader import scheme_ids

    return [name for name in scheme_ids() if name.startswith(incomplete)]


def list_schemes(context: typer.Context) -> None:
    """列出随程序带的方案：标识、版本、表种、名称。"""
    from xltool.cli.documents import SCHEMA
    from xltool.cli.text import table
    from xltool.scoring.catalogue import ready_schemes

    console = console_of(context)
    schemes = ready_schemes()
    rows = [(item.id, item.version, item.variant, item.title) for item in schemes]
    console.lines(table(rows))
    documents = [_identity(item) for item in schemes]
    console.document({"schema": SCHEMA, "schemes": documents})


def show_scheme(
    context: typer.Context,
    scheme_id: Annotated[
        str, typer.Argument(metavar="方案", help="方案的标识", autocompletion=scheme_names)
    ],
) -> None:
    """看一份方案：指标、分值、评分标准，以及每个参数的值和来源。"""
    from xltool.cli.documents import SCHEMA
    from xltool.facts.computed import plain
    from xltool.scoring.catalogue import ready_scheme

    console = console_of(context)
    scheme, methods = ready_scheme(scheme_id)
    console.lines(_scheme_lines(scheme, methods))
    sentences = {method.indicator.code: method.sentence() for method in methods}
    indicators = [
        {
            "code": item.code,
            "level1": item.level1,
            "level2": item.level2,
            "title": item.title,
            "points": plain(item.points),
            "sentence": sentences[item.code],
            "origin": item.origin,
        }
        for item in scheme.indicators
    ]
    parameters = [
        {
            "key": item.key,
            "label": item.label,
            "value": plain(item.value),
            "unit": item.unit,
            "origin": item.origin,
        }
        for item in scheme.parameters.values()
    ]
    console.document(
        {
            "schema": SCHEMA,
            "scheme": _identity(scheme),
            "indicators": indicators,
            "parameters": parameters,
        }
    )


def lint_scheme(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件", help="改好的方案文件 .toml")],
) -> None:
    """检查一个方案文件：不对的地方指出文件、键的路径和怎么改；不对时退出码是 2。"""
    from xltool.cli.documents import SCHEMA
    from xltool.cli.text import safe
    from xltool.flags.registry import missing_parameters
    from xltool.scheme.loader import load_scheme_file
    from xltool.scheme.problem import SchemeProblem
    from xltool.scoring.catalogue import methods_of

    console = console_of(context)
    problem = None
    try:
        scheme = load_scheme_file(file)
        methods_of(scheme)
        if missing := missing_parameters(scheme):
            path = "、".join(missing)
            raise SchemeProblem(file.name, path, "疑点规则要用这个参数，方案里没有写")  # noqa: TRY301 - one way out for every fault
    except SchemeProblem as found:
        problem = found
    told = (
        {"file": problem.file, "path": problem.path, "message": problem.message}
        if problem
        else None
    )
    console.document({"schema": SCHEMA, "ok": problem is None, "problem": told})
    if problem is not None:
        console.line(safe(f"{problem.file}：{problem.path}：{problem.message}"))
        raise typer.Exit(ExitCode.FAILED)
    console.note(f"√ {safe(file.name)} 可以用。")


def _identity(scheme: "Scheme") -> dict[str, object]:
    return {
        "id": scheme.id,
        "version": scheme.version,
        "year": scheme.year,
        "title": scheme.title,
        "variant": scheme.variant,
        "issued_by": scheme.issued_by,
        "basis": scheme.basis,
        "origin": scheme.origin,
    }


def _scheme_lines(scheme: "Scheme", methods: "tuple[Method, ...]") -> "Iterator[str]":
    """给人看的方案。"""
    from xltool.cli.text import table
    from xltool.facts.computed import plain, shown

    yield f"{scheme.title}（{scheme.id}，版本 {scheme.version}）"
    yield f"  印发：{scheme.issued_by}"
    yield f"  依据：{scheme.basis}"
    yield f"  来源：{scheme.origin}"
    yield ""
    yield f"三级指标（{len(scheme.indicators)} 项，满分 {plain(scheme.number('full_marks'))} 分）"
    sentences = {method.indicator.code: method.sentence() for method in methods}
    for item in scheme.indicators:
        yield f"  {item.code} {item.level1}·{item.level2}·{item.title}  {plain(item.points)}分"
        yield f"     评分标准：{' '.join(sentences[item.code].split())}"
        yield f"     来源：{item.origin}"
    yield ""
    yield f"参数（{len(scheme.parameters)} 个）"
    rows = [(p.key, shown(p), p.label, p.origin) for p in scheme.parameters.values()]
    yield from (f"  {line}" for line in table(rows))
