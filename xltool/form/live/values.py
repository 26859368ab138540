"""自查：空着、不是数、不在列表里、超出范围；逐格看。"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.address import literal
from xltool.facts.computed import percent
from xltool.facts.derived import derived_formula, derived_keys, derived_value
from xltool.facts.left_out import spared
from xltool.facts.target import may_be_blank
from xltool.facts.typed import NONE_WRITTEN
from xltool.finding import Severity
from xltool.form.live.check import BROKEN, UNSEEN, LiveCheck
from xltool.form.live.wording import one_of
from xltool.messages import entries as say
from xltool.messages.marking import PICTURE_TEXT
from xltool.scheme.categories import SHEET
from xltool.scheme.key import SELF_SCORE, VALUE, CellKey
from xltool.scheme.model import FieldKind, SheetKind
from xltool.values import LIKELY_SERIALS, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from xltool.form.live.check import Guard, Judged, Line
    from xltool.scheme.model import Field, Scheme, Sheet

NOT_NUMBER = (*(f"V{number}" for number in range(101, 112)), "V153", "V164", "V195")
NOT_DATE = (*(f"V{number}" for number in range(111, 117)), "V153")
NOT_LISTED, OUT_OF_RANGE, NOT_WHOLE = ("V154", "V153"), ("V156",), ("V157",)
BLANK = ("C01", "C03", "V170", "R01")
_DAY = "2025-4-18"  # 没有举例的，照这样写
_PICTURE = "DISPIMG("
_SPACES = ("　", *UNSEEN)
_MARKS = ("-", "－", "—", "–", "_", "＿", "*", "＊")
_CROSSES = ("XXX", "XX", "ＸＸＸ", "ＸＸ")
# 不是空格、画的线、打的叉，也不是看不见的字符
_DROPPED = re.escape("".join((" xｘ", *_SPACES, *_MARKS, *_CROSSES)))
_SOMETHING = re.compile(rf"[^\x00-\x1f{_DROPPED}]")


def columns_in(sheet: Sheet, row: str) -> Iterator[tuple[str, Field]]:
    """一行里要填的各格：哪一栏，是什么项。"""
    if sheet.kind is SheetKind.FIELDS:
        own = next(field for field in sheet.fields if field.key == row)
        if own.computation is None:
            yield VALUE, own
            yield from ((extra.key, extra) for extra in sheet.extras)
        return
    yield from ((field.key, field) for field in sheet.fields if field.computation is None)


def blank_checks(
    scheme: Scheme, sheet: Sheet, row: str, started: Guard | None
) -> Iterator[LiveCheck]:
    """必填而空着；只打了空格的也是空着，起码要有的几项只画线、打叉的也是。

    记录表开了头的行才看。
    """
    for column, field in columns_in(sheet, row):
        if field.required:
            strict = (sheet.key, field.key) in scheme.essential
            free = spared(scheme, column) if sheet.key == SHEET else ()
            text, holds = _blank_formula(column, free, strict=strict), _blank(column, strict=strict)
            check = LiveCheck(BLANK, None, field.label, text, holds, started)
            own = CellKey(sheet.key, row, column)
            yield _cleared(check, own) if own in derived_keys(scheme) else check


def _cleared(check: LiveCheck, key: CellKey) -> LiveCheck:
    """由别的格得出的一格：得得出而空着，是清掉了；还得不出的，不用填。"""
    return check._replace(
        formula=lambda line: (
            f'AND({check.formula(line)},{derived_formula(line.scheme, key, line.refs)}<>"")'
        ),
        holds=lambda judged: check.holds(judged) and derived_value(judged.facts, key) is not None,
    )


def _blank_formula(
    column: str, spared_kinds: tuple[str, ...], *, strict: bool
) -> Callable[[Line], str]:
    def formula(line: Line) -> str:
        text = f"CLEAN({line.at(column)})"
        if strict:
            text = f"UPPER({text})"
        for mark in (*_SPACES, *((*_CROSSES, *_MARKS) if strict else ())):
            text = f'SUBSTITUTE({text},"{mark}","")'
        blank = f'TRIM({text})=""'
        marks = [f"NOT({line.left_out(kind)})" for kind in spared_kinds]
        return f"AND({','.join((blank, *marks))})" if marks else blank

    return formula


def _blank(column: str, *, strict: bool) -> Callable[[Judged], bool]:
    def holds(judged: Judged) -> bool:
        key = judged.key(column)
        return empty(judged, key, strict=strict) and not may_be_blank(judged.facts, key)

    return holds


def empty(judged: Judged, key: CellKey, *, strict: bool = False) -> bool:
    """空着，或只有空格和看不见的字符；`strict` 时只画线、打叉的也算。"""
    raw = judged.facts.entry(key).raw
    if _SOMETHING.search(raw):  # 多半写了字，一眼就看得出
        return False
    text = "".join(char for char in raw if char >= " ")
    for mark in (*_SPACES, *((*_CROSSES, *_MARKS) if strict else ())):
        text = (text.upper() if strict else text).replace(mark, "")
    return not text.strip(" ")


def broken_check(sheet: Sheet, row: str) -> LiveCheck:
    """贴来的 #N/A、坏了的公式、新版 Excel 置于单元格的图片；计划里的内容没有，只有公式看得见。"""
    columns = [column for column, _ in columns_in(sheet, row)]

    def formula(line: Line) -> str:
        tests = [f"IFERROR(TYPE({line.at(one)}),16)>8" for one in columns]  # 16 错误值，128 图片
        return tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"

    says = "有图片或错误值（如#N/A、#REF!），请清除后重填"
    return LiveCheck(BROKEN, Severity.ERROR, says, formula, lambda _: False, breaks=True)


