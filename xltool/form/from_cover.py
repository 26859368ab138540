"""由封面带到评分表上的话：填报单位、签章、联系电话、填报日期；封面上改了，这里随着变。"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.address import literal
from xltool.finding import LONGEST_NAME
from xltool.layout.wording import DAY_TEXT, UNIT_TEXT
from xltool.scheme.key import DEPARTMENT, field_key
from xltool.scheme.labels import label_of
from xltool.scheme.model import FieldKind
from xltool.sheets.plan import Formula
from xltool.values import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xltool.facts.typed import Typed
    from xltool.form.form import Form
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Scheme

LINE = "＿"  # 还没有填的，留一道线
_BLANK = LINE * 12
_DATE = field_key("cover.date")
_EPOCH, _FIRST, _LAST = date(1899, 12, 30), 61, 2_958_465  # Excel 的日期序号
_GAP = "　　　"
_SIGNERS = ("cover.leader", "cover.finance_leader", "cover.filler", "cover.phone")


def heading(form: Form, home: str, note: str) -> Formula:
    """标题下的一行：填报单位（评项目的还有项目）、填报日期和说明。"""
    others = (
        _named(form, home, f"{form.scheme.field(key).label}：", key)
        for key in form.scheme.subject
        if key != DEPARTMENT
    )
    told = (_named(form, home, UNIT_TEXT, DEPARTMENT), *others, _dated(form, home))
    return _joined(form, ("heading", home), told, note)


def annex_heading(form: Form, home: str) -> Formula:
    """附表标题下的一行：填报单位。"""
    return _joined(form, ("annex", home), (_named(form, home, UNIT_TEXT, DEPARTMENT),))


def signatures(form: Form, home: str) -> tuple[Formula, ...]:
    """签章各处：填报单位，负责人、填报人、电话照封面的叫法，填报日期。"""
    signers = [
        _named(form, home, f"{label_of(form.scheme, name)}：", field_key(name), "")
        for name in _SIGNERS
        if form.scheme.has(name)
    ]
    told = (_named(form, home, UNIT_TEXT, DEPARTMENT, ""), *signers, _dated(form, home))
    return tuple(
        _joined(form, ("signature", home, number), (one,)) for number, one in enumerate(told)
    )


def _joined(
    form: Form, name: tuple[object, ...], told: Iterable[tuple[str, str]], note: str = ""
) -> Formula:
    texts, results = zip(*told, strict=True)
    end = f"&{literal(_GAP + note)}" if note else ""
    text = form.layout.text(name, lambda: f'&"{_GAP}"&'.join(texts) + end)
    return Formula(text, _GAP.join((*results, *([note] if note else []))))


def _named(form: Form, home: str, label: str, key: CellKey, blank: str = _BLANK) -> tuple[str, str]:
    """一处的公式和结果：封面上写的，太长的只写开头。"""
    cell = form.refs(home).cell(key)
    text = f'{literal(label)}&IF({cell}="","{blank}",LEFT({cell},{LONGEST_NAME}))'
    return text, label + (written(form.contents.get(key))[:LONGEST_NAME] or blank)


def _dated(form: Form, home: str) -> tuple[str, str]:
    """填报日期：封面上是日期的写成年月日，写成文字的照抄。"""
    monthly = _monthly(form.scheme)
    blank = f"{LINE * 2}年{LINE * 2}月" + ("" if monthly else f"{LINE * 2}日")
    if not form.scheme.has("cover.date"):
        return f'"{DAY_TEXT}{blank}"', DAY_TEXT + blank
    cell = form.refs(home).cell(_DATE)
    day = "" if monthly else f'&DAY({cell})&"日"'
    known = f"AND({cell}>={_FIRST},{cell}<={_LAST})"
    said = f'IF({known},YEAR({cell})&"年"&MONTH({cell})&"月"{day},"")'
    text = f'IF(ISNUMBER({cell}),{said},IF({cell}="","{blank}",LEFT({cell},{LONGEST_NAME})))'
    content = form.contents.get(_DATE)
    if isinstance(content, Decimal):
        shown = _EPOCH + timedelta(int(content)) if _FIRST <= content <= _LAST else None
        return f'"{DAY_TEXT}"&{text}', DAY_TEXT + (_spelt(shown, monthly=monthly) if shown else "")
    if isinstance(content, date):
        return f'"{DAY_TEXT}"&{text}', DAY_TEXT + _spelt(content, monthly=monthly)
    return f'"{DAY_TEXT}"&{text}', DAY_TEXT + (written(content)[:LONGEST_NAME] or blank)


def _spelt(day: date, *, monthly: bool) -> str:
    return f"{day.year}年{day.month}月" + ("" if monthly else f"{day.day}日")


def written(content: Typed | None) -> str:
    """一格的内容在公式里接成的字。"""
    if isinstance(content, Decimal):
        return plain(content)
    return "" if content is None else str(content)


def _monthly(scheme: Scheme) -> bool:
    """填报日期只印到月。"""
    return scheme.has("cover.date") and scheme.field(_DATE).kind is FieldKind.MONTH
