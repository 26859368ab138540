# ruff: noqa: INP001 - a script and its part, no package
"""由 data/ 里的数据写出全部示例工作簿，由报告的文字写出 .docx；同样的数据写出的字节不变。

用法：python sample_inputs/generate.py [目录]
"""

from __future__ import annotations

import re
import sys
import tomllib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from edits import Insert, Swap, edited, insert_record, renamed, with_texts
from reports import report_docx

from xltool.address import At
from xltool.excel.write import render_book, write_book
from xltool.scheme.key import VALUE, CellKey
from xltool.scheme.loader import load_scheme_file, parse_scheme
from xltool.scheme.model import SheetKind
from xltool.scheme.sources import SUFFIX
from xltool.scoring.catalogue import ready_scheme
from xltool.form.book import form_plan
from xltool.form.form import make_form
from xltool.sheets.plan import Cell, NumberFormat, Role, SheetPlan, WorkbookPlan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from xltool.facts.typed import Contents, Typed
    from xltool.form.form import Form
    from xltool.layout.layout import Layout
    from xltool.scheme.model import Scheme, Sheet

    Render = Callable[[Form], bytes]

HERE = Path(__file__).parent
DATA = HERE / "data"
ROSTER, WAIVERS = "名单", "豁免"
LIST_WIDTHS = {
    ROSTER: (6.0, 12.0, 34.0, 12.0, 18.0, 24.0),
    WAIVERS: (6.0, 8.0, 22.0, 18.0, 46.0, 10.0, 14.0, 14.0),
}
Table = dict[str, object]
_CHANGE = re.compile(r"(?P<sheet>\w+)(?:\[(?P<row>\w+)\]|\.(?P<field>\w+))(?:\.(?P<column>\w+))?")


@dataclass(frozen=True, slots=True)
class Sample:
    """一份示例：写到哪里、用哪个方案、各格内容、交来之前做过的改动。"""

    file: Path
    scheme: Scheme
    contents: Contents
    edits: list[Table] = field(default_factory=list)
    keep: Decimal = Decimal(1)  # 只留前面的几成，传输中断的文件
    copies: tuple[str, ...] = ()
    lock: str = ""  # 打开着的时候留下的锁文件叫什么


def from_scratch(form: Form) -> bytes:
    """一份填好的表，从头写。"""
    return render_book(form_plan(form))


def generate(target: Path = HERE, render: Render = from_scratch) -> tuple[Path, ...]:
    """写出全部文件，返回各个位置；`render` 写没有改动过的一份，写出的字节要与从头写的一样。"""
    written: list[Path] = []
    for source in sorted(DATA.rglob("*.toml")):
        if source.stem in LIST_WIDTHS:
            written.append(_write_list(source, target))
        else:
            written += _write(read_sample(source), target, render)
    for source in sorted(DATA.rglob("*.txt")):
        path = (target / source.relative_to(DATA)).with_suffix(".docx")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(report_docx(source.read_text("utf-8")))
        written.append(path)
    return tuple(written)


def read_sample(source: Path) -> Sample:
    """读一份数据；有 base 的先取那一份，这里写了的表整张换掉，再改动 changes 里的各格。"""
    tables = tomllib.loads(source.read_text("utf-8"), parse_float=Decimal)
    head = tables.pop("workbook")
    changes = tables.pop("changes", {})
    if base := head.get("base"):
        own = tables
        tables = tomllib.loads((source.parent / base).read_text("utf-8"), parse_float=Decimal)
        head = tables.pop("workbook") | head
        tables |= own
    scheme = _scheme(head)
    contents = dict(_contents(scheme, tables))
    contents |= {_changed_key(name): _typed(value) for name, value in changes.items()}
    file = source.relative_to(DATA).with_suffix(".xlsx")
    edits, copies = head.get("edits", []), tuple(head.get("copies", ()))
    keep, lock = head.get("keep", Decimal(1)), str(head.get("lock", ""))
    return Sample(file, scheme, contents, edits, keep, copies, lock)


def _scheme(head: Table) -> Scheme:
    """所用的方案，可以是一个文件；写了 replace 的，是把方案里的字换过的旧版。"""
    name = str(head["scheme"])
    if name.endswith(SUFFIX):
        return load_scheme_file(HERE / name)
    words = head.get("replace")
    if not isinstance(words, dict):
        return ready_scheme(name)[0]
    text = (resources.files("xltool") / "schemes" / f"{name}.toml").read_text("utf-8")
    for old, new in words.items():
        text = text.replace(old, new)
    return parse_scheme(text, f"{name}.toml")


# ---------------------------------------------------------------- 各格内容


def _contents(scheme: Scheme, tables: dict[str, Table]) -> Iterator[tuple[CellKey, Typed]]:
    known = {sheet.key for sheet in scheme.sheets}
    if unknown := set(tables) - known:
        raise ValueError(unknown)
    for sheet in scheme.sheets:
        for row, values in _rows(sheet, tables.get(sheet.key, {})):
            for column, value in values.items():
                key = CellKey(sheet.key, row, column)
                scheme.field(key)  # 写错的名字在这里就停下
                yield key, _typed(value)


def _rows(sheet: Sheet, table: object) -> Iterator[tuple[str, Table]]:
    if isinstance(table, list):
        yield from ((str(number), row) for number, row in enumerate(table, 1))
    elif isinstance(table, dict):
        for row, value in table.items():
            plain = sheet.kind is SheetKind.FIELDS and not isinstance(value, dict)
            yield row, {VALUE: value} if plain else value


