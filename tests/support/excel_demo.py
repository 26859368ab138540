"""一个用到每种作用、每种内容、每种版面功能的工作簿，供 test_excel_* 共用。"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.address import Area, At
from xltool.sheets.graphics import Chart, Series
from xltool.sheets.plan import (
    Cell,
    Formula,
    Highlight,
    Link,
    Merge,
    Name,
    NumberFormat,
    Print,
    Role,
    SheetPlan,
    Validation,
    ValidationKind,
    WorkbookPlan,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.sheets.plan import Content

FORM = "评分表"
REGISTER = "疑点清单"
LISTS = "选项"
HIDDEN = "_xltool"


def area(text: str) -> Area:
    first, _, last = text.partition(":")
    return Area(At.parse(first), At.parse(last or first))


def row(
    number: int, *contents: tuple[Content, Role] | tuple[Content, Role, NumberFormat]
) -> list[Cell]:
    cells = []
    for col, (content, role, *rest) in enumerate(contents, start=1):
        unlocked = role in {Role.INPUT, Role.INPUT_CENTER, Role.REVIEW}
        number_format = rest[0] if rest else NumberFormat.GENERAL
        cells.append(Cell(At(number, col), content, role, number_format, unlocked))
    return cells


def one_sheet(*contents: Content, **features: object) -> WorkbookPlan:
    cells = row(1, *((content, Role.BODY) for content in contents))
    return WorkbookPlan((SheetPlan("表", cells, **features),))  # type: ignore[arg-type]


def indicator_cells() -> Iterator[Cell]:
    yield from row(
        6,
        ("A1.1", Role.CODE),
        ("履职效能", Role.LEVEL),
        ("整体绩效目标产出指标完成情况", Role.FIXED),
        (
            "完成率达到100%得满分；每低1个百分点扣0.2分，扣完为止。依据：〔2024〕12号文附件2。",
            Role.FIXED,
        ),
        (Decimal("20.00"), Role.FIXED_CENTER, NumberFormat.POINTS),
        (Decimal("0.98"), Role.INPUT, NumberFormat.PERCENT),
        ("因汛期影响，2个项目顺延", Role.INPUT),
        (Formula("ROUND(E6*F6,2)", Decimal("19.60")), Role.AUTO, NumberFormat.POINTS),
    )
    yield from row(
        7,
        ("B2.1", Role.CODE),
        (None, Role.FIXED_CENTER),
        ("部门预算资金支出率", Role.FIXED),
        ("支出率×5分", Role.FIXED),
        (Decimal(5), Role.FIXED_CENTER, NumberFormat.POINTS),
        (Decimal("26701.65"), Role.INPUT, NumberFormat.MONEY),
        ("是", Role.INPUT_CENTER),
        (Formula('IF(F7="","未填","已填")', "已填"), Role.AUTO_TEXT),
    )


def form_cells() -> Iterator[Cell]:
    wide = 8
    yield from row(1, ("附件1", Role.ANNEX))
    yield from row(
        2,
        *[
            ("部门整体支出绩效自评评分表" if col == 1 else None, Role.TITLE)
            for col in range(1, wide + 1)
        ],
    )
    yield from row(3, ("填报单位：江门市教育局　　　年度：2025年　　　金额单位：万元", Role.INFO))
    yield from row(4, ("id", Role.IDENTITY), ("points", Role.IDENTITY))
    headings = [
        "编码",
        "一级指标",
        "指标",
        "评分标准",
        "分值",
        "填报（填报）",
        "说明（填报）",
        "得分（自动计算）",
    ]
    yield from row(5, *[(text, Role.HEADER) for text in headings])
    yield from indicator_cells()
    yield from row(
        8,
        (None, Role.TOTAL),
        ("合计", Role.TOTAL),
        *[(None, Role.TOTAL)] * 2,
        (Formula("SUM(E6:E7)", Decimal(25)), Role.TOTAL, NumberFormat.POINTS),
        *[(None, Role.TOTAL)] * 2,
        (Formula("SUM(H6:H7)", Decimal("19.6")), Role.TOTAL, NumberFormat.POINTS),
    )
    yield from row(
        10, ("填报人：　　　　审核人：　　　　单位负责人：　　　　联系电话：", Role.SIGNATURE)
    )
    yield from row(
        11,
        ("注：本表一式两份。", Role.PLAIN),
        (date(2026, 3, 5), Role.PLAIN, NumberFormat.DATE),
        ("成段的长文。", Role.PASSAGE),
    )


def register_cells() -> Iterator[Cell]:
    yield from row(1, ("一、疑点", Role.SECTION))
    headings = ["序号", "单位", "级别", "位置", "事实", "金额（万元）", "件数", "复核意见"]
    yield from row(2, *[(text, Role.HEADER) for text in headings])
    levels = [
        ("错误", Role.ERROR),
        ("警告", Role.WARNING),
        ("提示", Role.NOTICE),
        ("相符", Role.GOOD),
        ("错误", Role.WAIVED),
    ]
    for number, (word, role) in enumerate(levels, start=1):
        band = number % 2 == 0
        text, center = (
            (Role.BODY_BAND, Role.BODY_BAND_CENTER) if band else (Role.BODY, Role.BODY_CENTER)
        )
        link = Link("评分表!F6", sheet=FORM, at=At(6, 6))
        if number == 5:
            link = Link("报送的文件", file="报送/01_教育局 #1.xlsx")
        yield from row(
            2 + number,
            (number, center),
            ("市教育局", text),
            (word, role),
            (link, Role.LINK),
            ("支出率填报98.00%，按金额计算应为97.31%，相差0.69个百分点。", text),
            (Decimal("1234567.8"), text, NumberFormat.MONEY),
            (12345, text, NumberFormat.INTEGER),
            (None, Role.REVIEW),
        )


def list_cells() -> Iterator[Cell]:
    joined = (
        (Role.LEVEL_TOP, NumberFormat.GENERAL),
        (Role.LEVEL_MIDDLE, NumberFormat.UNSEEN),
        (Role.LEVEL_BOTTOM, NumberFormat.UNSEEN),
    )
    for number, (name, score) in enumerate([("维持", 90), ("调整", 80), ("退回", 60)], start=1):
        level = ("履职效能", *joined[number - 1])
        yield from row(number, (name, Role.BODY), (score, Role.BODY), ("看", Role.JUMP), level)


def form_plan() -> SheetPlan:
    return SheetPlan(
        name=FORM,
        cells=form_cells(),
        widths=(9, 11, 20, 40, 9, 13, 24, 13),
        heights={1: 24, 2: 36, 3: 21, 5: 33, 6: 45, 7: 30, 8: 24, 10: 30},
        merges=(Merge(area("B6:B7")),),
        validations=(
            Validation(
                area("F6"),
                ValidationKind.DECIMAL,
                "完成率",
                "填百分数，如 98%",
                "完成率不对",
                "请填 0 至 120% 之间的数",
                minimum=Decimal(0),
                maximum=Decimal("1.2"),
            ),
            Validation(area("G7"), ValidationKind.LIST, "是否", "从列表中选", source="复核结果"),
            Validation(area("F7"), ValidationKind.DECIMAL, "支出", "填数，单位万元", strict=False),
            Validation(area("G6"), ValidationKind.TEXT_LENGTH, "说明", "不超过200字", maximum=200),
            Validation(
                area("B11"),
                ValidationKind.DATE,
                "日期",
                "如 2026-3-5",
                minimum=date(2026, 1, 1),
                maximum="$B$11+1",
            ),
        ),
        highlights=(Highlight(area("F6:G7"), 'AND($E6>0,F6="")', Role.ERROR),),
        freeze=At(6, 4),
        printing=Print(title_rows=(5, 5), area=area("A1:H11"), footer_left="江门&2025 v1.0"),
        protected=True,
        tab=Role.INPUT,
        hidden_rows=(4,),
    )


def register_plan() -> SheetPlan:
    return SheetPlan(
        name=REGISTER,
        cells=register_cells(),
        widths=(6, 14, 8, 16, 40, 16, 10, 14),
        heights={2: 27, **dict.fromkeys(range(3, 8), 30.0)},
        highlights=(Highlight(area("A3:H7"), '$H3="维持"', Role.WAIVED, stop=False),),
        validations=(
            Validation(
                area("H3:H7"), ValidationKind.LIST, "复核意见", "从列表中选", source="复核结果"
            ),
        ),
        freeze=At(3, 1),
        filter=area("A2:H7"),
        printing=Print(title_rows=(2, 2), landscape=False),
        tab=Role.ERROR,
        hidden_columns=(10,),
    )


def lists_plan() -> SheetPlan:
    return SheetPlan(
        name=LISTS,
        cells=list_cells(),
        widths=(12, 8),
        highlights=tuple(
            Highlight(area("D1:D3"), "$B$3>100", role)
            for role in (Role.LEVEL_AGAIN, Role.UNUSED, Role.UNUSED_LEFT, Role.UNUSED_RIGHT)
        ),
        charts=(
            Chart(
                "得分<排名>",
                "各单位的得分",
                area("A1:A3"),
                (Series("得分", area("B1:B3"), (1, 2, 3)),),
                area("A5:F20"),
                ("甲", "乙", "丙"),
            ),
        ),
        gridlines=True,
    )


def demo_plan() -> WorkbookPlan:
    hidden = SheetPlan(name=HIDDEN, cells=iter(row(1, ("jiangmen-2025", Role.PLAIN))), hidden=True)
    return WorkbookPlan(
        sheets=(hidden, form_plan(), register_plan(), lists_plan()),
        names=(Name("复核结果", "'选项'!$A$1:$A$3"),),
        title="评分表",
        subject="2025年度",
        company="江门市财政局",
        keywords="jiangmen-2025-special 1.0",
    )
