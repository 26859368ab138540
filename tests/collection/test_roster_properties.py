"""同一批单位，名单怎样写都读出同样的各单位：栏的次序、标题、合计、空行、分块、分表都不影响。"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import given
from hypothesis import strategies as st
from roster_books import Page, write_pages
from sizes import drawn

from xltool.collection.roster import Roster, read_roster

if TYPE_CHECKING:
    from collections.abc import Sequence

HEADINGS = {
    "code": ("预算编码", "单位代码", "编码"),
    "name": ("单位名称", "部门（单位）名称", "*单位名称", "单位"),
    "contact": ("联系人", "经办人"),
    "forms": ("表种", "报送表种"),
    "project": ("项目名称", "自评项目"),
    "group": ("归口科室", "业务科室"),
    "remark": ("备注",),
    "片区": ("片区",),
}
TITLES = ("2025年度报送名单", "注：以下单位均须报送", "填报单位：某某局")
ODD = (("合计", "2家"), ("注：略",), ("以下空白",), (), ("市直部门",), ("小计", ""))
NAMES = ("财政局", "教育局", "统计局", "档案馆", "市直机关工委", "红十字会", "海关")


class Unit(NamedTuple):
    """一个单位和它各栏的内容。"""

    code: str
    name: str
    contact: str
    forms: str
    project: str
    group: str
    remark: str
    area: str

    def cells(self) -> dict[str, str]:
        return dict(zip(HEADINGS, self, strict=True))


@st.composite
def units(draw: st.DrawFn) -> list[Unit]:
    count = draw(st.integers(1, 7))
    return [
        Unit(
            code=draw(st.sampled_from((f"00{number}01", f"9{number}"))),
            name=f"示例{NAMES[number]}",
            contact=draw(st.sampled_from(("", "张三"))),
            forms=draw(st.sampled_from(("无专项资金", "项目支出", "无专项资金、项目支出"))),
            project=draw(st.sampled_from(("", "桥", "桥、路"))),
            group=draw(st.sampled_from(("教科文科", "社保科"))),
            remark=draw(st.sampled_from(("", "新设"))),
            area=draw(st.sampled_from(("东", "西"))),
        )
        for number in range(count)
    ]


@st.composite
def pages(draw: st.DrawFn, listed: Sequence[Unit]) -> dict[str, Page]:
    """几张表；每张各有各的标题、栏的次序、左右几块、夹在中间的行。"""
    cuts = sorted(draw(st.lists(st.integers(0, len(listed)), max_size=2)))
    parts = [listed[a:b] for a, b in zip((0, *cuts), (*cuts, len(listed)), strict=True)]
    return {
        f"表{number}": draw(page(part)) for number, part in enumerate(parts) if part or number == 0
    }


@st.composite
def page(draw: st.DrawFn, listed: Sequence[Unit]) -> Page:
    order = draw(st.permutations(list(HEADINGS)))
    words = [draw(st.sampled_from(HEADINGS[key])) for key in order]
    blocks = draw(st.integers(1, 2)) if len(listed) > 1 else 1
    half = max(1, -(-len(listed) // blocks))
    columns = [listed[start : start + half] for start in range(0, len(listed), half)] or [listed]
    numbered = draw(st.booleans())
    rows: list[list[str]] = [[one] for one in draw(st.lists(st.sampled_from(TITLES), max_size=3))]
    rows.append([word for _ in columns for word in (["序号"] * numbered + words)])
    for line in range(half):
        row: list[str] = []
        for block in columns:
            cells = block[line].cells() if line < len(block) else dict.fromkeys(HEADINGS, "")
            row += [str(line + 1)] * numbered + [cells[key] for key in order]
        rows.append(row)
        # 几块并排的，夹在中间的行只在最左一块的名称一栏之前，不会把别的块遮住
        odd = draw(st.lists(st.sampled_from(ODD), max_size=1))
        rows += [list(one) for one in odd if blocks == 1]
    return Page(rows)


def read(written: dict[str, Page]) -> Roster:
    with TemporaryDirectory() as folder:
        found = read_roster(write_pages(Path(folder), **written))
    assert isinstance(found, Roster)
    return found


def plainly(listed: Sequence[Unit]) -> dict[str, Page]:
    rows = [[HEADINGS[key][0] for key in HEADINGS], *(list(unit) for unit in listed)]
    return {"名单": Page(rows)}


@drawn(40)
@given(st.data())
def test_the_same_units_however_the_roster_is_written(data: st.DataObject) -> None:
    listed = data.draw(units())
    expected = read(plainly(listed)).entries
    assert [entry.name for entry in expected] == [unit.name for unit in listed]
    found = read(data.draw(pages(listed)))
    seen = {entry.name: entry for entry in found.entries}
    assert list(seen) == [entry.name for entry in expected]
    assert [one.severity.value for one in found.findings if one.severity != "notice"] == []
    for entry in expected:
        other = seen[entry.name]
        for key in ("code", "aliases", "contact", "phone", "zero", "owed", "remark", "group"):
            assert getattr(other, key) == getattr(entry, key), key
        assert dict(other.extra) == dict(entry.extra)


WORDS = (
    "", "单位", "名称", "单位名称", "部门", "编码", "预算", "表种", "项目名称", "归口科室",
    "备注", "联系人", "合计", "市直部门", "一、", "注：略", "甲局", "乙局", "桥、路",
    "无专项资金", "专项", "101", "1", "是", "√", "单位：", "有专项资金", "#N/A", "例", "（示例）",
)  # fmt: skip
AREAS = ("A1:C1", "A1:A3", "B2:D2", "C3:C6", "A5:E5", "B2:B9", "D1:F2", "A4:B6")


@drawn(60)
@given(
    st.lists(st.lists(st.sampled_from(WORDS), max_size=7), max_size=9),
    st.lists(st.sampled_from(AREAS), max_size=2, unique=True),
)
def test_whatever_stands_in_a_workbook_is_read_or_refused(
    rows: list[list[str]], merges: list[str]
) -> None:
    """表头、合并、分组怎样乱写，都读成名单或说出为什么不是；每个问题有格，每个单位有名称。"""
    with TemporaryDirectory() as folder:
        found = read_roster(write_pages(Path(folder), 名单=Page(rows or [["甲"]], merges)))
    if isinstance(found, Roster):
        assert all(entry.name and entry.owed and entry.place for entry in found.entries)
        assert all(one.at for one in found.findings)
        places = [entry.place for entry in found.entries]
        assert len(set(places)) == len(places)
    else:
        assert found.code in {"C101", "C102"}