def picture_checks(sheet: Sheet, row: str) -> Iterator[LiveCheck]:
    """WPS 嵌入的图片，退回件里替图片写的话，都是字；数、日期、列表的格里的，另有一条说着。"""
    columns = [column for column, field in columns_in(sheet, row) if field.kind.free]

    def formula(line: Line) -> str:
        area = f"{line.at(columns[0])}:{line.at(columns[-1])}"  # IronCalc 不数单独一格
        marks = (f"?{_PICTURE}*", PICTURE_TEXT)  # 以等号开头的条件，等号是运算符
        return "+".join(f'COUNTIF({area},"{mark}")' for mark in marks) + ">0"

    def holds(judged: Judged) -> bool:
        texts = [judged.raw(column).upper() for column in columns]
        return any(one == PICTURE_TEXT or one[1:].startswith(_PICTURE) for one in texts)

    says = "里面有图片，请删去后写文字，图片另附"
    if columns:
        yield LiveCheck((say.PICTURE.code,), Severity.ERROR, says, formula, holds)


def value_checks(scheme: Scheme, sheet: Sheet, row: str) -> Iterator[LiveCheck]:
    """填得不对的格：一格最多一条。"""
    for column, field in columns_in(sheet, row):
        label = "" if column == VALUE else f"“{field.label}”"
        if field.kind is FieldKind.CHOICE:
            yield _listed(scheme, column, field, label)
        elif field.kind.dated:
            yield _day(
                column,
                f"{label}不是日期，请照{field.example or _DAY}的写法重新输入{_or_clear(field)}",
            )
        elif field.kind.numeric:
            how = "如95%" if field.kind is FieldKind.PERCENT else "不带单位、空格"
            says = f"{label}不是数，请重新输入，{how}{_or_clear(field)}"
            yield _number(column, says, NOT_NUMBER, () if field.required else NONE_WRITTEN)
            if sheet.kind is not SheetKind.SCORE or column != SELF_SCORE:  # 自评得分的上下限另看
                yield from _range(column, field, label)


def _or_clear(field: Field) -> str:
    """选填的写“无”“/”的当作没有填；别的字清空就是。"""
    return "" if field.required else "，没有的清空"


