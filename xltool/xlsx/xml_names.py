"""各部件里要认的元素和属性：过渡版与严格版两种命名空间归为同一个短名。"""

from __future__ import annotations

from typing import Final

_MAIN: Final = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
_RELATION: Final = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"

# expat 按命名空间给出的名字要么带空格，要么没有冒号，所以冒号开头的短名不会与文件里的名字相撞
WORKSHEET: Final = ":worksheet"
SHEET_DATA: Final = ":sheetData"
ROW: Final = ":row"
CELL: Final = ":c"
VALUE: Final = ":v"
FORMULA: Final = ":f"
INLINE: Final = ":is"
TEXT: Final = ":t"
RUN: Final = ":r"
RUN_FONT: Final = ":rPr"
STRIKE: Final = ":strike"
SCRIPT: Final = ":vertAlign"
MERGES: Final = ":mergeCells"
MERGE: Final = ":mergeCell"
COLUMNS: Final = ":cols"
COLUMN: Final = ":col"
STRINGS: Final = ":sst"
STRING: Final = ":si"
RELATION_ID: Final = ":id"

_ELEMENTS: Final = (
    "worksheet",
    "sheetData",
    "row",
    "c",
    "v",
    "f",
    "is",
    "t",
    "r",
    "rPr",
    "strike",
    "vertAlign",
    "mergeCells",
    "mergeCell",
    "cols",
    "col",
    "sst",
    "si",
    "styleSheet",
    "numFmts",
    "numFmt",
    "fonts",
    "font",
    "cellXfs",
    "xf",
    "workbook",
    "workbookPr",
    "sheets",
    "sheet",
    "definedNames",
    "definedName",
    "externalReferences",
    "comments",
    "commentList",
    "comment",
    "text",
)


def vocabulary() -> dict[str, str]:
    """一份新的名字表：expat 用它把长名换成短名，也用它记下见过的名字。"""
    return dict(_VOCABULARY)


def relation_kind(kind: str) -> str:
    """关系类型的最后一段，如 worksheet；两种命名空间一样。"""
    for base in _RELATION:
        if kind.startswith(base + "/"):
            return kind[len(base) + 1 :]
    return kind.rpartition("/")[2] if kind.startswith("http://schemas.microsoft.com/") else ""


_VOCABULARY: Final = {
    **{f"{space} {name}": f":{name}" for space in _MAIN for name in _ELEMENTS},
    **{f"{space} id": RELATION_ID for space in _RELATION},
    f"{_PACKAGE}/relationships Relationships": ":Relationships",
    f"{_PACKAGE}/relationships Relationship": ":Relationship",
    f"{_PACKAGE}/content-types Types": ":Types",
    f"{_PACKAGE}/content-types Default": ":Default",
    f"{_PACKAGE}/content-types Override": ":Override",
}
