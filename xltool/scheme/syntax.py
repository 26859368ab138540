"""方案文件的写法：读成键和值；写得不合 TOML 的，用中文说出在哪一行哪一列、怎样改。"""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from typing import Any, Final

from xltool.scheme.problem import WHOLE, SchemeProblem

_PLACE: Final = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_UNCLOSED: Final = "引号没有收尾"
_WRITTEN: Final = "这个名字前面已经写过"
# 解析器的英文说法里有的字，和中文的说法；先说准的
_SAID: Final = (
    ("Expected ']]'", "两个方括号 [[ 起头的，要用 ]] 收尾"),
    ("Expected ']'", "方括号 [ 起头的，要用 ] 收尾"),
    ("Expected '='", "键的后面要写 = 和值"),
    ("Unterminated string", _UNCLOSED),
    (r"Illegal character '\n'", _UNCLOSED),
    (r"Illegal character '\r'", _UNCLOSED),
    ('Expected "', _UNCLOSED),
    ("Illegal character", "有看不见的控制字符，请删去重打"),
    ("invalid character", "有看不见的控制字符，请删去重打"),
    ("Unclosed array", "方括号没有收尾，或各项之间少了逗号"),
    ("Unclosed inline", "花括号没有收尾，或各项之间少了逗号；花括号要在同一行收尾"),
    ("Invalid value", "值写得不对：文字要用英文的双引号括起来，是否写 true、false"),
    ("Invalid date", "值写得不对：文字要用英文的双引号括起来，是否写 true、false"),
    ("overwrite a value", _WRITTEN),
    ("Duplicate inline", _WRITTEN),
    ("Cannot ", _WRITTEN),
    ("Expected newline", "一行写一个键，值的后面多了字"),
    ("Invalid statement", "这一行认不出：键只用英文，后面写 = 和值"),
    ("Invalid initial", "这一行认不出：键只用英文，后面写 = 和值"),
    ("Unescaped", r"引号里的反斜杠 \ 要写两个"),
    ("hex value", r"引号里的反斜杠 \ 要写两个"),
    ("Escaped", r"引号里的反斜杠 \ 要写两个"),
)
# 多半是中文输入法打的，和英文的写法
_WIDE: Final = {
    **dict.fromkeys("“”〝〞＂", '"'),
    **dict.fromkeys("‘’＇", "'"),
    "，": ",",
    "、": ",",
    "＝": "=",
    "［": "[",
    "］": "]",
    "【": "[",
    "】": "]",
    "｛": "{",
    "｝": "}",
    "＃": "#",
    "．": ".",
    "。": ".",
}


def parsed(text: str, file: str) -> dict[str, Any]:
    """读成键和值。

    Raises:
        SchemeProblem: 写得不合 TOML。
    """
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise SchemeProblem(file, WHOLE, _chinese(text, str(error))) from error
    except (ValueError, RecursionError) as error:  # 几千位的数，套了几百层的括号
        raise SchemeProblem(file, WHOLE, "有太长的数，或括号套得太深") from error


def _chinese(text: str, message: str) -> str:
    said = next((words for mark, words in _SAID if mark in message), "写法不对")
    place = _PLACE.search(message)
    if place is None or place[1] is None:
        return f"文件末尾：{said}"
    row, column = int(place[1]), int(place[2])
    line = [*text.replace("\r\n", "\n").split("\n"), ""][row - 1]
    at = f"第 {row} 行第 {column} 列"
    char = line[column - 1 : column]
    if char in _WIDE:
        return f"{at}：这里是{_swap(char)}"
    quote = next((one for one in line if _WIDE.get(one) in {'"', "'"}), "")
    if said == _UNCLOSED and quote:
        return f"{at}：{said}；这一行里有{_swap(quote)}"
    return f"{at}：{said}"


def _swap(char: str) -> str:
    return f"中文的{char}，要换成英文的 {_WIDE[char]}"
