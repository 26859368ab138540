"""计分取数、计分参数：各个三级指标的办法取哪些项、用哪些数，一行一个。"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.scheme.parameters import METHOD_LABELS
from xltool.scheme_book.table import Column, Kind, PercentWhen, Table
from xltool.scheme_book.words import INPUTS, ORIGIN_HELP, WORDED_INPUTS
from xltool.scheme_book.words import METHODS as METHOD_WORDS
from xltool.scoring.shape import parameter_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme.model import MethodSpec, Scheme
    from xltool.scheme_book.table import Row

TITLE, TARGET, CHECK = "indicator_title", "target", "check"
BANDS: Final = ("limit", "share")  # 一档由这两个参数组成
_CODE: Final = Column(
    key="code",
    heading="编码",
    width=7,
    kind=Kind.CODE,
    required=True,
    fixed=True,
    pick="indicators.code",
    parent="indicators.code",
    help="哪个三级指标的，写它的编码。",
)
WAY: Final = Column(
    key="way",
    heading="第几种",
    width=8,
    kind=Kind.WHOLE,
    fixed=True,
    help="办法是“取高的”，写是“备选办法”里的第几种；别的办法空着。",
)
_TITLE: Final = Column(key=TITLE, heading="三级指标", width=30, kind=Kind.AUTO)

INPUT_TABLE: Final = Table(
    key="inputs",
    name="计分取数",
    title="各个办法取哪些数",
    note="一行一项；取几项的（各项、限额），一项一行。取的项写 表.项，见“字段”的“引用”一栏。",
    purpose="换了计分办法，或取数的项变了时改",
    label="name",
    columns=(
        _CODE,
        _TITLE,
        Column(
            key="name",
            heading="取什么",
            width=14,
            kind=Kind.WORD,
            required=True,
            fixed=True,
            words=INPUTS,
            help="从列表选；各种办法要取哪些见“词表”。",
        ),
        Column(
            key="ref",
            heading="取哪一项",
            width=36,
            kind=Kind.CODE,
            required=True,
            pick="fields.reference",
            help="写 表.项，可从列表选；筛选栏、记录表、取哪一栏只写标识；“等于”写 选项表.选项。",
        ),
        Column(key=TARGET, heading="是哪一项", width=36, kind=Kind.AUTO),
        WAY,
    ),
)
WAY_TABLE: Final = Table(
    key="ways",
    name="备选办法",
    title="几种办法取得分高的",
    note="计分办法是“取高的”的指标，一种办法一行，依次是第1种、第2种；取数和参数写在另外两张表上，“第几种”写它是第几种。",
    purpose="有“取高的”的指标时写，没有的空着",
    label="title",
    columns=(
        _CODE,
        _TITLE,
        Column(key="title", heading="叫法", width=24, required=True, help="如 按结转结余率。"),
        Column(
            key="method",
            heading="计分办法",
            width=14,
            kind=Kind.WORD,
            required=True,
            words=METHOD_WORDS,
            help="从列表选，不能再选“取高的”。",
        ),
        Column(
            key="origin",
            heading="来源",
            width=30,
            kind=Kind.ORIGIN,
            required=True,
            help=f"{ORIGIN_HELP}。",
        ),
    ),
    blank=True,
)
PARAMETER_TABLE: Final = Table(
    key="method_parameters",
    name="计分参数",
    title="各个办法用的数",
    note="界限、得分比例、各项分值。各项分值合计要等于指标的分值，“核对”要显示相符。",
    purpose="改档次、比例、各项分值时改",
    label="name",
    columns=(
        _CODE,
        _TITLE,
        Column(
            key="name",
            heading="参数",
            width=24,
            required=True,
            fixed=True,
            help="如 第1档界限、第1档得分比例、其余得分比例、第1项分值；各种办法要哪些见“词表”。",
        ),
        Column(
            key="value",
            heading="值",
            width=12,
            kind=Kind.NUMBER,
            required=True,
            percent=PercentWhen("unit", "%"),
            help="单位是%的填百分数，如 12.5%。",
        ),
        Column(key="unit", heading="单位", width=8, help="%、分，或所取的项的单位；没有的空着。"),
        Column(key=CHECK, heading="核对", width=12, kind=Kind.AUTO),
        WAY,
    ),
    blank=True,
)


# ---------------------------------------------------------------- 由方案填


def way_rows(scheme: Scheme) -> Iterator[Row]:
    """各种备选办法，一种一行。"""
    for indicator in scheme.indicators:
        for way in indicator.method.ways:
            yield {
                "code": indicator.code,
                TITLE: indicator.title,
                "title": way.title,
                "method": way.name,
                "origin": way.origin,
            }


def input_rows(scheme: Scheme) -> Iterator[Row]:
    """各个取数，一项一行。"""
    for head, spec in _specs(scheme):
        for name, value in spec.inputs.items():
            for ref in (value,) if isinstance(value, str) else value:
                words = WORDED_INPUTS.get(name, {})
                shown = words[ref].word if ref in words else ref
                yield {**head, "name": name, "ref": shown, TARGET: target(scheme, ref)}


def _specs(scheme: Scheme) -> Iterator[tuple[Row, MethodSpec]]:
    """各个办法和它的行首；几种办法之一的，写第几种。"""
    for indicator in scheme.indicators:
        for number, (_, spec) in enumerate(indicator.method.every()):
            way = Decimal(number) if number else None
            yield {"code": indicator.code, TITLE: indicator.title, WAY.key: way}, spec


def target(scheme: Scheme, ref: str) -> str:
    """取的是哪一项，给人看。"""
    for sheet in scheme.sheets:
        for field in (*sheet.fields, *sheet.extras):
            if ref == f"{sheet.key}.{field.key}":
                return field.label
    return ""


def parameter_rows(scheme: Scheme) -> Iterator[Row]:
    """各个参数。"""
    for head, spec in _specs(scheme):
        for key in _in_bands(spec.parameters):
            parameter = scheme.parameters[key]
            label = parameter.label.removeprefix(f"{spec.title}：")
            yield {**head, "name": label, "value": parameter.value, "unit": parameter.unit}


def _in_bands(keys: tuple[str, ...]) -> list[str]:
    """界限和得分比例一档一档地排；方案文件里分成两列写的也一样。"""
    places: dict[str, tuple[int, int, int]] = {}
    first = len(keys)
    for place, key in enumerate(keys):
        one = named(parameter_name(key))
        if one and one.name in BANDS and one.number:
            first = min(first, place)
            places[key] = (first, one.number, BANDS.index(one.name))
        else:
            places[key] = (place, 0, 0)
    return sorted(keys, key=places.__getitem__)


class Named(NamedTuple):
    """一种参数：名字和序号；不是一列的，序号为 0。"""

    name: str
    number: int

    @property
    def key(self) -> str:
        """在方案参数里的名字，如 limit1。"""
        return f"{self.name}{self.number or ''}"


_PATTERNS: Final = tuple(
    (name, re.compile(re.escape(label).replace(r"\{n\}", "([1-9][0-9]{0,3})")))
    for name, (label, _) in METHOD_LABELS.items()
)


def named(text: str) -> Named | None:
    """“第1档界限”是哪一种参数的第几个；也认 limit1 的写法。认不得的为空。"""
    bare = "".join(text.split())
    for name, pattern in _PATTERNS:
        match = pattern.fullmatch(bare)
        if match:
            return Named(name, int(match[1]) if match.groups() else 0)
    match = re.fullmatch("([a-z_]+?)([1-9][0-9]{0,3})?", bare)
    if match and match[1] in METHOD_LABELS:
        return Named(match[1], int(match[2] or 0))
    return None
