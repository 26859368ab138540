"""填报说明的文字部分：怎么填、颜色的意思、版本和来源。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.address import At, literal
from xltool.form.common import submitted_names
from xltool.form.continued_places import tabs_of
from xltool.form.continued_sheet import pages_of, pages_text, span
from xltool.form.live.elsewhere import bureau_judges
from xltool.layout.layout import CONTINUED, OPTIONS, PARAMETERS
from xltool.scheme.labels import ACTUAL, words_of
from xltool.sheets.plan import Cell, Formula, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.form.form import Form
    from xltool.scheme.model import Scheme
    from xltool.sheets.plan import Content

LAST_COLUMN = 7  # 说明页共几栏，成段的文字横跨第二栏到最后一栏


def prose(form: Form, row: int) -> Iterator[Cell]:
    """从某行起写：怎么填、颜色、版本和来源。"""
    yield Cell(At(row, 1), "怎么填", Role.SECTION)
    for number, text in enumerate((*form.scheme.guide, _MOVING), 1):
        row += 1
        yield from _paragraph(row, f"{number}", text)
    row += 2
    yield Cell(At(row, 1), "财政部门另行核对的（自查看不出，可报送不等于没有疑点）", Role.SECTION)
    for number, text in enumerate(bureau_judges(form.scheme), 1):
        row += 1
        yield from _paragraph(row, f"{number}", text)
    row += 2
    yield Cell(At(row, 1), "颜色", Role.SECTION)
    wrong = "、{actual}带符号" if form.scheme.has(ACTUAL) else ""
    for role, word, text in _COLOURS:
        row += 1
        yield Cell(At(row, 1), None, Role.PLAIN)
        yield Cell(At(row, 2), word, role)
        said = text.format(wrong=wrong.format(actual=words_of(form.scheme).actual))
        yield Cell(At(row, 3), said, Role.INFO)
    row += 2
    yield Cell(At(row, 1), "版本和来源", Role.SECTION)
    for number, one in enumerate(_about(form), 1):
        row += 1
        yield from _paragraph(row, f"{number}", one)


_MOVING = "不要剪切、拖动格子，公式会跟着走；要移动请复制后再清除。"
_COLOURS = (
    (Role.INPUT, "浅黄底蓝字", "由单位填报"),
    (Role.AUTO, "灰底", "自动计算，不要改"),
    (Role.FIXED, "白底", "印好的文字，不要改"),
    (Role.WARNING, "黄底褐字", "必填未填，或需要说明"),
    (Role.ERROR, "红底", "必填未填、须改正的行；填得不对：不是数、超出范围{wrong}"),
    (Role.NOTICE, "蓝底", "供核对：自评得分与系统得分相差较多，字多得格里印不下"),
)


def _about(form: Form) -> tuple[Content, ...]:
    scheme = form.scheme
    return (
        f"方案：{form.version}，{scheme.variant}；{scheme.issued_by}。",
        f"来源　{scheme.origin}",
        f"每个分值和参数的来源见“{PARAMETERS}”；下拉列表的内容见“{OPTIONS}”。",
        _printing(form),
        *_unused(scheme),
        "各表只为防止误改而保护，没有密码；确要调整请用“审阅—撤消工作表保护”。格里不放图片，材料写名称，图片另附。",
        "隐藏的“_xltool”表记着方案和版本，请不要删除。",
        "印刷字体为方正小标宋、黑体、仿宋；电脑没有装的，由系统以宋体、黑体、仿宋代替，不影响填报。",
    )


def _printing(form: Form) -> Content:
    """印哪几张表，有印不下的字的，续页印哪几页。表格软件没有办法让一张表不在“整个工作簿”里印出来。"""
    if not tabs_of(form.layout):
        return printing_said(form.scheme, 0)
    (first, rest), (cell, spanned) = _print_set(form.scheme), pages_text()
    text = f'{literal(first)}&IF({cell}=0,"","{_LONG[0]}"&{spanned}&"{_LONG[1]}")&{literal(rest)}'
    return Formula(text, printing_said(form.scheme, pages_of(form)))


def printing_said(scheme: Scheme, pages: int) -> str:
    """打印一段的话；`pages` 是续页印几页。"""
    first, rest = _print_set(scheme)
    return first + (span(pages).join(_LONG) if pages else "") + rest


def _print_set(scheme: Scheme) -> tuple[str, str]:
    names = submitted_names(scheme)
    how = "按住Ctrl点这几张表的标签，一次印出" if "、" in names else "点它的标签再印"
    first = f"打印：印{names}，{how}，不要选“打印整个工作簿”；"
    return first, "其余各表供填报时看，不用打印报送。"


_LONG = (f"各表的格里印不下的文字，另印“{CONTINUED}”的", "；")


def _unused(scheme: Scheme) -> tuple[str, ...]:
    """空着的行怎样印；写得太长的一组怎样印。"""
    if any(one.page for one in scheme.sheets):
        return ("没有填的行印出来是空白；空白太长、印到了第二页的，把空着的行隐藏再印，不必改回。",)
    return (
        "没有填的行没有框线和序号，不印；空着的行排到了下一页、那一页只有表头的，把空着的行隐藏再印，不必改回。",
        "空着的行多的，也可以点必填的一栏（如“三级指标”）表头的箭头，去掉“（空白）”前的勾，再印。",
        "写得长，一组指标一页印不下的，接着印的一页再印一遍一级、二级指标的名称。",
    )


def _paragraph(row: int, number: str, text: Content) -> Iterator[Cell]:
    yield Cell(At(row, 1), number, Role.CODE)
    yield Cell(At(row, 2), text, Role.FIXED)
    for column in range(3, LAST_COLUMN + 1):
        yield Cell(At(row, column), None, Role.FIXED)
