"""方案里的数和字的界限：越过了的，表写不出、打不开，或悄悄算错，所以读方案时就拦下。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.scheme.completing import SATISFACTION_LIMIT
from xltool.scheme.fields import MOST_ROWS, SheetKind
from xltool.scheme.key import FULL_MARKS, SELF_SCORE, STATED_TOTAL, WORKING_DIGITS, field_key
from xltool.scheme.model import FieldKind
from xltool.values import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme.fields import Field, Sheet
    from xltool.scheme.model import Parameter, Scheme

    Problem = tuple[str, str]


class Bound(NamedTuple):
    """一种数的界限；`why` 是越过了会怎样，印在方案参考里。"""

    least: int
    most: int
    why: str
    whole: bool = True

    def problem(self, path: str, value: Decimal | float) -> Iterator[Problem]:
        """越过界限的说法。"""
        number = Decimal(str(value))
        broken = self.whole and number != number.to_integral_value()
        if broken or not self.least <= number <= self.most:
            kind = "整数" if self.whole else "数"
            yield path, f"应是 {self.least} 到 {self.most} 的{kind}，现为 {plain(number)}"


_FLAG: Final = Bound(0, 1, "别的数当作没有写")
_POINTS: Final = Bound(1, 10_000, "分值没有合计可对", whole=False)
YEAR, CAPACITY, AT_LEAST, WIDTH = "scheme.year", "capacity", "at_least", "width"
_PARAMETERS: Final = "parameters."
BOUNDS: Final[dict[str, Bound]] = {
    YEAR: Bound(2000, 2099, "年度认不出"),
    CAPACITY: Bound(1, MOST_ROWS, "收表时最多读这么多行，行多了文件也打不开"),
    AT_LEAST: Bound(0, MOST_ROWS, "不能多于可填的行数"),
    WIDTH: Bound(1, 255, "Excel 的列宽最多 255；太窄的看不见、点不到", whole=False),
    f"{_PARAMETERS}{WORKING_DIGITS}": Bound(
        4, 15, "太少的，比率会先舍入过了界限；Excel 最多 15 位"
    ),
    f"{_PARAMETERS}money_digits": Bound(2, 10, "太少的看不出差几分钱，太多的露出尾数"),
    f"{_PARAMETERS}score_digits": Bound(0, 6, "要少于计算精度"),
    f"{_PARAMETERS}{FULL_MARKS}": _POINTS,
    f"{_PARAMETERS}over_inclusive": _FLAG,
    f"{_PARAMETERS}over_by_deviation": _FLAG,
    f"{_PARAMETERS}reverse_ratio": _FLAG,
    f"{_PARAMETERS}free_weights": _FLAG,
}
MOST_PERCENT: Final = 5
"""百分数的参数最多是多少（百分之五百）：再大的多半是把 8% 写成了 8。"""
OPTION_LENGTH: Final = 200  # Excel 的公式里一段字最多 255 个
TITLE_LENGTH: Final = 255  # 文件属性、页眉一类
TEXT_LENGTH: Final = 1000  # 说明一类；一格放得下，打印也看得见


def bound_problems(scheme: Scheme) -> Iterator[Problem]:
    """越过界限的数和字：键的路径和说法。"""
    yield from BOUNDS[YEAR].problem(YEAR, scheme.year)
    yield from _texts(scheme)
    for sheet in scheme.sheets:
        yield from _sheet(sheet)
        for field in (*sheet.fields, *sheet.extras):
            yield from _field(f"sheets.{sheet.key}.{field.key}", field)
    yield from _self_scores(scheme)
    yield from _self_total(scheme)
    for key, parameter in scheme.parameters.items():
        bound = BOUNDS.get(f"{_PARAMETERS}{key}")
        if bound is not None:
            yield from bound.problem(f"{_PARAMETERS}{key}.value", parameter.value)
        if key.startswith(SATISFACTION_LIMIT):  # 与实现值的数比，90 就是 90%
            if parameter.unit == "%":
                yield f"{_PARAMETERS}{key}.unit", "界限写的已经是百分数（90 就是 90%），单位空着"
        elif "." not in key and (said := percent_problem(parameter)):
            yield f"{_PARAMETERS}{key}.value", said


def percent_problem(parameter: Parameter) -> str:
    """把 8% 写成了 8 的说法；不像的为空串。"""
    value = parameter.value
    if parameter.unit != "%" or abs(value) <= MOST_PERCENT:
        return ""
    wanted, found = plain(value.scaleb(-2)), plain(value)
    return f"百分数写成小数，{found}% 写 {wanted}；现为 {found}，就是 {plain(value * 100)}%"


def _sheet(sheet: Sheet) -> Iterator[Problem]:
    path = f"sheets.{sheet.key}"
    if not sheet.fields:
        yield f"{path}.fields", "至少要有一项"
    if sheet.kind is SheetKind.RECORDS:
        yield from BOUNDS[CAPACITY].problem(f"{path}.{CAPACITY}", sheet.capacity)
        own = BOUNDS[AT_LEAST]._replace(most=max(0, min(sheet.capacity, MOST_ROWS)))
        yield from own.problem(f"{path}.{AT_LEAST}", sheet.at_least)
    elif sheet.at_least:
        yield f"{path}.{AT_LEAST}", "只有记录表才写"
    if sheet.extras and sheet.kind is not SheetKind.FIELDS:
        yield f"{path}.extras", "只有逐项表才写"


def _field(path: str, field: Field) -> Iterator[Problem]:
    yield from BOUNDS[WIDTH].problem(f"{path}.{WIDTH}", field.width)
    low, high = field.minimum, field.maximum
    if (low is not None or high is not None) and not field.kind.numeric:
        key = "minimum" if low is not None else "maximum"
        yield f"{path}.{key}", f"只有填数的项才有上下限，现为 {field.kind}"
    elif low is not None and high is not None and low > high:
        yield f"{path}.minimum", f"最小 {plain(low)}，最大 {plain(high)}，填什么都不对"


def _self_scores(scheme: Scheme) -> Iterator[Problem]:
    """自评得分由 0 分到分值：扣完的、得满的都要填得进。"""
    most = max((one.points for one in scheme.indicators), default=Decimal(0))
    for sheet in scheme.sheets:
        own = next((one for one in sheet.fields if one.key == SELF_SCORE), None)
        if sheet.kind is not SheetKind.SCORE or own is None:
            continue
        path = f"sheets.{sheet.key}.{SELF_SCORE}"
        if own.minimum is not None and own.minimum != 0:
            yield f"{path}.minimum", f"自评得分从 0 分起，应是 0，现为 {plain(own.minimum)}"
        if own.maximum is not None and own.maximum < most:
            said = f"最高的分值 {plain(most)} 也要填得进，现为 {plain(own.maximum)}"
            yield f"{path}.maximum", said


def _self_total(scheme: Scheme) -> Iterator[Problem]:
    """自评总分在下发的表上自动得出：得得出来的分数，都要填得进。"""
    if not scheme.states_total or FULL_MARKS not in scheme.parameters:
        return
    field, full = scheme.field(field_key(STATED_TOTAL)), scheme.full_marks
    path, digits = f"sheets.{STATED_TOTAL}", scheme.parameters.get("score_digits")
    if field.maximum is not None and field.maximum < full:
        said = f"满分 {plain(full)} 也要填得进，现为 {plain(field.maximum)}"
        yield f"{path}.maximum", f"自评总分由各行相加得出，{said}"
    if field.kind is FieldKind.INTEGER and digits is not None and digits.value > 0:
        said = f"有 {plain(digits.value)} 位小数，不能是 {field.kind}"
        yield f"{path}.kind", f"自评总分由各行相加得出，{said}"


def _texts(scheme: Scheme) -> Iterator[Problem]:
    head = {"title": scheme.title, "work": scheme.work, "issued_by": scheme.issued_by}
    for key, text in (head | {"basis": scheme.basis}).items():
        yield from _length(f"scheme.{key}", text, TITLE_LENGTH)
    yield from _length("scheme.annex", scheme.annex, TITLE_LENGTH, needed=False)
    for text in scheme.guide:
        yield from _length("scheme.guide", text, TEXT_LENGTH)
    for level in scheme.levels:
        yield from _length(f"levels.{level.title}.title", level.title, TITLE_LENGTH)
    for item in scheme.indicators:
        path = f"indicators.{item.code}"
        yield from _length(f"{path}.code", item.code, TITLE_LENGTH)
        yield from _length(f"{path}.title", item.title, TITLE_LENGTH)
        yield from _length(f"{path}.note", item.note, TEXT_LENGTH, needed=False)
    for sheet in scheme.sheets:
        path = f"sheets.{sheet.key}"
        yield from _length(f"{path}.title", sheet.title, TITLE_LENGTH)
        yield from _length(f"{path}.note", sheet.note, TEXT_LENGTH, needed=False)
        for field in (*sheet.fields, *sheet.extras):
            for key, text in (("help", field.help), ("example", field.example)):
                yield from _length(f"{path}.{field.key}.{key}", text, TEXT_LENGTH, needed=False)
            yield from _length(f"{path}.{field.key}.unit", field.unit, TITLE_LENGTH, needed=False)


def _length(path: str, text: str, most: int, *, needed: bool = True) -> Iterator[Problem]:
    if needed and not text.strip():
        yield path, "要写，不能空着"
    elif len(text) > most:
        yield path, f"不超过{most}个字，现为 {len(text)} 个"
