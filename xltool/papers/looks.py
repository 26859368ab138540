"""公文的样子：各种段落、表格、图；标题二号小标宋，正文三号仿宋，一级标题黑体，二级标题楷体。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from xltool.narrative.gaps import GAP
from xltool.papers.package import BODY, FLUSH, Style, chart_id, fonts_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_EXACT: Final = '<w:spacing w:line="560" w:lineRule="exact"/>'  # 行距 28 磅
_INDENT: Final = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_CENTER: Final = '<w:jc w:val="center"/>'
BODY_STYLE: Final = Style(BODY, "Normal", f"<w:pPr>{_EXACT}{_INDENT}</w:pPr>")
TITLE: Final = Style(
    "a3",
    "通知标题",
    f'<w:pPr><w:spacing w:after="560" w:line="600" w:lineRule="exact"/>{FLUSH}{_CENTER}</w:pPr>'
    f'<w:rPr>{fonts_of("方正小标宋简体")}<w:sz w:val="44"/><w:szCs w:val="44"/></w:rPr>',
)
HEAD: Final = Style(
    "a4", "通知小标题", f"<w:pPr><w:keepNext/></w:pPr><w:rPr>{fonts_of('黑体')}</w:rPr>"
)
ADDRESSED: Final = Style("a5", "主送", f"<w:pPr>{FLUSH}</w:pPr>")
SIGNED: Final = Style(
    "a6",
    "落款",
    '<w:pPr><w:keepNext/><w:ind w:rightChars="400" w:right="1280" '
    'w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="right"/></w:pPr>',
)
SECOND: Final = Style(
    "a7", "二级标题", f"<w:pPr><w:keepNext/></w:pPr><w:rPr>{fonts_of('楷体')}</w:rPr>"
)
THIRD: Final = Style("a8", "三级标题", "<w:pPr><w:keepNext/></w:pPr><w:rPr><w:b/></w:rPr>")
_SMALL: Final = '<w:sz w:val="21"/><w:szCs w:val="21"/>'  # 表里用五号宋体
_SINGLE: Final = '<w:spacing w:line="240" w:lineRule="auto"/>'
CELL: Final = Style(
    "a9",
    "表格文字",
    f"<w:pPr>{_SINGLE}{FLUSH}</w:pPr><w:rPr>{fonts_of('宋体')}{_SMALL}</w:rPr>",
)
NUMBER: Final = Style(
    "aa",
    "表格数字",
    f"<w:pPr>{_SINGLE}{FLUSH}{_CENTER}</w:pPr><w:rPr>{fonts_of('宋体')}{_SMALL}</w:rPr>",
)
COLUMN: Final = Style(
    "ab",
    "表头",
    f"<w:pPr><w:keepNext/>{_SINGLE}{FLUSH}{_CENTER}</w:pPr>"
    f"<w:rPr>{fonts_of('黑体')}{_SMALL}</w:rPr>",
)
CHART: Final = Style(
    "ac",
    "图",
    f'<w:pPr><w:spacing w:before="120" w:after="120" w:line="240" w:lineRule="auto"/>'
    f"{FLUSH}{_CENTER}</w:pPr>",
)
CAPTION: Final = Style(
    "ad",
    "表题",
    f'<w:pPr><w:keepNext/><w:spacing w:before="120" w:line="400" w:lineRule="exact"/>'
    f"{FLUSH}{_CENTER}</w:pPr><w:rPr>{fonts_of('黑体')}"
    '<w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr>',
)
ANNEX: Final = Style(
    "ae",
    "附件",
    f"<w:pPr><w:keepNext/><w:pageBreakBefore/>{FLUSH}</w:pPr><w:rPr>{fonts_of('黑体')}</w:rPr>",
)
LEAD: Final = Style(  # 引出一张表的一段，与表之间留一点空
    "ag", "表前", '<w:pPr><w:spacing w:after="120" w:line="560" w:lineRule="exact"/></w:pPr>'
)
ENCLOSED: Final = Style(  # 附件的名称写在正文下面，空一行
    "ah",
    "附件说明",
    '<w:pPr><w:keepNext/><w:spacing w:before="560" w:line="560" w:lineRule="exact"/></w:pPr>',
)
LAST: Final = Style("af", "末段", "<w:pPr><w:keepNext/></w:pPr>")  # 落款不单独成页
STYLES: Final = (
    BODY_STYLE,
    TITLE,
    HEAD,
    ADDRESSED,
    SIGNED,
    SECOND,
    THIRD,
    CELL,
    NUMBER,
    COLUMN,
    CHART,
    CAPTION,
    ANNEX,
    LAST,
    LEAD,
    ENCLOSED,
)
_WIDTH: Final = 8844  # 版心宽 156 毫米
# 两张图的宽、高，毫米：五个等级，十个指标
GRADES_SIZE: Final = (156, 50)
LOST_SIZE: Final = (156, 84)
_EMU: Final = 36000  # 一毫米
# 表里的字与线之间留的空
_ROOM: Final = "".join(
    f'<w:{side} w:w="{room}" w:type="dxa"/>'
    for side, room in (("top", 40), ("left", 70), ("bottom", 40), ("right", 70))
)
_MARK: Final = '<w:rPr><w:highlight w:val="yellow"/></w:rPr>'
_SIDES: Final = ("top", "left", "bottom", "right", "insideH", "insideV")
_BORDERS: Final = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:color="000000"/>' for side in _SIDES
)
_WP: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_C: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"


def paragraph(style: Style, text: str) -> str:
    """一段；要补充的地方涂成黄色。"""
    runs = "".join(
        f'<w:r>{_MARK if number % 2 else ""}<w:t xml:space="preserve">{escape(part)}</w:t></w:r>'
        for number, part in enumerate(GAP.split(text))
        if part
    )
    return f'<w:p><w:pPr><w:pStyle w:val="{style.key}"/></w:pPr>{runs}</w:p>'


def table(
    columns: Sequence[tuple[str, int, str]],
    prose: Collection[str] = (),
    *,
    split: bool = False,
) -> str:
    """一张清单的表：各栏的表头、宽（占版心的百分之几）、内容；表头每页都印。

    `prose` 各栏是成段的字，不居中；
    `split` 是一行可以分在两页，各格的字靠上。
    """
    widths = [width * _WIDTH // 100 for _, width, _ in columns]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    heads = "".join(
        _cell(width, paragraph(COLUMN, heading))
        for width, (heading, _, _) in zip(widths, columns, strict=True)
    )
    cells = "".join(
        _cell(
            width,
            paragraph(CELL if heading in prose else NUMBER, text),
            place="top" if split else "center",
        )
        for width, (heading, _, text) in zip(widths, columns, strict=True)
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{_ROOM}</w:tblCellMar></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{heads}</w:tr>"
        f"<w:tr>{'' if split else '<w:trPr><w:cantSplit/></w:trPr>'}{cells}</w:tr></w:tbl>"
    )


def _cell(width: int, content: str, place: str = "center") -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="{place}"/>'
        f"</w:tcPr>{content}</w:tc>"
    )


def chart(number: int, told: str, size: tuple[int, int]) -> str:
    """第几张图，多宽多高（毫米）；`told` 是给看不见图的人的话。"""
    width, height = size
    extent = f'<wp:extent cx="{width * _EMU}" cy="{height * _EMU}"/>'
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{CHART.key}"/></w:pPr><w:r><w:drawing>'
        f'<wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0">'
        f'{extent}<wp:docPr id="{number + 1}" name="图{number + 1}" descr="{told}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{_A}"><a:graphicData uri="{_C}">'
        f'<c:chart xmlns:c="{_C}" r:id="{chart_id(number)}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
