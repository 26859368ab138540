"""测试用：项目支出的表，每种办法在每个界限上的内容，由一份满分的表改出来。

界限取自方案：超额的界限、及格线、执行率和满意度的分档、定性三档的上下限。
"""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING

from parity_boundary import (
    DOUBTED,
    SAYINGS,
    best_fields,
    boundaries,
    fitting,
    own_cover,
    records,
    typed,
    unusual,
    without,
)
from parity_random import edges

from xltool.facts.allocation import points_of
from xltool.facts.typed import typed_submission
from xltool.facts.view import Facts
from xltool.scheme.key import CellKey, field_key
from xltool.scheme.model import SheetKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parity_boundary import Row, Text

    from xltool.facts.typed import Contents
    from xltool.scheme.model import Scheme

FULL = {
    "finance.initial": "100", "finance.adjusted": "100", "finance.total": "100",
    "finance.total_fiscal": "60", "finance.total_carried": "30", "finance.total_other": "10",
    "cover.self_total": "100", "cover.self_grade": "优",
    # 分来源填预算数、在页上填预算执行率得分的表
    "finance.initial_fiscal": "60", "finance.initial_carried": "30", "finance.initial_other": "10",
    "finance.adjusted_fiscal": "60", "finance.adjusted_carried": "30",
    "finance.adjusted_other": "10", "finance.self_score": "10",
}  # fmt: skip
# 全年执行数、全年预算数：各档的界限和两旁，得分 9.805、5.355 这样的半分，分母为零，缺数，文字
SPENDING: tuple[tuple[Text, Text], ...] = (
    ("98.05", "100"), ("53.55", "100"), ("99.99", "100"), ("100.01", "100"), ("80", "100"),
    ("79.99", "100"), ("79.99999999", "100"), ("60", "100"), ("59.99", "100"), ("0", "100"),
    ("-1", "100"), ("5", "0"), ("0", "0"), ("5", None), (None, "100"), ("#未统计", "100"),
    ("5", "#一百"), ("1", "3"), ("2", "3"), ("100", "-100"),
    # 比率差在第十、第十一位小数
    ("79999999.999", "100000000"), ("79999999.9999", "100000000"), ("59999999.9999", "100000000"),
    ("100000000.0001", "100000000"), ("100000000.01", "100000000"),
)  # fmt: skip
GOAL: Row = {
    "level1": "#产出指标", "level2": "#数量指标", "title": "#企业数", "operator": "#≥",
    "expected": "400", "unit": "#家", "actual": "400",
}  # fmt: skip
KINDS = {
    "cost": ("成本指标", "经济成本指标"),
    "output": ("产出指标", "数量指标"),
    "outcome": ("效益指标", "社会效益指标"),
    "satisfaction": ("满意度指标", "服务对象满意度指标"),
}
OPERATORS = ("≥", "≤", "=", ">", "<", None, "≈")
TIERS = (
    "达成年度指标", "部分达成年度指标并具有一定效果", "未达成年度指标且效果较差", None, "别的",
)  # fmt: skip
TIMES = ("0", "0.333", "0.9975", "1", "1.25", "1.3", "1.5", "2", "2.0001", "-1")
ZERO: Sequence[Row] = ({"actual": "0"},)
PAGE = 25  # 一份里的产出指标，每个两分


def full_project(scheme: Scheme, allocation: str = "") -> Contents:
    """一份满分的表；`allocation` 是分值的分法，没有分法的方案不看。"""
    found = fitting(scheme, best_fields(scheme) | own_cover(scheme))
    found |= {field_key(name): typed(text) for name, text in FULL.items() if _typed(scheme, name)}
    if allocation:
        found[field_key("cover.allocation")] = allocation
    for code, points in allocated(scheme, found).items():
        key = CellKey("form", code, "self_score")
        if scheme.computation(key) is None:
            found[key] = points
    return with_goals(scheme, found, {})


def _typed(scheme: Scheme, name: str) -> bool:
    """这种表有这一项，由单位填。"""
    return scheme.has(name) and scheme.computation(field_key(name)) is None


