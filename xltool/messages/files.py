"""R1xx：文件读不了：不收的种类、损坏、内部矛盾、超过上限。"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from xltool.finding import FRESH, Message, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

_RESAVE: Final = "请用 Excel 或 WPS 打开核对，另存为“Excel 工作簿 (*.xlsx)”后重新报送。"
_OTHER_FORMAT: Final = (
    f"请{FRESH}（下发的 .xlsx 评分表），再报；也可以另存为 .xlsx 报送，但存成别的格式时自查的公式"
    "多半已经丢了，表上说的“可报送”不作准。"
)
_RESEND: Final = "请重新发送原文件；用聊天软件或邮箱传送的，确认传完后再报。"
_REFILL: Final = "请把内容填入下发的模板，存为 .xlsx 后重新报送。"


def _refusal(code: str, sentence: str, remedy: str) -> Message:
    return Message(code, Severity.ERROR, sentence, remedy)


NOT_FOUND: Final = _refusal("R101", "找不到这个文件", "请核对文件名和所在的文件夹。")
NOT_A_FILE: Final = _refusal("R102", "这是{kind}，不是文件", "请放入 .xlsx 文件本身。")
UNREADABLE: Final = _refusal(
    "R103", "文件打不开：{reason}", "请关闭正在使用它的程序、检查读取权限后再试。"
)
EMPTY: Final = _refusal("R104", "文件是空的（0 字节）", _RESEND)
BLANKED: Final = _refusal("R105", "文件内容全是空字节，已损坏", _RESEND)

ENCRYPTED: Final = _refusal(
    "R106",
    "文件已加密，要密码才能打开",
    "请打开后在“文件—信息—保护工作簿—用密码进行加密”里清空密码，保存后重新报送。",
)
OLD_EXCEL: Final = _refusal("R107", "这是旧版 .xls 或 WPS .et 表格，不是 .xlsx", _OTHER_FORMAT)
OPEN_DOCUMENT: Final = _refusal(
    "R108", "这是 OpenDocument 文件（.ods 等），不是 .xlsx", _OTHER_FORMAT
)
PLAIN_TEXT: Final = _refusal("R109", "这是 CSV 或纯文本，不是 .xlsx 工作簿", _REFILL)
HTML: Final = _refusal("R110", "这是网页（HTML），不是 .xlsx 工作簿", _REFILL)
PDF: Final = _refusal("R111", "这是 PDF，不是 .xlsx 工作簿", "请报送生成该 PDF 的 .xlsx 原文件。")
COMPRESSED: Final = _refusal(
    "R112", "这是压缩包（{kind}），不是 .xlsx", "请解压后报送里面的 .xlsx 文件。"
)
WORD: Final = _refusal("R113", "这是 Word 或 WPS 文字文档，不是 .xlsx 工作簿", _REFILL)
SLIDES: Final = _refusal("R114", "这是 PowerPoint 或 WPS 演示文稿，不是 .xlsx 工作簿", _REFILL)
PICTURE: Final = _refusal("R115", "这是图片（{kind}），不是 .xlsx 工作簿", _REFILL)
BINARY_WORKBOOK: Final = _refusal("R116", "这是二进制工作簿 .xlsb，不是 .xlsx", _RESAVE)
XML_TABLE: Final = _refusal("R117", "这是“XML 表格 2003”或其他 XML 文件，不是 .xlsx", _OTHER_FORMAT)
OFD: Final = _refusal("R118", "这是 OFD 版式文件，不是 .xlsx", "请报送生成该 OFD 的 .xlsx 原文件。")
SHORTCUT: Final = _refusal(
    "R119", "这是快捷方式，不是文件本身", "请报送快捷方式指向的 .xlsx 文件。"
)
OTHER_OFFICE: Final = _refusal("R120", "这是旧版 Office 复合文档，不是 .xlsx 工作簿", _RESAVE)
UNKNOWN: Final = _refusal(
    "R121",
    "不认识的文件类型，不是 .xlsx 工作簿",
    "请用 Excel 或 WPS 打开后另存为 .xlsx；文件被单位的加密软件处理过的，请先解密外发。",
)

TRUNCATED: Final = _refusal("R122", "文件损坏或不完整：结尾缺失", _RESEND)
LEADING_BYTES: Final = _refusal("R123", "文件开头有多余内容，不能确认是哪个工作簿", _RESAVE)
BROKEN_DIRECTORY: Final = _refusal("R124", "文件损坏：压缩目录不对", _RESEND)
ENCRYPTED_MEMBER: Final = _refusal(
    "R125",
    "部件 {part} 被压缩软件加了密码",
    "请用 Excel 或 WPS 直接保存，不要加密打包，再重新报送。",
)
ODD_COMPRESSION: Final = _refusal(
    "R126", "部件 {part} 的压缩方法 {method} 不是工作簿所用的", _RESAVE
)
DUPLICATE_PART: Final = _refusal("R127", "压缩包内有重名部件 {part}，不能确认以哪个为准", _RESAVE)
UNSAFE_NAME: Final = _refusal("R128", "压缩包内的部件名 {part} 不合法", _RESAVE)
OVERLAP: Final = _refusal("R129", "压缩包内部件互相重叠（{part}）", _RESAVE)
HEADERS_DISAGREE: Final = _refusal("R130", "文件损坏：部件 {part} 与压缩目录所记的不一致", _RESEND)
CHECKSUM: Final = _refusal("R131", "部件 {part} 校验失败，文件损坏", _RESEND)
BOMB: Final = _refusal(
    "R132",
    "部件 {part} 压缩比异常（{ratio} 倍，上限 {limit} 倍），疑似压缩炸弹",
    _RESAVE + "确需放宽时设置环境变量 {variable}。",
)
OVER_LIMIT: Final = _refusal(
    "R133",
    "{subject}{what} {found}，超过上限 {limit}",
    "请删去与填报无关的图片、工作表和空行后重新报送；确需放宽时设置环境变量 {variable}。",
)
MISSING_PART: Final = _refusal("R134", "缺少部件 {part}，文件损坏", _RESEND)

DTD: Final = _refusal("R135", "部件 {part} 含 DTD/实体声明，不接受", _RESAVE)
MALFORMED: Final = _refusal("R136", "部件 {part} 第 {line} 行的 XML 有错，文件损坏", _RESAVE)
BAD_ENCODING: Final = _refusal("R137", "部件 {part} 的文字编码不是 UTF-8 或 UTF-16", _RESAVE)
BAD_STRUCTURE: Final = _refusal("R138", "部件 {part} 的结构不对：{reason}", _RESAVE)
NO_SHEETS: Final = _refusal("R139", "工作簿里没有工作表", _REFILL)
DUPLICATE_SHEET: Final = _refusal(
    "R140", "有两张工作表都叫“{name}”，不能确认以哪张为准", "请改名或删去多余的一张后重新报送。"
)

BAD_ADDRESS: Final = _refusal(
    "R141", "部件 {part} 里的单元格地址“{address}”不对（应在第 {row} 行，A 到 XFD 列）", _RESAVE
)
DUPLICATE_CELL: Final = _refusal("R142", "部件 {part} 里单元格 {address} 重复或次序颠倒", _RESAVE)
DUPLICATE_ROW: Final = _refusal(
    "R143", "部件 {part} 里第 {row} 行重复、次序颠倒或行号不对", _RESAVE
)
BAD_NUMBER: Final = _refusal("R144", "部件 {part} 里单元格 {address} 的数字“{value}”无效", _RESAVE)
BAD_STRING: Final = _refusal(
    "R145", "部件 {part} 里单元格 {address} 引用的文字序号“{value}”不存在（共 {count} 条）", _RESAVE
)
BAD_KIND: Final = _refusal(
    "R146", "部件 {part} 里单元格 {address} 的类型“{kind}”与值“{value}”不合规定", _RESAVE
)
BAD_RANGE: Final = _refusal("R147", "部件 {part} 里的{what}“{value}”不是有效的区域", _RESAVE)
LONG_TEXT: Final = _refusal(
    "R149",
    "工作表“{name}”的单元格 {address} 有 {count} 个字，超过一格的上限 {limit} 个",
    "请删去这一格里多余的文字，另存后重新报送。",
)
OUT_OF_MEMORY: Final = _refusal("R148", "内存不足，没有读完", "请关闭其他程序后再试。")

LIMIT_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "file_bytes": "文件大小",
        "part_bytes": "解压后大小",
        "total_bytes": "各部件解压后合计",
        "members": "压缩包内部件数",
        "depth": "嵌套层数",
        "attributes": "一个元素的属性数",
        "sheets": "工作表数",
        "cells": "有内容的单元格数",
        "tags": "标记数",
        "names": "不同的标记名称数",
        "characters": "文字总字数",
        "strings": "共享文字条数",
        "formats": "单元格样式数",
        "merges": "合并单元格数",
        "array_cells": "数组公式涉及的格数",
        "paragraphs": "自评报告的段落数",
    }
)
