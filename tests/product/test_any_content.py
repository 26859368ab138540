"""一格能装的任何文字、任何数，填在任何一种格里：各条命令都不出错，汇总写得出，说得出是哪个文件。"""

from __future__ import annotations

import json
import tempfile
from decimal import Decimal
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cli_forms import good_form, write
from cli_runner import xltool
from collection_builder import SCHEME, filled
from form_files import quick_file
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from scheme_variants import brief_for
from sizes import TIMES

from xltool.address import TEXT_LIMIT
from xltool.form.form import make_form
from xltool.scheme.key import VALUE, CellKey
from xltool.scheme.model import SheetKind
from xltool.scoring.catalogue import ready_scheme

if TYPE_CHECKING:
    from xltool.facts.typed import Typed

MANY = 2 * TIMES
# 除了控制字符和孤立的代理：装不进 XML 的，文件里也不会有
LETTERS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
ODD_WORDS = ("_x000D_", "=1+1", "，", "“", "{name}", "%s", "；", "𠮷", "不适用", "≥5", "100%", "\n")
WORDS = st.text(LETTERS, max_size=40) | st.sampled_from(ODD_WORDS)
LONG = st.builds(
    lambda word, unit: (word * TEXT_LIMIT)[: TEXT_LIMIT // unit],
    st.sampled_from(("示", "1", "=", "a、", " x", "12.5万元；")),
    st.sampled_from((1, 2, 30)),
) | st.just("𠮷" * (TEXT_LIMIT // 2))
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=None).filter(
    lambda number: number == 0 or -308 < number.adjusted() < 308
) | st.integers(-(10**15), 10**15).map(Decimal)
CONTENT = WORDS | LONG | NUMBERS


@cache
def kinds() -> tuple[CellKey, ...]:
    """每张表的每一项、每一栏各一格。"""
    scheme, _ = ready_scheme(SCHEME)
    found = []
    for sheet in scheme.sheets:
        fields = [one.key for one in sheet.fields if one.computation is None]
        if sheet.kind is SheetKind.FIELDS:
            found += [CellKey(sheet.key, field, VALUE) for field in fields]
        else:
            row = scheme.indicators[0].code if sheet.kind is SheetKind.SCORE else "1"
            found += [CellKey(sheet.key, row, field) for field in fields]
    return tuple(found)


def form_with(changes: dict[CellKey, Typed]) -> bytes:
    scheme, _ = ready_scheme(SCHEME)
    contents = filled(scheme, 1) | {key: value for key, value in changes.items() if value != ""}
    return quick_file(make_form(brief_for(scheme, contents), contents))


def through_every_command(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "报送").mkdir()
        odd = write(folder / "报送", "某局.xlsx", data)
        write(
            folder / "报送",
            "好局.xlsx",
            good_form(department="示例市好局", department_code="987654"),
        )
        for command in (["check", odd, "--json"], ["read", odd, "--json"]):
            ran = xltool(*command)
            assert ran.code in (0, 1), ran.err
            assert '"code": "C142"' not in ran.out, ran.err
            assert json.loads(ran.out)
        ran = xltool("score", odd, "-o", folder / "评分.xlsx")
        assert ran.code in (0, 1), ran.err
        assert (folder / "评分.xlsx").exists() or "不能读" in ran.err
        book = folder / "汇总.xlsx"
        ran = xltool("collect", folder / "报送", "-o", book, "--json")
        assert ran.code in (0, 1), ran.err
        assert book.exists()
        assert not {"C142", "C144"} & {found["code"] for found in ran.document["findings"]}
        statuses = {item["file"]: item["status"] for item in ran.document["files"]}
        assert statuses["好局.xlsx"] == "adopted"
        assert "某局.xlsx" in statuses


SOME = settings(
    max_examples=MANY,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.drawn
@SOME
@given(st.dictionaries(st.sampled_from(kinds()), CONTENT, min_size=1, max_size=60))
def test_any_text_and_any_number_in_any_cell(changes: dict[CellKey, Typed]) -> None:
    through_every_command(form_with(changes))


LONGEST = ("𠮷" * (TEXT_LIMIT // 2), "9" * TEXT_LIMIT)


@pytest.mark.parametrize(
    "texts",
    [LONGEST, *(pytest.param((text,), marks=pytest.mark.nightly) for text in LONGEST)],
    ids=("轮流", "字", "数字"),
)
def test_every_cell_as_long_as_a_cell_can_be(texts: tuple[str, ...]) -> None:
    """平时各格轮流是字、是数字；每一格都是字、都是数字的在 nightly。"""
    through_every_command(form_with(dict(zip(kinds(), cycle(texts), strict=False))))


LISTS = ("indicators", "funds")  # 栏最多的、有自动计算的；别的每晚看
OTHERS = ("rectification", "tasks", "claims")


LONG_LIST, DAILY = 1200, 200  # 粘贴多少行；平时少些，也已经是表的好几倍，一张表


@pytest.mark.parametrize(
    ("sheet", "length"),
    [
        (LISTS[0], DAILY),
        *(pytest.param(key, LONG_LIST, marks=pytest.mark.nightly) for key in (*LISTS, *OTHERS)),
    ],
)
def test_a_long_list_pasted_into_a_table(sheet: str, length: int) -> None:
    scheme, _ = ready_scheme(SCHEME)
    if not scheme.has(sheet):
        pytest.skip(sheet)
    columns = [key for key in kinds() if key.sheet == sheet]
    rows = (
        {
            CellKey(sheet, str(row), key.column): f"粘贴的第{row}行{number}"
            for row in range(1, length)
        }
        for number, key in enumerate(columns[:4])
    )
    changes = {key: text for row in rows for key, text in row.items()}
    through_every_command(form_with(changes))