def allocated(scheme: Scheme, contents: Contents) -> dict[str, Decimal]:
    """这份内容之下各三级指标的分值。"""
    facts = Facts(scheme, typed_submission(scheme, contents))
    return {
        one.code: one.points if scheme.weighed(one.code) else points_of(facts, one)
        for one in scheme.indicators
    }


def with_goals(scheme: Scheme, contents: Contents, given: dict[str, Sequence[Row]]) -> Contents:
    """换掉绩效指标表：各类的各行平分那一类的分值，没有给各行的一类是一个满分的指标。"""
    points = allocated(scheme, contents)
    listed: list[Row] = []
    for indicator in scheme.indicators:
        kind = str(indicator.method.inputs.get("equals", "")).removeprefix("level1.")
        if kind not in KINDS or points[indicator.code] == 0:
            continue
        level1, level2 = KINDS[kind]
        own = given.get(kind, ({},))
        share = str(points[indicator.code] / len(own))
        base = GOAL | {"level1": f"#{level1}", "level2": f"#{level2}"}
        if kind == "satisfaction":
            base |= {"expected": "90", "actual": "95", "unit": "#%"}
        listed += [base | {"points": share, "self_score": share} | row for row in own]
    rows = records("indicators", tuple(listed))
    return fitting(scheme, without(contents, "indicators") | rows)


def project_boundaries(scheme: Scheme) -> Iterator[tuple[str, Contents]]:
    """各份的名字和内容。"""
    full = full_project(scheme)
    yield "空表", {}
    yield "满分", full
    yield from _blank(scheme, full)
    yield from _self_scored(scheme, full)
    nothing = [("output", ZERO), ("outcome", ZERO), ("satisfaction", ZERO), ("cost", ZERO)]
    yield "零分", _with(with_goals(scheme, full, dict(nothing)), {"finance.total": "0"})
    if "allocation" in scheme.options:
        for option in scheme.options["allocation"].options:
            yield f"分法{option.key}", full_project(scheme, option.value)
        yield "没有选分法", {k: v for k, v in full.items() if k != field_key("cover.allocation")}
    yield from _graded(scheme, full)
    for number, (total, adjusted) in enumerate(SPENDING, 1):
        spent = {"finance.total": total, "finance.adjusted": adjusted}
        yield f"执行{number}", _with(full, spent)
    yield from _paged(scheme, full, "output", (*_measured(scheme), *_judged(scheme)))
    yield from _paged(scheme, full, "satisfaction", _satisfied(scheme))
    if "allocation" in scheme.options:
        costly = full_project(scheme, scheme.options["allocation"].value("cost"))
        yield from _paged(scheme, costly, "cost", tuple(_costs("#经济成本指标")))
    for number, row in enumerate(_unable(), 1):
        yield f"不能计分{number}", with_goals(scheme, full, {"output": (row, {})})
    absent: Row = {"actual": "#不适用", "note": "#没有下达"}
    for number, rows in enumerate(((absent, {}), (absent, {"actual": "200"}, {}), (absent,)), 1):
        yield f"不适用{number}", with_goals(scheme, full, {"output": rows})
    for title, points in (
        ("其中：甲", None),
        (" 　其中乙", None),
        ("其中：甲", "1"),
        ("甲其中", None),
    ):
        part: Row = {"title": f"#{title}", "points": points, "self_score": None}
        one = with_goals(scheme, full, {"output": ({},)})
        extra = GOAL | part | {"title": f"#{title}"}
        number = sum(key.sheet == "indicators" and key.column == "title" for key in one) + 1
        cells = records("indicators", (*[{}] * (number - 1), extra))
        yield f"其中各项{title}{points}", one | cells
    for number in range(1, 6):
        # 每个少得半分：49.995、49.99、49.985……
        rows: list[Row] = [{"actual": actual(scheme, "0.9975")}] * number
        filler: list[Row] = [{}] * (PAGE - number)
        yield f"合计带半分{number}", with_goals(scheme, full, {"output": [*rows, *filler]})


