"""计分取数、计分参数：各个三级指标的办法取哪些项、用哪些数，一行一个。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.scheme.parameters import METHOD_LABELS
from xltool.scheme_book.draft import given
from xltool.scheme_book.table import Column, Kind, PercentWhen, Table
from xltool.scheme_book.words import DIRECTION, DIRECTIONS, INPUTS
from xltool.scoring.catalogue import METHODS
from xltool.scoring.shape import parameter_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from xltool.scheme.model import Scheme
    from xltool.scheme_book.draft import Data, Draft, ReadRow
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
    ),
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
    ),
    blank=True,
)


# ---------------------------------------------------------------- 由方案填


def input_rows(scheme: Scheme) -> Iterator[Row]:
    """各个取数，一项一行。"""
    for indicator in scheme.indicators:
        for name, value in indicator.method.inputs.items():
            for ref in (value,) if isinstance(value, str) else value:
                shown = DIRECTIONS[ref].word if name == DIRECTION and ref in DIRECTIONS else ref
                yield {
                    "code": indicator.code,
                    TITLE: indicator.title,
                    "name": name,
                    "ref": shown,
                    TARGET: target(scheme, ref),
                }


def target(scheme: Scheme, ref: str) -> str:
    """取的是哪一项，给人看。"""
    for sheet in scheme.sheets:
        for field in (*sheet.fields, *sheet.extras):
            if ref == f"{sheet.key}.{field.key}":
                return field.label
    return ""


def parameter_rows(scheme: Scheme) -> Iterator[Row]:
    """各个参数。"""
    for indicator in scheme.indicators:
        for key in _in_bands(indicator.method.parameters):
            parameter = scheme.parameters[key]
            yield {
                "code": indicator.code,
                TITLE: indicator.title,
                "name": parameter.label,
                "value": parameter.value,
                "unit": parameter.unit,
            }


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


# ---------------------------------------------------------------- 读回


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


def method_data(draft: Draft, row: ReadRow, paths: tuple[str, ...]) -> Data:
    """一个三级指标的计分办法。"""
    code = row.text("code")
    inputs = _inputs(draft, code, row.text("method"), paths)
    parameters = _parameters(draft, code, paths)
    data = {"name": row.text("method"), "inputs": inputs}
    return data | given(parameters=parameters) | {"origin": row.text("method_origin")}


def _inputs(draft: Draft, code: str, method: str, paths: tuple[str, ...]) -> Data:
    """取数；可以取几项的写成一列。"""
    several = METHODS[method].several if method in METHODS else ()
    found: dict[str, list[str]] = {}
    for row in draft.groups(INPUT_TABLE.key, "code").get(code, ()):
        name, ref = row.text("name"), row.text("ref")
        if name == DIRECTION:
            ref = next((key for key, word in DIRECTIONS.items() if word.word == ref), ref)
        found.setdefault(name, []).append(ref)
        for path in paths:
            draft.mark(f"{path}.method.inputs.{name}", row.place("ref"))
            draft.mark(f"{path}.method.inputs.{name}.{ref}", row.place("ref"))
            draft.mark(f"{path}.method.inputs", row.place("ref"))
    return {
        name: refs if name in several or len(refs) > 1 else refs[0] for name, refs in found.items()
    }


def _parameters(draft: Draft, code: str, paths: tuple[str, ...]) -> Data:
    """参数：带序号的写成一列；界限和得分比例合成一列档次。"""
    found: dict[str, dict[int, Decimal]] = {}
    for row in draft.groups(PARAMETER_TABLE.key, "code").get(code, ()):
        one = named(row.text("name"))
        for path in paths:
            draft.mark(f"{path}.method.parameters", row.place("value"))
        if one is None:
            continue
        found.setdefault(one.name, {})[one.number] = row.amount("value")
        for path in paths:
            inner = f"{path}.method.parameters"
            places = (f"{inner}.{one.name}", f"{inner}.{one.key}")
            for name in (*places, f"{inner}.bands") if one.name in BANDS else places:
                draft.mark(name, row.place("value"))
    return _nested(found)


def _nested(found: Mapping[str, Mapping[int, Decimal]]) -> Data:
    data: Data = {}
    limits, shares = (found.get(name, {}) for name in BANDS)
    banded = bool(limits) and limits.keys() == shares.keys()
    for name, numbers in found.items():
        if banded and name in BANDS:
            pairs = [{"limit": limits[n], "share": shares[n]} for n in sorted(limits)]
            data.setdefault("bands", pairs)
        elif 0 in numbers:
            data[name] = numbers[0]
        else:
            data[name] = [numbers[number] for number in sorted(numbers)]
    return data
