"""测试用：只有几段的 .docx，和它各段的文字。"""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Final
from xml.etree import ElementTree as ET

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAMESPACE: Final = f'xmlns:w="{W[1:-1]}"'
MAIN: Final = "word/document.xml"


def docx(body: str, **others: str) -> bytes:
    """一份只有正文的 .docx；`others` 是另有的部件。"""
    parts = {MAIN: f"<w:document {NAMESPACE}><w:body>{body}</w:body></w:document>", **others}
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def paragraph(*runs: str) -> str:
    """一段，几截文字。"""
    return "<w:p>{}</w:p>".format("".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs))


def texts(data: bytes) -> list[str]:
    """各段的文字。"""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        root = ET.fromstring(archive.read(MAIN))  # noqa: S314 - our own bytes
    return [text_of(p) for p in root.iter(f"{W}p")]


def text_of(element: ET.Element) -> str:
    """一段、一格或一张表的文字。"""
    return "".join(t.text or "" for t in element.iter(f"{W}t"))