def _self_scored(scheme: Scheme, full: Contents) -> Iterator[tuple[str, Contents]]:
    """自评总分（或预算执行率的自评得分）差一点、多一点、空着、是字；分值由项目自定的各种分法。"""
    for number, text in enumerate(("100.01", "99.99", "100.011", None, "#满分"), 1):
        if _typed(scheme, "cover.self_total"):
            yield f"自评合计{number}", _with(full, {"cover.self_total": text})
        else:
            yield f"执行率自评{number}", _with(full, {"finance.self_score": text})
    if scheme.free_weights:
        yield from _weighed(scheme, full)


def _weighed(scheme: Scheme, full: Contents) -> Iterator[tuple[str, Contents]]:
    """分值由项目自定：各种分法，合计差一点、多一点；自评得分空着、是字、小于零。"""
    for number, points in enumerate(("90", "45", "89.99", "90.01", "90.00000000004", "0"), 1):
        rows: list[Row] = [{"points": points, "self_score": points}]
        one = records("indicators", tuple(GOAL | row for row in rows))
        yield f"一个指标{number}", without(full, "indicators") | one
    two = (GOAL | {"points": "67.5", "self_score": "60.125"},
           GOAL | {"level1": "#效益指标", "level2": "#社会效益指标",
                       "points": "22.5", "self_score": "22.495"})  # fmt: skip
    yield "两位小数", without(full, "indicators") | records("indicators", two)
    for number, text in enumerate((None, "#九分", "-0.01", "0"), 1):
        own: Row = {"self_score": text}
        yield f"逐行自评{number}", with_goals(scheme, full, {"output": (own, {})})


def _blank(scheme: Scheme, full: Contents) -> Iterator[tuple[str, Contents]]:
    """必填的各项、各栏轮流空着；没有名称的行轮流只填一栏。"""
    inputs = [one for one in scheme.sheet("indicators").columns if one.computation is None]
    rows: list[Row] = [{field.key: None} for field in inputs if field.required]
    yield "各行各缺一栏", with_goals(scheme, full, {"output": rows})
    alone = tuple({field.key: "#1"} for field in inputs)
    yield "各行只填一栏", without(full, "indicators") | records("indicators", alone)
    for sheet in scheme.sheets:
        if sheet.kind is not SheetKind.RECORDS:
            yield f"{sheet.name}空着", {k: v for k, v in full.items() if k.sheet != sheet.key}


def _graded(scheme: Scheme, full: Contents) -> Iterator[tuple[str, Contents]]:
    """总分在分数线上，以及比分数线少一分钱：产出指标五个，每个十分。"""
    missed: Row = {"actual": "0"}
    for lost in (1, 2, 4):
        rows: list[Row] = [missed] * lost + [{}] * (5 - lost)
        yield f"等级{lost}", with_goals(scheme, full, {"output": rows})
        rows[-1] = {"actual": actual(scheme, "0.999")}
        yield f"等级{lost}，少一分钱", with_goals(scheme, full, {"output": rows})


def _paged(
    scheme: Scheme, full: Contents, kind: str, rows: Sequence[Row]
) -> Iterator[tuple[str, Contents]]:
    """一类指标的各行，一份放不下的分几份；不满的补上满分的行，各行的分值才一样。"""
    for first in range(0, len(rows), PAGE):
        page = [*rows[first : first + PAGE], *[{}] * PAGE][:PAGE]
        yield f"{kind}{first}", with_goals(scheme, full, {kind: page})


def actual(scheme: Scheme, share: str) -> str:
    """要得这样的得分率，实现值该是多少；预期值是 400，有及格线的先折算。"""
    mark = scheme.number("pass_mark") if "pass_mark" in scheme.parameters else Decimal(0)
    return str(400 * (mark + Decimal(share) * (1 - mark)))


