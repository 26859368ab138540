"""字段：各张工作表的项目和栏，一行一个。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from xltool.scheme.model import FieldKind
from xltool.scheme_book.draft import given
from xltool.scheme_book.table import Column, Kind, PercentWhen, Table
from xltool.scheme_book.tables.computing import computation_data, dropdown_data
from xltool.scheme_book.words import FIELD_KINDS, PARTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme.model import Scheme
    from xltool.scheme_book.draft import Data, Draft, ReadRow
    from xltool.scheme_book.table import Row

REFERENCE, SHEET_NAME = "reference", "sheet_name"
EXTRAS: Final = "extras"
_PERCENT: Final = PercentWhen("kind", FieldKind.PERCENT.value)

TABLE: Final = Table(
    key="fields",
    name="字段",
    title="各张工作表的项目和栏",
    note="一行一个，依排列次序；补在末尾的，导入时排到同一张表之后。自动计算的另在“自动计算”写算法，二级下拉另在“二级下拉”写。",
    purpose="增减填报项，改名称、填报要求、下拉列表时改",
    label="label",
    columns=(
        Column(
            key="sheet",
            heading="工作表",
            width=11,
            kind=Kind.KEY,
            required=True,
            fixed=True,
            pick="sheets.key",
            parent="sheets.key",
            help="哪张工作表的，写工作表的标识。",
        ),
        Column(key=SHEET_NAME, heading="表名", width=12, kind=Kind.AUTO),
        Column(
            key="part",
            heading="位置",
            width=9,
            kind=Kind.WORD,
            required=True,
            fixed=True,
            words=PARTS,
            help="附加栏是逐项表各行共有的栏，其余都是项目。",
        ),
        Column(
            key="key",
            heading="标识",
            width=17,
            kind=Kind.KEY,
            required=True,
            fixed=True,
            help="程序用的名字：小写字母开头，只用小写字母、数字和下划线；同一张表里不重复。",
        ),
        Column(key=REFERENCE, heading="引用", width=24, kind=Kind.AUTO),
        Column(
            key="code", heading="编码", width=7, kind=Kind.CODE, help="逐项表印在最左边的编码。"
        ),
        Column(key="label", heading="名称", width=24, required=True, help="印在表上的名称。"),
        Column(
            key="kind",
            heading="类型",
            width=10,
            kind=Kind.WORD,
            required=True,
            words=FIELD_KINDS,
            help="从列表选；意思见“词表”。",
        ),
        Column(key="unit", heading="单位", width=8, help="印在名称后面，如 万元。"),
        Column(key="required", heading="必填", width=6, kind=Kind.FLAG, help="必填的写 是。"),
        Column(
            key="essential",
            heading="关键项",
            width=7,
            kind=Kind.FLAG,
            help="空着就退回的写 是（疑点 C01）。",
        ),
        Column(
            key="options",
            heading="选项表",
            width=14,
            kind=Kind.KEY,
            pick="options.list",
            parent="options.list",
            help="从列表选的项，写选项表的标识，见“选项”。",
        ),
        Column(
            key="minimum",
            heading="不小于",
            width=8,
            kind=Kind.NUMBER,
            percent=_PERCENT,
            help="填数的项，最小多少；没有限制的空着。",
        ),
        Column(
            key="maximum",
            heading="不大于",
            width=8,
            kind=Kind.NUMBER,
            percent=_PERCENT,
            help="填数的项，最大多少；没有限制的空着。",
        ),
        Column(
            key="width",
            heading="列宽",
            width=7,
            kind=Kind.NUMBER,
            help="印出来多宽，以半角字符计；空着按12。",
        ),
        Column(key="help", heading="填报要求", width=36, help="印在表上，也是输入提示。"),
        Column(key="example", heading="例子", width=16, help="印在填报要求后面。"),
    ),
    spare=20,
    unique=(("sheet", "key"), ("code",)),
)


def rows(scheme: Scheme) -> Iterator[Row]:
    """各个项目和栏。"""
    for sheet in scheme.sheets:
        parts = (("fields", field) for field in sheet.fields)
        extras = ((EXTRAS, field) for field in sheet.extras)
        for part, field in (*parts, *extras):
            yield {
                "sheet": sheet.key,
                SHEET_NAME: sheet.name,
                "part": part,
                "key": field.key,
                REFERENCE: f"{sheet.key}.{field.key}",
                "code": field.code,
                "label": field.label,
                "kind": field.kind.value,
                "unit": field.unit,
                "required": field.required,
                "essential": part != EXTRAS and (sheet.key, field.key) in scheme.essential,
                "options": field.options,
                "minimum": field.minimum,
                "maximum": field.maximum,
                "width": Decimal(str(field.width)),
                "help": field.help,
                "example": field.example,
            }


def fill(draft: Draft) -> None:
    """关键项写在方案的身份里，依表里的次序；其余随各张工作表。"""
    marked = [row for row in draft.rows(TABLE.key) if row.flag("essential")]
    names = [f"{row.text('sheet')}.{row.text('key')}" for row in marked]
    for name, row in zip(names, marked, strict=True):
        draft.mark(f"scheme.essential.{name}", row.place("essential"))
    draft.data["scheme"]["essential"] = names
    draft.mark_head("scheme.essential", TABLE.key, "essential")
    draft.mark_head("fields.code", TABLE.key, "code")


def field_data(draft: Draft, sheet: str, paths: tuple[str, ...]) -> Data:
    """一张工作表的项目和附加栏。"""
    parts: dict[str, list[Data]] = {"fields": []}
    for row in draft.groups(TABLE.key, "sheet").get(sheet, ()):
        part = row.text("part") or "fields"
        items = parts.setdefault(part, [])
        inner = tuple(f"{path}.{part}[{len(items) + 1}]" for path in paths)
        names = (*inner, *(f"{path}.{row.text('key')}" for path in paths))
        items.append(_field(draft, row, names))
        draft.mark_row(names, row, "key")
    return dict(parts)


def _field(draft: Draft, row: ReadRow, paths: tuple[str, ...]) -> Data:
    sheet, key = row.text("sheet"), row.text("key")
    width = row.number_or_none("width")
    data = {"key": key, **given(code=row.text("code")), "label": row.text("label")}
    data |= given(unit=row.text("unit")) | {"kind": row.text("kind")}
    data |= given(options=row.text("options"), **dropdown_data(draft, sheet, key, paths))
    data |= given(
        required=row.flag("required"),
        minimum=row.number_or_none("minimum"),
        maximum=row.number_or_none("maximum"),
        computation=computation_data(draft, sheet, key, paths),
        width=width,
    )
    return data | {"help": row.text("help")} | given(example=row.text("example"))