def _typed(value: object) -> Typed:
    """数写成数，日期写成日期，文字照写，不作换算。"""
    if isinstance(value, (str, date, Decimal)):
        return value
    if isinstance(value, int):
        return Decimal(value)
    raise TypeError(value)


def _changed_key(name: str) -> CellKey:
    """finance.total 或 indicators[2].actual，与 read --json 的写法相同。"""
    found = _CHANGE.fullmatch(name)
    if not found:
        raise ValueError(name)
    return CellKey(found["sheet"], found["row"] or found["field"], found["column"] or VALUE)


# ---------------------------------------------------------------- 写


def _write(sample: Sample, target: Path, render: Render) -> Iterator[Path]:
    form = make_form(sample.scheme, sample.contents)
    data = _edited(form, sample.edits) if sample.edits else render(form)
    path = target / sample.file
    path.parent.mkdir(parents=True, exist_ok=True)
    for place in (path, *(path.with_name(name) for name in sample.copies)):
        place.write_bytes(data[: int(len(data) * sample.keep)])
        yield place
    if sample.lock:
        path.with_name(sample.lock).write_bytes(_lock_file("xxx"))
        yield path.with_name(sample.lock)


def _edited(form: Form, edits: Iterable[Table]) -> bytes:
    plan = form_plan(form)
    for edit in edits:
        plan = _EDITS[str(edit["kind"])](plan, form.layout, edit)
    return render_book(plan)


def _rename(plan: WorkbookPlan, layout: Layout, edit: Table) -> WorkbookPlan:
    return renamed(plan, layout.blocks[str(edit["sheet"])].name, str(edit["name"]))


def _record(plan: WorkbookPlan, layout: Layout, edit: Table) -> WorkbookPlan:
    return insert_record(plan, layout.blocks[str(edit["sheet"])], str(edit["row"]))


def _row(plan: WorkbookPlan, layout: Layout, edit: Table) -> WorkbookPlan:
    block = layout.blocks[str(edit["sheet"])]
    row = block.rows[str(edit["before"])]
    at = At(row, block.columns["label"][0])
    return with_texts(
        edited(plan, Insert(block.name, row=row)), block.name, {at: str(edit["text"])}
    )


def _column(plan: WorkbookPlan, layout: Layout, edit: Table) -> WorkbookPlan:
    block = layout.blocks[str(edit["sheet"])]
    column = block.columns[str(edit["before"])][0]
    texts = {At(block.lines.header, column): str(edit["heading"])}
    written = edit["texts"] if isinstance(edit["texts"], list) else []
    texts |= {At(block.rows[str(n)], column): str(text) for n, text in enumerate(written, 1)}
    return with_texts(edited(plan, Insert(block.name, col=column)), block.name, texts)


def _swap(plan: WorkbookPlan, layout: Layout, edit: Table) -> WorkbookPlan:
    block = layout.blocks[str(edit["sheet"])]
    left, right = (block.columns[str(edit[side])][0] for side in ("left", "right"))
    return edited(plan, Swap(block.name, left, right))


_EDITS: dict[str, Callable[[WorkbookPlan, Layout, Table], WorkbookPlan]] = {
    "insert_record": _record,
    "insert_row": _row,
    "insert_column": _column,
    "swap_columns": _swap,
    "rename": _rename,
}


def _lock_file(owner: str) -> bytes:
    """Excel 打开文件时留下的锁文件：一个长度字节、两种写法的用户名，共165字节。"""
    narrow = bytes([len(owner)]) + owner.encode().ljust(54)
    wide = len(owner).to_bytes(2, "little") + owner.ljust(54).encode("utf-16-le")
    return narrow + wide


# ---------------------------------------------------------------- 名单、豁免


def _write_list(source: Path, target: Path) -> Path:
    """名单、豁免写在报送文件夹的外面，不与报送混在一起；各文件夹的名单以文件夹的名字开头。"""
    path = target / "_".join((*source.parent.relative_to(DATA).parts, f"{source.stem}.xlsx"))
    tables = tomllib.loads(source.read_text("utf-8"))
    headings = ("序号", *tables["headings"])
    rows = [(str(n), *row) for n, row in enumerate(tables["rows"], 1)]
    last = len(headings)
    cells = [Cell(At(1, 1), tables["title"], Role.TITLE)]
    cells += [Cell(At(1, column), None, Role.TITLE) for column in range(2, last + 1)]
    cells += [Cell(At(2, n), text, Role.HEADER) for n, text in enumerate(headings, 1)]
    for line, row in enumerate(rows, 3):
        cells += [Cell(At(line, 1), Decimal(row[0]), Role.BODY_CENTER, NumberFormat.INTEGER)]
        cells += [
            Cell(At(line, n), text, Role.BODY, NumberFormat.TEXT)
            for n, text in enumerate(row[1:], 2)
        ]
    widths = LIST_WIDTHS[source.stem][:last]
    sheet = SheetPlan(source.stem, tuple(cells), widths=widths, heights={1: 30.0}, freeze=At(3, 1))
    path.parent.mkdir(parents=True, exist_ok=True)
    return write_book(WorkbookPlan((sheet,), title=tables["title"]), path)


if __name__ == "__main__":
    (HERE if len(sys.argv) == 1 else Path(sys.argv[1])).mkdir(parents=True, exist_ok=True)
    files = generate(*map(Path, sys.argv[1:2]))
    sys.stdout.write(f"写出 {len(files)} 个文件\n")
