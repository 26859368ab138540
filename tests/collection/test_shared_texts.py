"""表的字节相同而共享文字不同的几份：各读各的，与读的先后、进程的多少无关。"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import pytest
from collection_builder import submission
from collection_stand_ins import shared_out

from xltool.collection.collect import collect
from xltool.collection.model import Request

if TYPE_CHECKING:
    from pathlib import Path

LINKS = "xl/_rels/workbook.xml.rels"
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
LINK = f'<Relationship Id="rId900" Type="{TYPE}" Target="sharedStrings.xml"/></Relationships>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def with_shared_name(data: bytes, written: str, name: str, kind: str) -> bytes:
    """部门名称改存在共享文字里：`kind` 是类型属性的写法。"""
    stream = io.BytesIO()
    own = re.compile(rf't="inlineStr"><is><t[^>]*>{written}</t></is>')
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as target:
        for part in source.namelist():
            text = source.read(part)
            if part.startswith("xl/worksheets/sheet"):
                text = own.sub(f"{kind}><v>0</v>", text.decode()).encode()
            elif part == LINKS:
                text = text.replace(b"</Relationships>", LINK.encode())
            target.writestr(part, text)
        strings = f'<sst xmlns="{MAIN}"><si><t>{name}</t></si></sst>'
        target.writestr("xl/sharedStrings.xml", strings)
    return stream.getvalue()


KINDS = ['t="s"', "t='s'", 't = "s"', 't="&#115;"']  # 哪一种写法都认得


def place(folder: Path, kind: str, copies: int) -> None:
    data = submission("某某局")
    for name in ("甲局", "乙局"):
        book = with_shared_name(data, "某某局", name, kind)
        for number in range(copies):
            (folder / f"{number:03}{name}.xlsx").write_bytes(book)


@pytest.mark.parametrize("kind", KINDS)
def test_each_book_gets_its_own_texts(kind: str, tmp_path: Path) -> None:
    place(tmp_path, kind, 2)
    collection = collect(Request(folder=tmp_path, jobs=1))
    assert sorted(unit.name for unit in collection.units) == ["乙局", "甲局"]


@pytest.mark.parametrize(
    "kind", [KINDS[0], *(pytest.param(kind, marks=pytest.mark.nightly) for kind in KINDS[1:])]
)
def test_several_processes_get_their_own_texts(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared_out(monkeypatch, among=8)
    place(tmp_path, kind, 4)
    for jobs in (1, 2):
        collection = collect(Request(folder=tmp_path, jobs=jobs))
        assert sorted(unit.name for unit in collection.units) == ["乙局", "甲局"], jobs
