"""测试用：把填报的文字直接变成事实，不经过文件；演示数据见 docs/来源.md §9。"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from xltool.facts.entry import Entry, Submission
from xltool.facts.view import Facts
from xltool.scheme.key import CellKey, field_key
from xltool.scheme.loader import load_scheme, parse_scheme
from xltool.scheme.model import FieldKind
from xltool.scoring.catalogue import methods_of
from xltool.values import parse_measure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xltool.scheme.model import Field, Scheme
    from xltool.scoring.method import Method
    from xltool.scoring.score import Score

SCHEME_ID = "jiangmen-2025-special"
FILE = "试验.toml"
Row = dict[str, str]


@cache
def scheme_text() -> str:
    path = resources.files("xltool") / "schemes" / f"{SCHEME_ID}.toml"
    return path.read_text("utf-8")


@cache
def mutated(*changes: tuple[str, str]) -> Scheme:
    """改动随程序带的方案的文字再读；要改的文字必须在。"""
    return parse_scheme(mutated_text(*changes), FILE)


def mutated_text(*changes: tuple[str, str]) -> str:
    text = scheme_text()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def with_parameters(scheme: Scheme, values: Mapping[str, str]) -> Scheme:
    """换掉几个参数。"""
    parameters = dict(scheme.parameters)
    for key, value in values.items():
        parameters[key] = replace(parameters[key], value=Decimal(value))
    return replace(scheme, parameters=parameters)


@lru_cache(maxsize=512)
def method_for(scheme: Scheme, code: str) -> Method:
    return next(method for method in methods_of(scheme) if method.indicator.code == code)


def entry_of(field: Field, text: str) -> Entry:
    if field.kind.numeric:
        return Entry(Decimal(text), text)
    if field.kind is FieldKind.MEASURE:
        return Entry(parse_measure(text, year=2024), text)
    if field.kind.dated:
        return Entry(date.fromisoformat(text), text)
    return Entry(text, text)


def facts_of(
    scheme: Scheme,
    fields: Mapping[str, str] | None = None,
    *,
    indicators: Sequence[Row] = (),
    funds: Sequence[Row] = (),
    claims: Sequence[Row] = (),
) -> Facts:
    """`fields` 以“表.项”为名；记录表一行一个字典。没写或写空串的格是空白。"""
    entries: dict[CellKey, Entry] = {}
    for dotted, text in (fields or {}).items():
        key = field_key(dotted)
        if text:
            entries[key] = entry_of(scheme.field(key), text)
    records = {"indicators": indicators, "funds": funds, "claims": claims}
    for sheet, rows in records.items():
        for number, row in enumerate(rows, 1):
            for column, text in row.items():
                key = CellKey(sheet, str(number), column)
                if text:
                    entries[key] = entry_of(scheme.field(key), text)
    numbers = {
        sheet: tuple(str(n + 1) for n in range(len(rows))) for sheet, rows in records.items()
    }
    submission = Submission(
        file="试验.xlsx",
        sha256="",
        scheme=scheme.id,
        version=scheme.version,
        entries=entries,
        records=numbers,
    )
    return Facts(scheme, submission)


def score_of(
    code: str,
    fields: Mapping[str, str] | None = None,
    *,
    scheme: Scheme | None = None,
    indicators: Sequence[Row] = (),
    funds: Sequence[Row] = (),
) -> Score:
    scheme = scheme or load_scheme(SCHEME_ID)
    facts = facts_of(scheme, fields, indicators=indicators, funds=funds)
    return method_for(scheme, code).score(facts)


# ---------------------------------------------------------------- docs/来源.md §9：演示拆分

_ACHIEVED = "达成年度指标"
_INDICATORS = (
    ("产出", "数量指标", "“小升规”企业数量", "405家", "411家", ""),
    ("产出", "数量指标", "扶持工业企业数量(家)", "≥33", "33家", ""),
    ("产出", "数量指标", "首台（套）企业数量", "7家", "14家", ""),
    ("产出", "数量指标", "公共服务平台数量", "1个", "1个", ""),
    ("产出", "数量指标", "产业园区数量", "6个", "6个", ""),
    ("产出", "数量指标", "产业共建项目数量", "13个", "45个", ""),
    ("产出", "质量指标", "资金使用规范性", "规范", "规范", _ACHIEVED),
    ("产出", "质量指标", "技术改造企业数量(家次)", "≥500", "541家", ""),
    ("产出", "质量指标", "资金拨付率", "100%", "100%", ""),
    ("产出", "时效指标", "资金拨付及时性", "2024年12月前", "2024年12月前", _ACHIEVED),
    ("产出", "成本指标", "每家企业奖励标准", "5万元", "5万元", ""),
    ("产出", "成本指标", "专项资金总额", "≤40000万元", "19546.975万元", ""),
    ("效益", "经济效益指标", "技术改造投资额", "≥25000万元", "28927.09万元", ""),
    ("效益", "经济效益指标", "带动投资额", "≥40亿元", "44.55亿元", ""),
    ("效益", "经济效益指标", "园区工业增速高于全市", "1%", "6.70%", ""),
    ("效益", "社会效益指标", "促进企业上规模", "有效促进", "有效促进（推动432家）", _ACHIEVED),
    ("效益", "社会效益指标", "专精特新企业数量", "≥17家", "27家", ""),
    ("效益", "可持续影响指标", "产业集群数量", "≥2个", "3个", ""),
    ("效益", "可持续影响指标", "园区高质量发展", "是", "推动园区持续高质量发展", _ACHIEVED),
    ("效益", "满意度指标", "企业满意度", "≥85%", "≥85%", _ACHIEVED),
)
_COLUMNS = ("level1", "level2", "title", "expected", "actual", "tier")
V1_INDICATORS: tuple[Row, ...] = tuple(
    dict(zip(_COLUMNS, row, strict=True)) | {"special": "是"} for row in _INDICATORS
)


def fund(rate: str) -> Row:
    """只报了拨付进度的专项资金。"""
    return {"name": f"专项资金（{rate}）", "reported_rate": rate}


V1_FUNDS: tuple[Row, ...] = (
    {"name": "先进制造业", "planned": "100", "paid": "100"},
    {"name": "技术改造", "planned": "250", "paid": "250"},
    {"name": "产业共建", "planned": "80", "paid": "80"},
    fund("0.7570"),
    fund("0.3236"),
)
_DONE = (
    "budget_disclosed", "accounts_disclosed", "targets_disclosed", "results_disclosed",
    "performance_rules", "fund_rules", "duties_assigned", "targets_submitted", "monitoring_done",
    "self_evaluation_done", "results_applied", "income_remitted", "inventory_done",
    "inventory_settled",
)  # fmt: skip
_NONE = (
    "finance_problems", "procurement_problems", "allocation_problems", "data_problems",
    "asset_problems", "costs_risen",
)  # fmt: skip
V1_FIELDS: dict[str, str] = {
    "finance.initial": "27246.58",
    "finance.adjusted": "27246.58",
    "finance.total": "26701.65",
    "finance.three_public": "46.23",
    "finance.three_public_budget": "50",
    "finance.three_public_last": "48",
    "finance.fixed_assets": "6758.17",
    "finance.fixed_in_use": "6758.17",
    "management.new_projects": "0",
    "management.new_projects_assessed": "0",
    "management.intentions_due": "4",
    "management.intentions_on_time": "4",
    "management.contracts": "12",
    "management.contracts_on_time": "12",
    "management.contracts_filed": "12",
    "management.procurement_control": "已建立并备案",
    "management.small_business_share": "0.4",
    **{f"management.{key}": "是" for key in _DONE},
    **{f"management.{key}": "0" for key in _NONE},
}


PROPORTIONAL = (
    'name = "proportional", inputs = { numerator = "finance.total", '
    'denominator = "finance.adjusted" }, parameters = { when_zero = 0 }'
)


BANDED_07 = (
    'name = "banded", inputs = { value = "finance.adjustment_rate", better = "low" }, '
    "parameters = { bands = [{ limit = 0.1, share = 1 }, { limit = 0.2, share = 0.75 }, "
    "{ limit = 0.3, share = 0.5 }], rest_share = 0 }"
)
DEVIATED = (
    'name = "per_step", inputs = { value = "finance.adjustment_rate", better = "low", '
    'counting = "COUNTING" }, parameters = { bound = 0.1, step = 0.01, per_step = 0.5 }'
)


def stepped(counting: str = "pro_rata", *changes: tuple[str, str]) -> Scheme:
    """第07项按逐点扣分，取数是预算调整率。"""
    method = DEVIATED.replace("COUNTING", counting)
    for old, new in changes:
        assert old in method, old
        method = method.replace(old, new)
    return mutated((BANDED_07, method))


BETTER = (
    'name = "best_of", ways = [{ title = "按调整率", name = "banded", inputs = { '
    'value = "finance.adjustment_rate", better = "low" }, parameters = { '
    'bands = [{ limit = 0.1, share = 1 }], rest_share = 0.5 }, origin = "假设：试验" }, '
    '{ title = "按支出率", name = "proportional", inputs = { numerator = "finance.total", '
    'denominator = "finance.adjusted" }, parameters = { when_zero = 0 }, origin = "假设：试验" }]'
)


def better_of(*changes: tuple[str, str]) -> Scheme:
    """第07项取高的：调整率分档，或支出率按比例。"""
    method = BETTER
    for old, new in changes:
        assert old in method, old
        method = method.replace(old, new)
    return mutated((BANDED_07, method))


def marked(parameters: str = "pass_mark = 0.6, when_zero = 0.5") -> Scheme:
    after = PROPORTIONAL.replace("proportional", "pass_mark").replace("when_zero = 0", parameters)
    return mutated((PROPORTIONAL, after))


RECORD_INPUTS = 'sheet = "funds", column = "counted_rate"'


@cache
def weighted() -> Scheme:
    """随程序带的方案，第05项改成按安排数加权。"""
    return mutated(
        (
            f'name = "record_mean", inputs = {{ {RECORD_INPUTS} }}',
            f'name = "record_weighted_mean", inputs = {{ {RECORD_INPUTS}, weight = "planned" }}',
        )
    )


TIERS = {
    "达成": "达成年度指标",
    "部分": "部分达成年度指标并具有一定效果",
    "未达": "未达成年度指标且效果较差",
}


def goal(operator: str, expected: str, actual: str, unit: str = "家", **more: str) -> Row:
    return {
        "level1": "产出",
        "level2": "数量指标",
        "title": "企业数量",
        "operator": operator,
        "expected": expected,
        "unit": unit,
        "actual": actual,
        "special": "是",
    } | more
