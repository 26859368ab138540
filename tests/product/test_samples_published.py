"""各地公开的自评表：说明里印的张数、得分与手工推出的一致，误报漏报数得清，该不报的不报。

逐处的问题、逐行的得分由 test_samples.py 与别的示例一起核对。
"""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from cli_runner import xltool
from expected_files import outcome, published_schemes

from xltool.flags.rule import Outcome
from xltool.scheme.key import field_key
from xltool.scoring.catalogue import ready_scheme

SAMPLES = Path(__file__).parents[2] / "sample_inputs"
FOLDER = SAMPLES / "published"
README = (FOLDER / "README.md").read_text("utf-8")
KINDS = ("fact", "source", "reading", "false_alarm")
FORMS = [path.stem for path in sorted(FOLDER.glob("*.xlsx"))]
FALSE_ALARMS: list[tuple[str, str]] = []
# 说明里“什么不报”的，整条规则通过的
SILENT = [
    ("丽江市古城区自然资源局_卫片执法_2020", "S05 S08 E01 K08 C06"),
    ("永德县明朗中学_营养改善_2022", "A08 C02 C06 K09"),
    ("萧县张庄寨镇_种养补贴_2023", "K02 K20 S04 S07 C06"),
    ("鄂州市行政审批局_市民中心_2021", "A01 E01 E06 E08 C06"),
    ("重庆科学城融媒体中心_整体_2021", "K21 C02 C06"),
]

Json = dict[str, Any]


@cache
def expected(form: str) -> Json:
    file = SAMPLES / "expected" / "published" / f"{form}.json"
    document: Json = json.loads(file.read_text("utf-8"))
    return document


def printed(form: str) -> list[str]:
    """说明的表里这一份的一行。"""
    (line,) = re.findall(rf"^\| {form} \|(.*)\|$", README, re.MULTILINE)
    return [cell.strip() for cell in line.split("|")]


def test_five_forms() -> None:
    assert len(FORMS) == 5


@pytest.mark.parametrize("form", FORMS)
def test_the_table_counts_what_was_worked_out(form: str) -> None:
    _, score, whole, *counts, _ = printed(form)
    wanted = expected(form)
    kinds = Counter(item["kind"] for item in wanted["findings"])
    assert set(kinds) <= set(KINDS)
    assert int(whole) == len(wanted["findings"])
    assert [int(one) for one in counts] == [kinds[kind] for kind in KINDS]
    total = wanted["total"]
    assert score == (f"{total} {wanted['grade']}" if total else "不能计")


def test_the_last_line_adds_up() -> None:
    rows = [[int(cell) for cell in printed(form)[2:]] for form in FORMS]
    assert [int(cell) for cell in printed("合计")[2:]] == [
        sum(one) for one in zip(*rows, strict=True)
    ]


def test_false_alarms_are_named() -> None:
    listed = [
        (f, i["code"]) for f in FORMS for i in expected(f)["findings"] if i["kind"] == KINDS[-1]
    ]
    assert listed == FALSE_ALARMS
    for form, code in FALSE_ALARMS:
        assert f"- 误报 {form[:2]} {code}：" in README


@pytest.mark.parametrize(("form", "codes"), SILENT)
def test_what_stays_silent(form: str, codes: str) -> None:
    """看过了、通过了，不是没有数可看。"""
    report = outcome(f"published/{form}.xlsx")[0]
    assert report is not None
    assert {code: report.outcomes[code] for code in codes.split()} == dict.fromkeys(
        codes.split(), Outcome.PASS
    )


@pytest.mark.parametrize("form", FORMS)
def test_no_person_is_named(form: str) -> None:
    data = (SAMPLES / "data" / "published" / f"{form}.toml").read_text("utf-8")
    assert 'filler = "×××"' in data
    assert re.findall(r"^phone = .*", data, re.MULTILINE) == re.findall(
        r'^phone = "0000?-00000\d\d"', data, re.MULTILINE
    )
    assert not re.search(r"1[3-9]\d{9}", data)


def test_only_the_year_differs() -> None:
    """四个方案沿用随程序带的，分值、界限、各格都不变。"""

    base, _ = ready_scheme("mof-project")
    years = [one for one in published_schemes().values() if one.id.startswith("mof-project-y")]
    assert sorted(one.year for one in years) == [2020, 2021, 2022, 2023]
    for one in years:
        assert (one.indicators, one.parameters, one.options) == (
            base.indicators,
            base.parameters,
            base.options,
        )
        assert one.field(field_key("finance.total")) == base.field(field_key("finance.total"))


def test_the_command_of_the_page() -> None:
    """照说明里的命令查，须改正的为8处。"""
    file = FOLDER / "丽江市古城区自然资源局_卫片执法_2020.xlsx"
    ran = xltool("check", file, "--schemes", FOLDER / "方案")
    assert ran.code == 1
    assert "须改正8处" in ran.out + ran.err
