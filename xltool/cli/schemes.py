"""xltool scheme：看方案、查方案。"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xltool.cli.console import console_of
from xltool.cli.exits import ExitCode
from xltool.cli.local import SchemeName, chosen, scheme_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme.model import Scheme
    from xltool.scheme.problem import SchemeProblem
    from xltool.scoring.method import Method


def list_schemes(context: typer.Context) -> None:
    """列出全部方案：标识、版本、表种、名称，随程序带的还是用 --schemes 另给的。"""
    from xltool.cli.documents import SCHEMA
    from xltool.cli.text import table
    from xltool.scheme.loader import local_schemes
    from xltool.scoring.catalogue import offered_schemes, ready_schemes

    console = console_of(context)
    schemes = ready_schemes()
    places = {scheme_id: str(path) for scheme_id, path in local_schemes().items()}
    own = {scheme.id: "随程序带" for scheme in offered_schemes()}
    rows = [
        (s.id, s.version, s.variant, s.title, places.get(s.id) or own.get(s.id, "早先的，只读旧表"))
        for s in schemes
    ]
    console.lines(table(rows))
    documents = [_identity(item) | {"file": places.get(item.id)} for item in schemes]
    console.document({"schema": SCHEMA, "schemes": documents})


def show_scheme(
    context: typer.Context,
    name: SchemeName,
) -> None:
    """看一份方案：指标、分值、评分标准，以及每个参数的值和来源。"""
    from xltool.cli.documents import SCHEMA
    from xltool.flags.registry import thresholds_for
    from xltool.values import plain

    console = console_of(context)
    scheme, methods = chosen(name)
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
        for item in (*scheme.parameters.values(), *thresholds_for(scheme))
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
    name: Annotated[
        str,
        typer.Argument(
            metavar="文件", help="方案文件 .toml，或方案的标识", autocompletion=scheme_names
        ),
    ],
) -> None:
    """检查一个方案：不对的地方指出文件、键的路径和怎么改；不对时退出码是 2。"""
    from xltool.cli.documents import SCHEMA
    from xltool.cli.text import safe

    console = console_of(context)
    problems, notes = _looked_at(name)
    reported = [_reported(problem) for problem in problems]
    console.document(
        {
            "schema": SCHEMA,
            "ok": not reported,
            "problem": reported[0] if reported else None,
            "problems": reported,
            "notes": [_reported(note) for note in notes],
        }
    )
    console.lines(safe(f"{p.file}：{p.path}：{p.message}") for p in problems)
    if problems:
        raise typer.Exit(ExitCode.FAILED)
    console.lines(safe(f"提示 {p.file}：{p.path}：{p.message}") for p in notes)
    console.note(f"√ {safe(Path(name).name)} 可以用。")


def _reported(problem: "SchemeProblem") -> dict[str, str]:
    return {"file": problem.file, "path": problem.path, "message": problem.message}


def _looked_at(name: str) -> "tuple[list[SchemeProblem], list[SchemeProblem]]":
    """一个方案的全部毛病，和不妨碍用、值得看一眼的。"""
    from xltool.scheme.advice import advice
    from xltool.scheme.problem import SchemeProblem

    try:
        scheme, base, problems = _examined(name)
    except SchemeProblem as problem:
        return [problem, *problem.also], []
    if scheme is None or problems:
        return problems, []
    from xltool.excel.trial import trial_problems

    tried = [SchemeProblem(scheme.file, *one) for one in trial_problems(scheme)]
    notes = () if tried else advice(scheme, base)
    return tried, [SchemeProblem(scheme.file, *note) for note in notes]


def _examined(name: str) -> "tuple[Scheme | None, Scheme | None, list[SchemeProblem]]":
    """读一个方案、查一遍：方案、它所沿用的、全部毛病。

    Raises:
        SchemeProblem: 文件读不了，或没有这个标识。
    """
    from xltool.scheme.loader import base_of, load_scheme, taken
    from xltool.scheme.problem import SchemeProblem
    from xltool.scheme.sources import SUFFIX, file_text, shipped_ids, shipped_text
    from xltool.soundness import examined, faults

    if not name.endswith(SUFFIX):
        scheme = load_scheme(name)
        return scheme, None, [SchemeProblem(scheme.file, *fault) for fault in faults(scheme)]
    path = Path(name)
    text = file_text(path)
    found, problems = examined(text, path.name)
    if found is None:
        return None, None, [*problems]
    listed = [*problems]
    if found.id in shipped_ids() and text != shipped_text(found.id):
        listed.append(SchemeProblem(found.file, "scheme.id", taken(found.id)))
    return found, base_of(text, path.name), listed


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
    from xltool.facts.computed import shown
    from xltool.flags.registry import thresholds_for
    from xltool.values import plain

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
    for title, listed in (
        ("参数", tuple(scheme.parameters.values())),
        ("疑点的界限", thresholds_for(scheme)),
    ):
        yield f"{title}（{len(listed)} 个）"
        rows = [(p.key, shown(p), p.label, p.origin) for p in listed]
        yield from (f"  {line}" for line in table(rows))
