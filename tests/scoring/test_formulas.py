"""公式：没有自己的数，只用各种表格软件都有的函数，写法与所算的一致。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from scoring_builder import SCHEME_ID, better_of, marked, method_for, mutated, stepped, weighted
from symbolic_refs import SymbolicRefs

from xltool.facts.computed import formula
from xltool.facts.saying import DROPPED
from xltool.scheme.key import VALUE, CellKey
from xltool.scheme.loader import load_scheme
from xltool.scoring.catalogue import METHODS, methods_of, ready_schemes

if TYPE_CHECKING:
    from xltool.scheme.model import Scheme
    from xltool.scoring.method import Method

FUNCTIONS = frozenset(
    {"IF", "AND", "OR", "ROUND", "ROUNDDOWN", "ROUNDUP", "MAX", "MIN", "ABS", "ISNUMBER"}
    | {"SUM", "SUMIFS", "SUMPRODUCT", "COUNT", "COUNTA", "COUNTIFS", "NOT", "FIND"}
    | {"CLEAN", "SUBSTITUTE", "LEFT", "LEN"}
)
STRINGS = {'""', '">=0"', '">0"'} | {f'"{mark}"' for mark in DROPPED}
_ALL = "COUNTIFS(〈indicators[].level1〉,〈选项 level1.outcome〉"
_COUNT = (
    f"({_ALL})-{_ALL},〈indicators[].factor〉,〈选项 left_out.part〉)"
    f"-{_ALL},〈indicators[].factor〉,〈选项 left_out.not_applicable〉))"
)
_READY = 'COUNTIFS(〈indicators[].level1〉,〈选项 level1.outcome〉,〈indicators[].factor〉,">=0")'


def computed_formulas(scheme: Scheme) -> dict[str, str]:
    refs = SymbolicRefs()
    formulas = {}
    for sheet in scheme.sheets:
        for field in sheet.fields:
            if field.computation is None:
                continue
            rows = {"records": ("1",), "form": tuple(one.code for one in scheme.indicators)}
            listed = rows.get(sheet.kind)
            keys = [CellKey(sheet.key, row, field.key) for row in listed or ()]
            for key in keys or [CellKey(sheet.key, field.key)]:
                name = f"{sheet.key}.{field.key}" + (f" {key.row}" if sheet.kind == "form" else "")
                formulas[name] = formula(scheme, field.computation, key, refs)
    return formulas


def all_formulas() -> dict[str, str]:
    formulas = computed_formulas(load_scheme(SCHEME_ID))
    for scheme in ready_schemes():
        end = "" if scheme.id == SCHEME_ID else f" {scheme.id}"
        if end:
            found = computed_formulas(scheme)
            formulas |= {f"{name}{end}": text for name, text in found.items()}
        formulas |= _methods(methods_of(scheme), end)
    trials = [(marked(), "03"), (weighted(), "05"), (stepped("full"), "07"), (better_of(), "07")]
    return formulas | _methods(tuple(method_for(*trial) for trial in trials), "")


def _methods(methods: tuple[Method, ...], end: str) -> dict[str, str]:
    refs = SymbolicRefs()
    formulas = {}
    for method in methods:
        name = f"{method.indicator.code} {method.name}{end}"
        formulas[name] = method.formula(refs)
        formulas[f"{name} 依据"] = method.basis(refs)[0]
    return formulas


FORMULAS = all_formulas()


@pytest.mark.parametrize("name", FORMULAS)
def test_no_number_of_its_own_and_no_unusual_function(name: str) -> None:
    bare = re.sub(r"〈[^〈〉]*〉", "", FORMULAS[name])
    assert set(re.findall(r'"[^"]*"', bare)) <= STRINGS
    bare = re.sub(r'"[^"]*"', "", bare)
    assert set(re.findall(r"[0-9.]+", bare)) <= {"0", "1"}
    assert set(re.findall(r"[A-Za-z_][A-Za-z0-9_.]*", bare)) <= FUNCTIONS
    assert bare.count("(") == bare.count(")")
    assert not bare.startswith("=")


def test_every_method_is_looked_at() -> None:
    used = {name.split()[1] for name in FORMULAS if re.match(r"\d\d ", name)}
    assert used == set(METHODS)


@pytest.mark.parametrize(
    "name",
    [name for name in FORMULAS if re.match(r"\d\d ", name) and "依据" not in name],
)
def test_a_score_is_rounded_twice_by_parameters(name: str) -> None:
    assert "ROUND(ROUND(" in FORMULAS[name]
    assert ",〈参数 working_digits〉),〈参数 score_digits〉)" in FORMULAS[name]


def test_every_own_parameter_stands_in_the_formula() -> None:
    """参数只在评分参数表里；改了那一格，公式的结果就变。"""
    for method in (*methods_of(load_scheme(SCHEME_ID)), method_for(marked(), "03")):
        text = method.formula(SymbolicRefs())
        for key in method.indicator.method.parameters:
            assert f"〈参数 {key}〉" in text, key


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "03 proportional",
            (
                "IF(AND(ISNUMBER(〈finance.total〉),ISNUMBER(〈finance.adjusted〉)),ROUND(ROUND("
                "MIN(1,MAX(0,IF(〈finance.adjusted〉=0,〈参数 03.when_zero〉,"
                "〈finance.total〉/〈finance.adjusted〉)))*〈分值 03〉,"
                '〈参数 working_digits〉),〈参数 score_digits〉),"")'
            ),
        ),
        (
            "03 pass_mark",
            (
                "IF(AND(ISNUMBER(〈finance.total〉),ISNUMBER(〈finance.adjusted〉)),ROUND(ROUND("
                "MIN(1,MAX(0,IF(〈finance.adjusted〉=0,〈参数 03.when_zero〉,"
                "(〈finance.total〉/〈finance.adjusted〉-〈参数 03.pass_mark〉)"
                "/(1-〈参数 03.pass_mark〉))))*〈分值 03〉,"
                '〈参数 working_digits〉),〈参数 score_digits〉),"")'
            ),
        ),
        (
            "18 banded",
            (
                "IF(ISNUMBER(〈management.small_business_share〉),ROUND(ROUND("
                "IF(ROUND(〈management.small_business_share〉,〈参数 working_digits〉)"
                ">=〈参数 18.limit1〉,〈参数 18.share1〉,"
                "IF(ROUND(〈management.small_business_share〉,〈参数 working_digits〉)"
                ">=〈参数 18.limit2〉,〈参数 18.share2〉,〈参数 18.rest_share〉))*〈分值 18〉,"
                '〈参数 working_digits〉),〈参数 score_digits〉),"")'
            ),
        ),
        (
            "08 deduct",
            (
                "IF(ISNUMBER(〈management.finance_problems〉),ROUND(ROUND("
                "MIN(〈分值 08〉,MAX(0,〈分值 08〉"
                "-〈management.finance_problems〉*〈参数 08.each〉)),"
                '〈参数 working_digits〉),〈参数 score_digits〉),"")'
            ),
        ),
        (
            "20 checklist",
            (
                "IF(AND(OR(〈management.income_remitted〉=〈选项 yes_no_na.yes〉,"
                "〈management.income_remitted〉=〈选项 yes_no_na.no〉,"
                "〈management.income_remitted〉=〈选项 yes_no_na.not_applicable〉)),ROUND(ROUND("
                "IF(OR(〈management.income_remitted〉=〈选项 yes_no_na.yes〉,"
                "〈management.income_remitted〉=〈选项 yes_no_na.not_applicable〉),"
                '〈参数 20.points1〉,0),〈参数 working_digits〉),〈参数 score_digits〉),"")'
            ),
        ),
        (
            "02 indicator_mean",
            (
                f'IF({_COUNT}=0,"",IF({_COUNT}<>{_READY},"",ROUND(ROUND('
                "SUMIFS(〈indicators[].factor〉,〈indicators[].level1〉,〈选项 level1.outcome〉)"
                f"/{_COUNT}*〈分值 02〉,〈参数 working_digits〉),〈参数 score_digits〉)))"
            ),
        ),
        (
            "05 record_mean",
            (
                'IF(COUNTA(〈funds[].name〉)=0,"",IF(OR(COUNTA(〈funds[].name〉)<>'
                'COUNT(〈funds[].counted_rate〉),SUMPRODUCT((〈funds[].name〉="")*(('
                '(〈funds[].planned〉<>"")+(〈funds[].paid〉<>"")+(〈funds[].as_of〉<>"")+'
                '(〈funds[].reported_rate〉<>"")+(〈funds[].note〉<>""))>0))>0),"",ROUND(ROUND('
                "SUM(〈funds[].counted_rate〉)/COUNT(〈funds[].counted_rate〉)*〈分值 05〉,"
                "〈参数 working_digits〉),〈参数 score_digits〉)))"
            ),
        ),
        (
            "funds.counted_rate",
            'IF(ISNUMBER(〈funds[1].rate〉),MIN(1,MAX(0,〈funds[1].rate〉)),"")',
        ),
        (
            "finance.adjustment_rate",
            (
                "IF(AND(ISNUMBER(〈finance.adjusted〉),ISNUMBER(〈finance.initial〉)),"
                "IF(〈finance.initial〉=0,IF(〈finance.adjusted〉=0,0,1),"
                'ABS(〈finance.adjusted〉-〈finance.initial〉)/〈finance.initial〉),"")'
            ),
        ),
        (
            "indicators.completion",
            (
                "IF(AND(ISNUMBER(〈indicators[1].expected〉),ISNUMBER(〈indicators[1].actual〉),"
                "〈indicators[1].unit〉<>〈选项 unit.date〉),"
                'IF(〈indicators[1].expected〉=0,"",〈indicators[1].actual〉/〈indicators[1].expected〉),"")'
            ),
        ),
    ],
)
def test_the_formula_as_written(name: str, expected: str) -> None:
    assert FORMULAS[name] == expected


@pytest.mark.parametrize(
    ("code", "basis", "ratio"),
    [
        ("03", 'IF(〈finance.adjusted〉=0,"",〈finance.total〉/〈finance.adjusted〉)', True),
        ("08", "〈management.finance_problems〉", False),
        ("14", "〈management.procurement_control〉", False),
        ("18", "〈management.small_business_share〉", True),
        ("25", "〈management.costs_risen〉", False),
        ("26", "〈finance.three_public〉", False),
        ("05", "SUM(〈funds[].counted_rate〉)/COUNT(〈funds[].counted_rate〉)", True),
    ],
)
def test_basis(code: str, basis: str, *, ratio: bool) -> None:
    text, is_ratio = method_for(load_scheme(SCHEME_ID), code).basis(SymbolicRefs())
    assert basis in text
    assert is_ratio is ratio


def test_a_changed_input_is_named_in_the_formula() -> None:
    scheme = mutated(('numerator = "finance.total"', 'numerator = "finance.project"'))
    text = method_for(scheme, "03").formula(SymbolicRefs())
    assert "〈finance.project〉/〈finance.adjusted〉" in text
    assert "〈finance.total〉" not in text


def test_fields_sheets_name_their_cells_without_a_column() -> None:
    assert str(CellKey("finance", "total")) == "finance.total"
    assert CellKey("finance", "total").column == VALUE