def _measured(scheme: Scheme) -> Iterator[Row]:
    """每个运算符、每种预期值，实现值取到各个界限上；写了和没有写偏差原因。"""
    for times, note in product(edges(scheme), ("#因政策调整", None)):
        yield {"expected": "7", "actual": str(7 * Decimal(times)), "note": note}
    for operator, target, times in product(OPERATORS, ("-5", "7", "0.3"), TIMES):
        result = str(Decimal(target) * Decimal(times))
        yield {"operator": operator and f"#{operator}", "expected": target, "actual": result}
    for operator, result in product(OPERATORS, ("-1", "0", "3")):
        yield {"operator": operator and f"#{operator}", "expected": "0", "actual": result}
    for title, operator, times in product(DOUBTED, (None, "≥", "≤", "="), ("0.5", "1", "1.4", "2")):
        yield {"title": title and f"#{title}", "operator": operator and f"#{operator}",
               "expected": "7", "actual": str(7 * Decimal(times))}  # fmt: skip
    for note in SAYINGS:
        yield {"expected": "7", "actual": "14", "note": note and f"#{note}"}
    yield from (row for row in unusual() if "points" not in row)  # 一页各行的分值要合得上
    yield from _costs("#成本指标")


def _costs(level2: str) -> Iterator[Row]:
    """没有写运算符的成本指标按“≤”；写了的看运算符。"""
    for operator, result in product(OPERATORS, ("3", "7", "9")):
        yield {"operator": operator and f"#{operator}", "level2": level2, "expected": "7",
               "actual": result}  # fmt: skip


def _satisfied(scheme: Scheme) -> tuple[Row, ...]:
    """满意度取到各档的界限上和两旁。"""
    limits = [
        one.value for key, one in scheme.parameters.items() if key.startswith("satisfaction_limit")
    ]
    beside = ("0", "0.01", "-0.01", "-0.00000000004", "-0.00000000006")
    found = [str(limit + Decimal(one)) for limit, one in product(limits or [Decimal(90)], beside)]
    return tuple({"actual": one} for one in (*found, "0", "-1", "100", "300"))


def _judged(scheme: Scheme) -> Iterator[Row]:
    """每一档，自评得分在档内、档外、刚好在上下限；每行两分。"""
    shares = {Decimal(0), Decimal(1), Decimal("0.9"), Decimal("0.3"), Decimal("0.7")}
    for name in ("tier_achieved_low", "tier_partial_low"):
        if name in scheme.parameters:
            shares |= {scheme.number(name), scheme.number(name) - Decimal("0.005")}
    own = [str(2 * share) for share in sorted(shares)]
    listed = [(tier, one) for tier in TIERS[:3] for one in (*own, "2.01")]
    for tier, score in listed:
        yield {"expected": "#规范", "actual": "#规范", "operator": None, "unit": None,
               "tier": f"#{tier}", "self_score": score}  # fmt: skip


def _unable() -> Iterator[Row]:
    """不能计分的、刚好能计分的：没有选档、没有分值、分值合计不符、不是数。"""
    judged: Row = {"expected": "#规范", "actual": "#规范", "tier": None}
    yield judged
    yield judged | {"tier": "#别的"}
    for tier in TIERS[:3]:
        yield judged | {"tier": f"#{tier}", "self_score": None}
        yield judged | {"tier": f"#{tier}", "self_score": "#十分"}
    yield {"points": None}
    yield {"points": "#十分"}
    yield {"points": "24.99"}
    yield {"points": "25.00000000001"}
    yield {"points": "24.99999999994"}
    yield {"points": "0"}
    yield {"expected": None, "actual": None}
    yield {"expected": "20241231", "actual": "20241230", "unit": "#日期"}
    yield {"expected": "#405家"}
    yield {"actual": "#约400"}
    yield {"level1": "#别的"}


def _with(contents: Contents, given: dict[str, Text]) -> Contents:
    """改动几项；空的删去。"""
    changed = dict(contents)
    for name, text in given.items():
        if text is None:
            changed.pop(field_key(name), None)
        else:
            changed[field_key(name)] = typed(text)
    return changed


def edges_of(scheme: Scheme) -> Iterator[tuple[str, Contents]]:
    """一个方案的全部界限。"""
    return project_boundaries(scheme) if scheme.of_project else boundaries(scheme)
