"""名单怎样写都读得出：标题、几行表头、合并、分块、几张表、合计、分组、说明。"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from roster_books import Page, write_pages, write_roster

from xltool.collection.owed import Obligation
from xltool.collection.remembered import Remembered
from xltool.collection.roster import Roster, read_roster
from xltool.finding import Severity

if TYPE_CHECKING:
    from pathlib import Path

HEAD = ("序号", "预算编码", "单位名称")
TWO = ((1, "101", "甲局"), (2, "102", "乙局"))


def read(path: Path) -> Roster:
    found = read_roster(path)
    assert isinstance(found, Roster)
    return found


def units(path: Path) -> list[tuple[str, str]]:
    return [(entry.code, entry.name) for entry in read(path).entries]


def told(path: Path) -> list[tuple[str, str, str]]:
    return [(one.code, one.where, one.message) for one in read(path).findings]


BOTH = [("101", "甲局"), ("102", "乙局")]


# ---------------------------------------------------------------- 表头


def test_title_and_note_lines_above(tmp_path: Path) -> None:
    path = write_roster(
        tmp_path,
        ("2025年度绩效自评报送名单",),
        ("填报单位：示例市财政局", "", "单位：个"),
        ("注：以下单位均须报送",),
        HEAD,
        *TWO,
        merges=("A1:C1",),
    )
    assert units(path) == BOTH
    assert told(path) == []


def test_two_header_rows(tmp_path: Path) -> None:
    path = write_roster(
        tmp_path,
        ("名单",),
        ("序号", "单位", "", "联系", ""),
        ("", "预算编码", "名称", "联系人", "电话"),
        (1, "101", "甲局", "张三", "1"),
        (2, "102", "乙局", "李四", "2"),
        merges=("A1:E1", "A2:A3", "B2:C2", "D2:E2"),
    )
    assert units(path) == BOTH
    assert [(one.contact, one.phone) for one in read(path).entries] == [
        ("张三", "1"),
        ("李四", "2"),
    ]


def test_two_header_rows_whose_words_only_mean_something_together(tmp_path: Path) -> None:
    """“单位”“联系”下面的“名称”“电话”各是哪一栏，要两行合起来看；没有合并的也一样。"""
    path = write_roster(
        tmp_path,
        ("归口科室", "预算单位", "", "备注"),
        ("", "编码", "名称", ""),
        ("教科文科", "101", "甲局", "新设"),
        ("", "102", "乙局", ""),
        merges=("A1:A2", "B1:C1", "D1:D2", "A3:A4"),
    )
    assert units(path) == BOTH
    entries = read(path).entries
    assert [(one.group, one.remark) for one in entries] == [("教科文科", "新设"), ("教科文科", "")]


def test_three_header_rows(tmp_path: Path) -> None:
    path = write_roster(
        tmp_path,
        ("单位情况", "", "", "其他"),
        ("基本信息", "", "联系", ""),
        ("编码", "单位名称", "电话", "备注"),
        ("101", "甲局", "1", ""),
        ("102", "乙局", "2", ""),
        merges=("A1:C1", "A2:B2", "D1:D2"),
    )
    assert units(path) == BOTH


@pytest.mark.parametrize(
    "heading",
    [
        "单位 名称",
        "*单位名称",
        "单位名称（全称）",
        "部门（单位）名称",
        "单位全称",
        "名称",
        "单位：",
    ],
)
def test_a_name_by_another_heading(tmp_path: Path, heading: str) -> None:
    assert (
        units(write_roster(tmp_path, ("编码", heading), ("101", "甲局"), ("102", "乙局"))) == BOTH
    )


def test_a_line_of_labels_above_is_no_header(tmp_path: Path) -> None:
    path = write_roster(
        tmp_path,
        ("填报单位：", "示例市财政局", "联系人：", "张三"),
        ("单位",),
        ("甲局",),
        ("乙局",),
    )
    assert [entry.name for entry in read(path).entries] == ["甲局", "乙局"]


@pytest.mark.parametrize(
    ("other", "key"),
    [("部门", "group"), ("主管部门", "group"), ("归口科室", "group"), ("业务科（股）室", "extra")],
)
@pytest.mark.parametrize("step", [1, -1])
def test_the_meaning_of_a_heading_not_its_place(
    tmp_path: Path, other: str, key: str, step: int
) -> None:
    """“部门”一栏是归口科室，不管在单位名称的左边还是右边。"""
    rows = [(other, "单位名称", "编码"), ("教科文科", "甲局", "101"), ("社保科", "乙局", "102")]
    path = write_roster(tmp_path, *(row[::step] for row in rows))
    assert units(path) == BOTH
    found = [
        entry.group if key == "group" else entry.extra.get(other) for entry in read(path).entries
    ]
    assert found == ["教科文科", "社保科"]


def test_a_department_column_alone_is_the_name(tmp_path: Path) -> None:
    assert units(write_roster(tmp_path, ("部门", "编码"), ("甲局", "101"), ("乙局", "102"))) == BOTH


def test_merged_groups_stand_for_every_row_they_cover(tmp_path: Path) -> None:
    path = write_roster(
        tmp_path,
        ("序号", "部门", "单位名称", "预算编码"),
        (1, "A组", "甲局", "101"),
        (2, "", "乙局", "102"),
        (3, "B组", "丙局", "103"),
        merges=("B2:B3",),
    )
    assert [entry.group for entry in read(path).entries] == ["A组", "A组", "B组"]
    assert told(path) == []


def test_other_columns_are_kept_in_order_under_their_headings(tmp_path: Path) -> None:
    path = write_roster(
        tmp_path,
        ("序号", "片区", "单位名称", "经费形式", "编码", "片区"),
        (1, "东", "甲局", "全额", "101", "另一个"),
        (2, "西", "乙局", "", "102", ""),
    )
    assert [dict(entry.extra) for entry in read(path).entries] == [
        {"片区": "东", "经费形式": "全额"},
        {"片区": "西", "经费形式": ""},
    ]


# ---------------------------------------------------------------- 不是单位的行


@pytest.mark.parametrize(
    "row",
    [
        ("合计", "", "10个单位"),
        ("", "", "合计"),
        ("", "", "小计：2家"),
        ("", "", "共2个单位"),
        ("总计",),
        ("", "", "注：1.以上单位均须报送；2.联系人电话见附件。"),
        ("注：以上单位均须报送",),
        ("制表人：张三", "", "审核人：李四"),
        ("", "", "以下空白"),
        ("一、", "", "市直部门"),
        ("（二）", "", "参公的"),
        ("", "", "市直部门（2家）"),
        ("", "", "教科文类"),
        ("市直单位",),
        ("", "", "（请填全称）"),
        ("1", "2", "3"),
        ("甲", "乙", "丙"),
    ],
)
def test_rows_that_are_no_units_are_told_once(tmp_path: Path, row: tuple[str, ...]) -> None:
    for place in (1, 2, 3):
        rows = [HEAD, *TWO]
        rows.insert(place, row)
        path = write_roster(tmp_path, *rows)
        assert units(path) == BOTH
        (note,) = read(path).findings
        assert (note.code, note.severity, note.at and note.at.row) == (
            "C170",
            Severity.NOTICE,
            place + 1,
        )


def test_several_such_rows_are_one_notice_that_names_each(tmp_path: Path) -> None:
    path = write_roster(
        tmp_path, HEAD, ("一、", "", "市直部门"), *TWO, ("合计", "", "2"), ("注：略",)
    )
    message = "有 3 行是标题、合计或说明，没有计入：“市直部门”（C2）、“合计”（A5）、“注：略”（A6）"
    assert told(path) == [("C170", "名单!C2", message)]
    assert [entry.group for entry in read(path).entries] == ["市直部门", "市直部门"]


@pytest.mark.parametrize(
    "name",
    [
        "市直机关工委",
        "事业单位登记管理局",
        "注册会计师协会",
        "统计局",
        "审计局",
        "市直属机关事务管理局",
        "一中心血站",
        "（原）甲局（筹）",
        "第三人民医院",
        "示例市教育局",
        "团市委",
        "乡村振兴领导小组",
        "示例港口",
    ],
)
def test_units_whose_names_only_look_odd(tmp_path: Path, name: str) -> None:
    path = write_roster(tmp_path, HEAD, *TWO, ("3", "", name))
    assert units(path) == [*BOTH, ("", name)]
    assert told(path) == []


def test_a_group_word_with_a_code_is_a_unit(tmp_path: Path) -> None:
    path = write_roster(tmp_path, HEAD, *TWO, ("3", "103", "市直单位"))
    assert units(path) == [*BOTH, ("103", "市直单位")]


def test_rows_numbered_in_chinese_are_units(tmp_path: Path) -> None:
    path = write_roster(tmp_path, ("序号", "单位名称"), ("一", "甲局"), ("二", "乙局"))
    assert [entry.name for entry in read(path).entries] == ["甲局", "乙局"]


def test_a_row_merged_across_is_a_title(tmp_path: Path) -> None:
    path = write_roster(
        tmp_path,
        ("单位名称", "编码", "电话"),
        ("党委口各家", "", ""),
        ("甲局", "101", "1"),
        ("乙局", "102", ""),
        merges=("A2:C2",),
    )
    assert units(path) == BOTH
    assert [entry.group for entry in read(path).entries] == ["党委口各家"] * 2


def test_lines_left_empty_are_silent(tmp_path: Path) -> None:
    path = write_roster(tmp_path, HEAD, *TWO, (3, "", ""), (), (4, "", ""))
    assert units(path) == BOTH
    assert told(path) == []


def test_the_example_row_is_no_unit(tmp_path: Path) -> None:
    path = write_roster(tmp_path, HEAD, ("", "101001", "（示例，填时删去）某某局"), *TWO)
    assert units(path) == BOTH
    assert told(path) == []


def test_a_row_with_something_but_no_name_is_a_mistake(tmp_path: Path) -> None:
    rows = (("单位名称", "编码", "联系人"), ("甲局", "101", ""), ("", "", "张三"), ("", "103", ""))
    assert [(code, where) for code, where, _ in told(write_roster(tmp_path, *rows))] == [
        ("C104", "名单!A3"),
        ("C104", "名单!A4"),
    ]


def test_words_that_say_nothing_are_nothing(tmp_path: Path) -> None:
    head = ("单位名称", "曾用名", "表种", "项目名称", "零报送")
    path = write_roster(
        tmp_path, head, ("甲局", "无", "无", "无", "无"), ("乙局", "/", "/", "/", "/")
    )
    assert [(one.aliases, one.owed, one.zero) for one in read(path).entries] == [
        ((), (Obligation(),), False)
    ] * 2
    assert told(path) == []


def test_a_name_that_is_a_broken_formula_is_no_unit(tmp_path: Path) -> None:
    path = write_roster(tmp_path, HEAD, *TWO, (3, "103", "#N/A"))
    assert units(path) == BOTH
    assert [(code, where) for code, where, _ in told(path)] == [("C104", "名单!C4")]


@pytest.mark.parametrize(
    ("code", "number", "seen"),
    [
        ("000000", 1002, "001002"),
        ("000000", 901002, "901002"),
        ("000-000", 1002, "001-002"),
        ('"粤"000000', 1002, "粤001002"),
        ("General", 1002, "1002"),
        ("0", 1002, "1002"),
        ("0.00", 1002, "1002"),
        ("#,##0", 901002, "901002"),
        ("@", 1002, "1002"),
    ],
)
def test_codes_are_read_as_they_are_shown(
    tmp_path: Path, code: str, number: int, seen: str
) -> None:
    rows = (HEAD, (1, number, "甲局"))
    assert units(write_pages(tmp_path, 名单=Page(rows, formats={"B": code}))) == [(seen, "甲局")]


# ---------------------------------------------------------------- 几块、几张


def test_every_sheet_is_read(tmp_path: Path) -> None:
    path = write_pages(
        tmp_path,
        市直=Page((HEAD, (1, "101", "甲局"))),
        区县=Page((("单位名称", "编码"), ("乙局", "102"))),
        情况=Page((("今年的安排",), ("单位：个",))),
        设置=Page((("截止日期", "2025-4-30"),)),
    )
    assert units(path) == BOTH
    assert [(one.group, one.place and one.place.label) for one in read(path).entries] == [
        ("市直", "市直!C2"),
        ("区县", "区县!A2"),
    ]
    message = "名单的工作表“情况”没有读：没有“单位名称”一栏"
    assert told(path) == [("C171", "情况", message)]


def test_hidden_sheets_are_left_and_told(tmp_path: Path) -> None:
    path = write_pages(
        tmp_path,
        去年=Page((HEAD, (1, "109", "旧局")), hidden=True),
        名单=Page((HEAD, *TWO)),
    )
    assert units(path) == BOTH
    assert told(path) == [("C171", "去年", "名单的工作表“去年”没有读：是隐藏的")]


def test_a_list_of_telephones_adds_what_is_missing(tmp_path: Path) -> None:
    path = write_pages(
        tmp_path,
        名单=Page((HEAD, *TWO)),
        通讯录=Page((("单位", "联系人", "电话"), ("乙局", "李四", "2"), ("甲局", "张三", "1"))),
    )
    assert units(path) == BOTH
    assert [(one.contact, one.phone) for one in read(path).entries] == [
        ("张三", "1"),
        ("李四", "2"),
    ]
    message = "工作表“通讯录”里有 2 个单位前面已经有了，只计一次，空着的各项由它补上"
    assert told(path) == [("C172", "通讯录!A2", message)]


def test_blocks_side_by_side(tmp_path: Path) -> None:
    path = write_roster(
        tmp_path,
        ("名单",),
        ("序号", "编码", "单位名称", "", "序号", "编码", "单位名称"),
        (1, "101", "甲局", "", 3, "103", "丙局"),
        (2, "102", "乙局", "", 4, "104", "丁局"),
        ("合计", "", 4),
        merges=("A1:G1",),
    )
    assert units(path) == [*BOTH, ("103", "丙局"), ("104", "丁局")]


def test_a_header_printed_again_and_a_second_section(tmp_path: Path) -> None:
    """每页又印一次表头；另起一段的，栏可以挪了位置。"""
    path = write_roster(
        tmp_path,
        HEAD,
        (1, "101", "甲局"),
        HEAD,
        (2, "102", "乙局"),
        ("区县",),
        ("单位名称", "编码"),
        ("丙局", "103"),
    )
    assert units(path) == [*BOTH, ("103", "丙局")]


# ---------------------------------------------------------------- 全部问题一次说


def test_all_mistakes_are_told_each_with_its_cell(tmp_path: Path) -> None:
    path = write_roster(
        tmp_path,
        ("单位名称", "编码", "表种", "零报送", "曾用名"),
        ("甲局", "101", "无专项", "也许", "乙局"),
        ("乙局", "102", "专项", "", ""),
        ("甲局", "", "", "", ""),
        ("丙局", "102", "", "", ""),
        ("", "105", "", "", ""),
    )
    assert [(code, where) for code, where, _ in told(path)] == [
        ("C107", "名单!C2"),
        ("C105", "名单!D2"),
        ("C174", "名单!E2"),
        ("C107", "名单!C3"),
        ("C103", "名单!A4"),
        ("C103", "名单!B5"),
        ("C104", "名单!A6"),
    ]


@pytest.mark.parametrize("blank", ["", "000000"])
@pytest.mark.parametrize("first", [True, False])
def test_two_codes_of_one_name_are_told_wherever_the_row_without_a_code_is(
    tmp_path: Path, blank: str, *, first: bool
) -> None:
    """同名的一行没有编码，不把两个单位连成一个。"""
    rows = [(blank, "中心小学", "路"), ("101", "中心小学", "桥")]
    rows = [*(rows if first else reversed(rows)), ("102", "中心小学", "水")]
    path = write_roster(tmp_path, ("编码", "单位名称", "项目名称"), *rows)
    assert [(code, where) for code, where, _ in told(path)] == [("C114", "名单!B4")]
    (fault,) = read(path).findings
    assert f"第 4 行和第 {3 if first else 2} 行都叫" in fault.message
    (entry,) = read(path).entries
    assert (entry.code, sorted(entry.projects)) == ("101", sorted(("路", "桥")))


def test_a_former_name_written_two_ways_is_one(tmp_path: Path) -> None:
    """上年度只有一份的，不能因此成了两个曾用名各有一份。"""
    rows = ("单位名称", "曾用名"), ("新局", "老局（原）、老局(原)、旧局、老局 (原)")
    entries = read(write_roster(tmp_path, *rows)).entries
    assert [one.aliases for one in entries] == [("老局（原）", "旧局")]
    years: Remembered[str] = Remembered()
    years.add("老局（原）", "", "", "上年")
    assert (list(years.renamed(entries)), years.of("新局", "", "")) == ([], "上年")


def test_a_duplicate_on_another_sheet_names_the_sheet(tmp_path: Path) -> None:
    path = write_pages(
        tmp_path,
        市直=Page((HEAD, (1, "101", "甲局"))),
        区县=Page((HEAD, (1, "101", "乙局"))),
    )
    message = "名单里“乙局”与工作表“市直”第 2 行的“甲局”预算编码相同，只按前一行计"
    assert told(path) == [("C103", "区县!B2", message)]


# ---------------------------------------------------------------- 合并的标题下面还有小标题


@pytest.mark.parametrize(
    "under",
    [("姓名", "手机"), ("联系人", "联系电话"), ("经办人", "电话")],
)
def test_sub_headings_under_a_merged_heading_are_read(
    tmp_path: Path, under: tuple[str, str]
) -> None:
    path = write_roster(
        tmp_path,
        ("序号", "单位名称", "预算编码", "联系方式", "", "自评类型"),
        ("", "", "", *under, "有专项资金", "无专项资金", "项目支出"),
        (1, "甲局", "101", "王五", "13800000001", "√", "", "√"),
        (2, "乙局", "102", "李四", "13800000002", "", "√"),
        merges=("A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:H1"),
    )
    found = read(path)
    assert [(one.contact, one.phone) for one in found.entries] == [
        ("王五", "13800000001"),
        ("李四", "13800000002"),
    ]
    assert [one.variants for one in found.entries] == [("有专项资金", "项目支出"), ("无专项资金",)]
    assert found.findings == ()


def test_columns_that_are_not_read_are_named(tmp_path: Path) -> None:
    path = write_roster(
        tmp_path,
        ("单位名称", "联系方式", "", "备考", "备考", "部门整体（有专项）"),
        ("甲局", "王五", "13800000001", "", "急", "√"),
        merges=("B1:C1",),
    )
    assert told(path) == [
        (
            "C177",
            "名单!C1",
            "名单的 C 列（如“138****0001”）有内容，没有表头，或表头与别的栏相同，没有读",
        ),
        ("C179", "名单!F1", "名单的“部门整体（有专项）”打着勾，表头不是表种，没有当作应报的表"),
        ("C178", "名单!B2", "名单的“联系方式”一栏有 1 格不是电话，如“王五”"),
    ]


def test_a_tick_under_the_name_of_a_form_and_more_is_to_be_mended_first(tmp_path: Path) -> None:
    """表头里有表种的名称而多写了别的：多半是应报的表，漏了就少要一份，所以先改。"""
    path = write_roster(
        tmp_path,
        ("单位名称", "部门整体（有专项资金）", "项目支出"),
        ("教育局", "√", "√"),
    )
    found = read(path)
    assert [(one.code, one.where) for one in found.faults] == [("C182", "名单!B1")]
    assert [one.owed for one in found.entries] == [(Obligation("项目支出"),)]
