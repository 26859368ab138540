"""方案里的名字用不用得了：标识要写进公式和名称，表名要成为工作表，版本要写进文件名。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from xltool.address import RESERVED_NAME, SHEET_NAME_LIMIT, is_sheet_name
from xltool.scheme.bounds import OPTION_LENGTH
from xltool.scheme.fields import REGISTER_LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme.fields import Sheet
    from xltool.scheme.model import Scheme

    Problem = tuple[str, str]

KEY: Final = re.compile("[a-z][a-z0-9_]*")
ID: Final = re.compile("[a-z0-9][a-z0-9_.-]*")
VERSION: Final = re.compile(r"[\w.-]{1,10}")
KEY_WORDS: Final = "小写字母开头，只用小写字母、数字和下划线"
ID_WORDS: Final = "只用小写字母、数字、点、横线和下划线"
VERSION_WORDS: Final = "不超过10个字，只用文字、数字、点和横线"
VARIANT_LENGTH: Final = 20
LABEL_LENGTH: Final = 100
# 汇总里已经有的表，登记表不能与它们同名
BOOK_SHEETS: Final = frozenset(
    (
        *("首页", "总览", "统计", "说明与核对", "汇总", "得分明细", "疑点清单", "未判规则"),
        *("读数说明", "已不再出现", "复核人另写的", "报送情况", "文件清单", "退回与提醒"),
        *("重复差异", "豁免登记", "各级单位", "下级复核意见", "规则说明", "评分参数", "选项"),
    )
)
_QUOTE = '"'


def shape_problems(scheme: Scheme) -> Iterator[Problem]:
    """不合用的名字：键的路径和说法。"""
    yield from _head(scheme)
    for sheet in scheme.sheets:
        yield from _sheet(sheet)
    yield from _options(scheme)
    for key in scheme.parameters:
        if "." not in key:
            yield from _key(f"parameters.{key}", key)
    for grade in scheme.grades:
        if _QUOTE in grade.name or not grade.name.strip():
            yield f"grades.{grade.name}.name", f"等级的名称不能空着，也不能有 {_QUOTE}"


def _options(scheme: Scheme) -> Iterator[Problem]:
    for options in scheme.options.values():
        path = f"options.{options.key}"
        yield from _key(f"{path}.key", options.key)
        for option in options.options:
            yield from _key(f"{path}.{option.key}.key", option.key)
            if not _is_option(option.value):
                yield f"{path}.{option.key}.value", _OPTION_WORDS
            if not all(0 < len(word) <= OPTION_LENGTH for word in option.aliases):
                message = f"别的写法要写，各不超过{OPTION_LENGTH}个字"
                yield f"{path}.{option.key}.aliases", message
        if not options.options:
            yield f"{path}.options", "选项表里至少要有一个选项"


def _head(scheme: Scheme) -> Iterator[Problem]:
    if not ID.fullmatch(scheme.id):
        yield "scheme.id", f"“{scheme.id}”不能作标识：{ID_WORDS}"
    if not VERSION.fullmatch(scheme.version):
        yield "scheme.version", f"“{scheme.version}”不能作版本：{VERSION_WORDS}"
    word = scheme.variant
    if not is_sheet_name(word) or len(word) > VARIANT_LENGTH or _QUOTE in word:
        message = f"“{word}”不能用：它要写进文件名和工作表名，不超过{VARIANT_LENGTH}个字"
        yield "scheme.variant", f"{message}，不用斜杠、引号、问号一类的字"


def _sheet(sheet: Sheet) -> Iterator[Problem]:
    path = f"sheets.{sheet.key}"
    yield from _key(f"{path}.key", sheet.key)
    yield from _tab(f"{path}.name", sheet.name)
    if sheet.page:
        yield from _tab(f"{path}.page", sheet.page)
    name = sheet.register
    if name and not (is_sheet_name(name) and len(name) <= REGISTER_LENGTH):
        message = f"“{name}”不能作汇总里的登记表名，不超过{REGISTER_LENGTH}个字，{_ODD}"
        yield f"{path}.register", message
    for field in (*sheet.fields, *sheet.extras):
        yield from _key(f"{path}.{field.key}.key", field.key)
        if not field.label.strip() or len(field.label) > LABEL_LENGTH:
            yield f"{path}.{field.key}.label", f"名称要写，不超过{LABEL_LENGTH}个字"


_ODD = r"不用 [ ] : * ? / \ 这些字"
_SHEET_WORDS = f"不超过{SHEET_NAME_LIMIT}个字，{_ODD}"


def _tab(path: str, name: str) -> Iterator[Problem]:
    """工作表的名字。"""
    if name.casefold() == RESERVED_NAME:
        yield path, f"“{name}”不能作工作表名：Excel 留着自己用，请换一个"
    elif not is_sheet_name(name):
        yield path, f"“{name}”不能作工作表名，{_SHEET_WORDS}"


_OPTION_WORDS = f"选项要写，不超过{OPTION_LENGTH}个字，不能有换行，开头和末尾不能有空格"


def _is_option(word: str) -> bool:
    """能不能作一个选项：下拉里选得到，公式里比得了。"""
    return 0 < len(word) <= OPTION_LENGTH and word == word.strip() and word.isprintable()


def _key(path: str, key: str) -> Iterator[Problem]:
    if not KEY.fullmatch(key):
        yield path, f"“{key}”不能作标识：{KEY_WORDS}"