def _number(
    column: str, says: str, codes: tuple[str, ...], none: tuple[str, ...] = ()
) -> LiveCheck:
    def formula(line: Line) -> str:
        cell = line.at(column)
        said = f",NOT({one_of(cell, none)})" if none else ""
        return f'AND({cell}<>"",NOT(ISNUMBER({cell})){said})'

    def holds(judged: Judged) -> bool:
        entry = judged.facts.entry(judged.key(column))
        return entry.raw != "" and (entry.value is None or isinstance(entry.value, str))

    return LiveCheck(codes, Severity.ERROR, says, formula, holds)


def _day(column: str, says: str) -> LiveCheck:
    """写成文字的、是数却不是这几十年里一天的。"""
    first, last = LIKELY_SERIALS

    def formula(line: Line) -> str:
        cell = line.at(column)
        outside = f"OR({cell}<{first},{cell}>{last})"
        return f'IF(ISNUMBER({cell}),{outside},{cell}<>"")'

    def holds(judged: Judged) -> bool:
        entry = judged.facts.entry(judged.key(column))
        if isinstance(entry.value, Decimal):
            return not first <= entry.value <= last
        return entry.raw != "" and (entry.value is None or isinstance(entry.value, str))

    return LiveCheck(NOT_DATE, Severity.ERROR, says, formula, holds)


def _range(column: str, field: Field, label: str) -> Iterator[LiveCheck]:
    low, high = field.minimum, field.maximum
    show = percent if field.kind is FieldKind.PERCENT else plain
    wanted = [f"不小于{show(low)}"] if low is not None else []
    wanted += [f"不大于{show(high)}"] if high is not None else []
    tests = [f"{{cell}}<{plain(low)}"] if low is not None else []
    tests += [f"{{cell}}>{plain(high)}"] if high is not None else []

    def beyond(value: Decimal) -> bool:
        return (low is not None and value < low) or (high is not None and value > high)

    if wanted:
        says = f"{label}应{'、'.join(wanted)}"
        yield _compared(column, says, f"OR({','.join(tests)})", beyond, OUT_OF_RANGE)
    if field.kind is FieldKind.INTEGER:  # 超出范围的只说范围
        inside = f"NOT(OR({','.join(tests)}))," if tests else ""
        yield _compared(
            column,
            f"{label}应填整数",
            f"AND({inside}{{cell}}<>INT({{cell}}))",
            lambda value: not beyond(value) and value != value.to_integral_value(),
            NOT_WHOLE,
        )


def _compared(
    column: str, says: str, test: str, holds: Callable[[Decimal], bool], codes: tuple[str, ...]
) -> LiveCheck:
    def formula(line: Line) -> str:
        cell = line.at(column)
        return f"IF(ISNUMBER({cell}),{test.format(cell=cell)},FALSE)"

    def judge(judged: Judged) -> bool:
        value = judged.facts.number(judged.key(column))
        return value is not None and holds(value)

    return LiveCheck(codes, Severity.ERROR, says, formula, judge)


def _listed(scheme: Scheme, column: str, field: Field, label: str) -> LiveCheck:
    """不在列表里；二级列表看上一级选了什么，没有选的各个列表都算。"""

    def formula(line: Line) -> str:
        cell = line.at(column)
        names = dict.fromkeys([field.options] if field.options else field.options_by.values())
        counted = {name: f"SUMPRODUCT(({cell}={line.refs.options(name)})*1)" for name in names}
        found = "+".join(counted.values())
        if field.options_by:
            parent = line.at(field.depends)
            for value, name in field.options_by.items():
                found = f"IF({parent}={literal(value)},{counted[name]},{found})"
        return f'AND({cell}<>"",{found}=0)'

    def holds(judged: Judged) -> bool:
        entry = judged.facts.entry(judged.key(column))
        if entry.raw == "":
            return False
        names = [field.options] if field.options else list(field.options_by.values())
        if field.options_by:
            parent = judged.facts.text(judged.key(field.depends)).upper()
            names = [n for v, n in field.options_by.items() if v.upper() == parent] or names
        text = entry.value.upper() if isinstance(entry.value, str) else None
        return all(text != word.upper() for name in names for word in scheme.words(name))

    return LiveCheck(
        NOT_LISTED, Severity.ERROR, f"{label}不在列表里，请重新选（多了空格也不行）", formula, holds
    )
