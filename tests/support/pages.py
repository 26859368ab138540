"""文档各页：正文、代码块、标题、链接。"""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[2]
PAGES: Final = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
# 里面有由程序生成的几段的
GENERATED: Final = (*PAGES, ROOT / "workbook_templates" / "README.md")

# 代码块可以在列表里缩进；前面的一行注释是它的名字
_FENCE: Final = re.compile(
    r"(?:^<!-- (?P<name>\w+(?:-\w+)*) -->\n)?^ *```(?P<kind>\w*)\n(?P<body>.*?)^ *```$",
    re.MULTILINE | re.DOTALL,
)
_HEADING: Final = re.compile(r"^#+ +(.+)$", re.MULTILINE)
_LINK: Final = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)\)")
_OTHER_SITE: Final = re.compile(r"[a-z]+:")


def page(name: str) -> str:
    """一页的全文；`name` 是从仓库根起的路径。"""
    return (ROOT / name).read_text("utf-8")


def named_block(text: str, name: str) -> str:
    """标了名字的那个代码块。"""
    (body,) = (found["body"] for found in _FENCE.finditer(text) if found["name"] == name)
    return body.strip()


def blocks(text: str, kind: str) -> list[str]:
    """某种语言的各个代码块，去掉缩进。"""
    found = (one["body"] for one in _FENCE.finditer(text) if one["kind"] == kind)
    return ["\n".join(line.strip() for line in body.strip().splitlines()) for body in found]


def scenes() -> list[str]:
    """各页印着的 xltool 命令，一个代码块一份，几页印着一样的只算一次。"""
    printed = [block for path in PAGES for block in blocks(path.read_text("utf-8"), "bash")]
    return list(dict.fromkeys(block for block in printed if block.startswith("xltool ")))


def words(command: str) -> list[str]:
    """一条命令在 xltool 后面的各个词。"""
    first, *rest = shlex.split(command)
    assert first == "xltool", command
    return rest


def anchors(text: str) -> list[str]:
    """各标题的锚，照 GitHub 的写法：小写，去掉标点，空格换成连字符。"""
    titles = _HEADING.findall(_FENCE.sub("", text))
    return [re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-") for title in titles]


def links(path: Path) -> Iterator[tuple[Path, str]]:
    """一页里指向本仓库的链接：文件、锚（没有的为空串）。"""
    for found in _LINK.finditer(_FENCE.sub("", path.read_text("utf-8"))):
        file, _, anchor = found["target"].partition("#")
        if not _OTHER_SITE.match(found["target"]):
            yield (path.parent / file).resolve() if file else path, anchor
