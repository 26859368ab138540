"""自查：记录表里不是记录的行：合计、表尾的话、省略号、样例、其中、只有空格的、只写了“无”的。

它们缺什么不算。表里的公式把它们当作记录：要算分的表说须改正，别的表说须说明；只写了“无”的不说。
程序认得的更多（intake/no_records），这里只认一定不是记录的。
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from xltool.facts.left_out import takes_parts
from xltool.facts.saying import is_listed, listed, says_nothing, says_nothing_formula
from xltool.finding import Severity
from xltool.form.live.check import UNSEEN, Guard, LiveCheck
from xltool.form.live.values import BLANK
from xltool.form.live.wording import folded, folded_formula, one_of
from xltool.layout.columns import NAMED
from xltool.messages import form as say
from xltool.scheme.categories import SHEET
from xltool.scheme.naming import name_column
from xltool.values.words import NO_RECORDS

if TYPE_CHECKING:
    from xltool.form.live.check import Judged, Line
    from xltool.scheme.model import Scheme, Sheet

_NOTES = ("注:", "备注:")
SAMPLE_LEADS = ("例:", "如:", "例如:", "示例:", "样例:", "请填", "(示例)", "(样例)")
_PARTS = ("、其中", ".其中", ")其中")  # 前面可以写是第几项
_NUMBERED = 7
_SPACES = (" ", "　", *UNSEEN)
_DOTS, _BRACKETS = ".·。…", "-()"
# 合计前面可以写是哪里的、哪一年的；括号里的不看
TOTAL_LEADS = (
    *(":", "本页", "本表", "各项", "全部", "本年度", "本年", "年度", "上级", "本级"),
    *(word for level in "省市县区镇" for word in (f"全{level}", f"{level}级")),
)
_TOTALS = ("合计", "小计", "总计", "共计", "累计", "总数", "汇总", "TOTAL")
TOTAL_NAMES = tuple(map("".join, product(_TOTALS, ("", "数", "金额"))))
END_NAMES = (
    *("空白", "完", "完毕", "本页完", "本表完", "结束", "表格结束", "END", "等", "等等"),
    *map(
        "".join, product(("以下", "此行", "此行以下"), ("空白", "为空", "无", "无内容", "无正文"))
    ),
    *(f"{lead}指标{number}" for lead in ("", "三级") for number in "123一二三"),
)
_BLANK = "这一行只有空格或换行，公式把它当作一条记录，请选中各格清除内容"
_COUNTED = "这一行是合计、其中、样例或表尾的话，不是一条记录，公式却算了进去，请清空"


def started(scheme: Scheme, sheet: Sheet) -> Guard:
    """开了头、不是“无”“合计”一类的行才看缺什么。"""

    def formula(line: Line) -> str:
        name = line.at(sheet.anchor)
        none = says_nothing_formula(scheme, name, line.refs)
        alone = f'AND({_count(sheet, line)}=1,{name}<>"",{none})'
        return f"IF({_count(sheet, line)}=0,FALSE,NOT(OR({alone},{_extra(sheet, line)})))"

    def holds(judged: Judged) -> bool:
        written, name = _written(sheet, judged), judged.raw(sheet.anchor)
        alone = written == 1 and name != "" and says_nothing(scheme, name)
        return written > 0 and not alone and not _is_extra(sheet, judged)

    return Guard(formula, holds)


def not_record(scheme: Scheme, sheet: Sheet) -> LiveCheck:
    """合计和注：不是一条记录，却被表里的公式算了进去；要算分的表，得分就不对。"""
    if not _scored(sheet):
        return LiveCheck(
            (say.NOT_RECORD.code,),
            Severity.WARNING,
            "这一行是合计、表尾的话或省略号，不是一条记录，请清空",
            lambda line: _extra(sheet, line),
            lambda judged: _is_extra(sheet, judged),
        )
    parts = not (sheet.key == SHEET and takes_parts(scheme))
    return LiveCheck(
        (say.NOT_RECORD.code,),
        Severity.ERROR,
        _COUNTED,
        lambda line: f"OR({_extra(sheet, line)},{_other(sheet, line, parts=parts)})",
        lambda judged: _is_extra(sheet, judged) or _is_other(sheet, judged, parts=parts),
    )


def blank_row(sheet: Sheet) -> LiveCheck:
    """看着空的一行：只说这一句，别的各条看到的是没有填的格。"""

    def formula(line: Line) -> str:
        text = "&".join(map(line.at, _own(sheet)))
        for space in _SPACES:
            text = f'SUBSTITUTE({text},"{space}","")'
        return f'IFERROR(IF({_count(sheet, line)}>0,CLEAN({text})="",FALSE),FALSE)'

    def holds(judged: Judged) -> bool:
        text = "".join(map(judged.raw, _own(sheet)))
        return text != "" and not any(char >= " " and char not in _SPACES for char in text)

    codes = (say.BLANK_ROW.code,)
    return LiveCheck(codes, Severity.ERROR, _BLANK, formula, holds, breaks=True)


def left_over(sheet: Sheet) -> LiveCheck:
    """必填的都清了，右边还剩着别的栏：只说剩了什么，不逐栏说没有填。"""
    fields = [field for field in sheet.fields if field.computation is None]
    needed = [field.key for field in fields if field.required]
    labels = "".join(f"“{field.label}”" for field in fields if not field.required)
    says = f"这一行必填的都空着，{labels}里还有没清的：不报的清空，要报的补齐"

    def formula(line: Line) -> str:
        return f"IF(COUNTA({','.join(map(line.at, needed))})=0,{_count(sheet, line)}>0,FALSE)"

    def holds(judged: Judged) -> bool:
        return not any(map(judged.raw, needed)) and _written(sheet, judged) > 0

    return LiveCheck(BLANK, None, says, formula, holds, breaks=True)


def _scored(sheet: Sheet) -> bool:
    """有自动计算的栏的表，评分的公式数它的行。"""
    return any(field.computation is not None for field in sheet.fields)


def _own(sheet: Sheet) -> list[str]:
    return [field.key for field in sheet.fields if field.computation is None]


def _count(sheet: Sheet, line: Line) -> str:
    return f"COUNTA({','.join(map(line.at, _own(sheet)))})"


def _written(sheet: Sheet, judged: Judged) -> int:
    return sum(judged.raw(one) != "" for one in _own(sheet))


def _extra(sheet: Sheet, line: Line) -> str:
    name = _name(sheet, line)
    by_size = {size: [note for note in _NOTES if len(note) == size] for size in (2, 3)}
    notes = ",".join(one_of(f"LEFT({name},{size})", said) for size, said in by_size.items())
    note = f"IF(OR({notes}),{_count(sheet, line)}=1,FALSE)"
    none = listed(name, NO_RECORDS)
    return f'IF({line.at(sheet.anchor)}="",FALSE,IF({none},TRUE,{note}))'


def _is_extra(sheet: Sheet, judged: Judged) -> bool:
    if judged.raw(sheet.anchor) == "":
        return False
    name = folded(judged.raw(sheet.anchor))
    if is_listed(name, NO_RECORDS):
        return True
    return name.startswith(_NOTES) and _written(sheet, judged) == 1


def _name(sheet: Sheet, line: Line) -> str:
    """名称，写成好比的样子。"""
    hidden = name_column(sheet) == sheet.anchor
    return line.at(NAMED.key) if hidden else folded_formula(line.at(sheet.anchor))


def _other(sheet: Sheet, line: Line, *, parts: bool) -> str:
    """要算分的表另认的：各种写法的合计、表尾的话、样例，和上一条里的“其中”。"""
    name = _name(sheet, line)
    total = f'LEFT({name},FIND("(",{name}&" (",2)-1)'
    for whose in TOTAL_LEADS:
        total = f'SUBSTITUTE({total},"{whose}","")'
    dots = name
    for mark in _DOTS:
        dots = f'SUBSTITUTE({dots},"{mark}","")'
    end = dots
    for mark in _BRACKETS:
        end = f'SUBSTITUTE({end},"{mark}","")'
    tests = [listed(total, TOTAL_NAMES), f'{dots}=""', listed(end, END_NAMES)]
    by_size = {size: [one for one in SAMPLE_LEADS if len(one) == size] for size in (2, 3, 4)}
    tests += [one_of(f"LEFT({name},{size})", said) for size, said in by_size.items()]
    if parts:
        start = f'"、"&LEFT({name},{_NUMBERED})'
        tests += [f'ISNUMBER(FIND("{part}",{start}))' for part in _PARTS]
    return f'IF({name}="",FALSE,OR({",".join(tests)}))'


def _is_other(sheet: Sheet, judged: Judged, *, parts: bool) -> bool:
    """与 _other 同义。"""
    name = folded(judged.raw(sheet.anchor))
    if not name:
        return False
    total = name[: f"{name} (".index("(", 1)]
    for whose in TOTAL_LEADS:
        total = total.replace(whose, "")
    dots = "".join(char for char in name if char not in _DOTS)
    end = "".join(char for char in dots if char not in _BRACKETS)
    if is_listed(total, TOTAL_NAMES) or not dots or is_listed(end, END_NAMES):
        return True
    start = f"、{name[:_NUMBERED]}"
    return name.startswith(SAMPLE_LEADS) or (parts and any(part in start for part in _PARTS))
