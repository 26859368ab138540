"""测试用：印出来是什么样：LibreOffice 转成 PDF，逐页量字有多大、印着什么。

`python tests/support/printed.py 汇总.xlsx` 逐页列出纸、最小的正文、各种字号、头几个字；也收 PDF。
只认 LibreOffice 写的 PDF：对象不打包，文字是十六进制的字形编号，各字体都有字形到字的对照。
"""

from __future__ import annotations

import math
import re
import subprocess
import sys
import zlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_OBJECT = re.compile(rb"^(\d+) 0 obj\b(.*?)^endobj", re.DOTALL | re.MULTILINE)
_STREAM = re.compile(rb"stream\r?\n(.*)endstream", re.DOTALL)
_BOX = re.compile(rb"/MediaBox\s*\[\s*[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)\s*\]")
_FONT = re.compile(rb"/(F\d+) (\d+) 0 R")
_TOKEN = re.compile(
    rb"<(?P<text>[0-9A-F]*)>|/(?P<font>F\d+) (?P<size>[\d.]+) Tf|(?P<moved>(?:-?[\d.]+ ){2})Td"
    rb"|(?P<placed>(?:-?[\d.]+ ){6})(?P<how>Tm|cm)|\b(?P<mark>q|Q|BT|ET)\b"
)
_PAIR = re.compile(rb"<([0-9A-F]+)> <([0-9A-F]+)>")
_HEADER, _FOOTER = 42.0, 54.0  # 磅：离纸边这么近的是页眉、页脚，不是正文
_HEADER_BAND = 36.0, 24.0  # 页眉的字离上边多远
_MM = 72 / 25.4
_PAPERS = {(210, 297): "A4", (297, 420): "A3"}

Matrix = tuple[float, ...]
_PLAIN: Matrix = (1, 0, 0, 1, 0, 0)


class Piece(NamedTuple):
    """连着写的几个字：写的什么，几磅，从纸的左下角数在哪里。"""

    text: str
    size: float
    x: float
    y: float


@dataclass(frozen=True)
class Page:
    """一页。"""

    width: float
    height: float
    pieces: tuple[Piece, ...]

    @property
    def paper(self) -> str:
        """什么纸，横的还是竖的。"""
        size = sorted((round(self.width / _MM), round(self.height / _MM)))
        turned = "横" if self.width > self.height else "竖"
        return f"{_PAPERS.get((size[0], size[1]), '×'.join(map(str, size)))}{turned}"

    @cached_property
    def body(self) -> tuple[Piece, ...]:
        """页眉、页脚以外的。"""
        top = self.height - _HEADER
        return tuple(one for one in self.pieces if _FOOTER < one.y < top and one.text.strip())

    @property
    def header(self) -> tuple[Piece, ...]:
        """页眉，由左到右；跨页的格居中的字也写在纸边，裁掉了看不见的不算。"""
        low, high = (self.height - edge for edge in _HEADER_BAND)
        return tuple(
            sorted((one for one in self.pieces if low < one.y < high), key=lambda one: one.x)
        )

    @property
    def smallest(self) -> float:
        """正文里最小的字，磅；没有正文的页是无穷大。"""
        return min((one.size for one in self.body), default=math.inf)

    @property
    def text(self) -> str:
        """正文的全部文字，照写的先后，不分行。"""
        return "".join(one.text for one in self.body)


def printed(book: Path, folder: Path) -> tuple[Page, ...]:
    """一份工作簿印出来的各页；在 `folder` 里转成 PDF。"""
    return all_printed([book], folder)[0]


def all_printed(books: Sequence[Path], folder: Path) -> list[tuple[Page, ...]]:
    """几份工作簿各自印出来的各页，LibreOffice 只起一次；文件名各不相同。"""
    profile = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), *map(str, books)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return [pages((folder / f"{book.stem}.pdf").read_bytes()) for book in books]


def pages(pdf: bytes) -> tuple[Page, ...]:
    """一份 PDF 的各页，依先后。"""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    fonts = _Fonts(objects)
    order = next(body for body in objects.values() if b"/Kids" in body and b"/Type/Pages" in body)
    kids = re.search(rb"/Kids\s*\[(.*?)\]", order, re.DOTALL)
    assert kids
    found = []
    for number in re.findall(rb"(\d+) 0 R", kids[1]):
        page = objects[int(number)]
        box, contents = (
            _BOX.search(page) or _BOX.search(order),
            re.search(rb"/Contents (\d+)", page),
        )
        assert box
        assert contents
        pieces = tuple(_pieces(_inflated(objects[int(contents[1])]), fonts))
        found.append(Page(float(box[1]), float(box[2]), pieces))
    return tuple(found)


class _Fonts:
    """各字体的字形编号是什么字，用到才读。"""

    def __init__(self, objects: dict[int, bytes]) -> None:
        self._objects = objects
        self._places = {
            name.decode(): int(place)
            for body in objects.values()
            if b"stream" not in body
            for name, place in _FONT.findall(body)
        }
        self._known: dict[str, dict[int, str]] = {}

    def text(self, font: str, codes: bytes) -> str:
        if font not in self._known:
            self._known[font] = self._read(font)
        known = self._known[font]
        return "".join(known.get(code, "") for code in bytes.fromhex(codes.decode()))

    def _read(self, font: str) -> dict[int, str]:
        place = re.search(rb"/ToUnicode (\d+)", self._objects[self._places[font]])
        if place is None:
            return {}
        table = _inflated(self._objects[int(place[1])])
        return {
            int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
            for part in table.split(b"beginbfchar")[1:]
            for code, text in _PAIR.findall(part.split(b"endbfchar")[0])
        }


def _inflated(body: bytes) -> bytes:
    stream = _STREAM.search(body)
    assert stream
    return zlib.decompressobj().decompress(stream[1]) if b"/FlateDecode" in body else stream[1]


def _pieces(content: bytes, fonts: _Fonts) -> Iterator[Piece]:
    """走一遍画页的各步，记着现在的位置、放大几倍和字体。"""
    outer: list[Matrix] = []
    placed = drawn = _PLAIN
    font, size = "", 0.0
    for token in _TOKEN.finditer(content):
        mark = token["mark"]
        if mark == b"q":
            outer.append(drawn)
        elif mark == b"Q":
            drawn = outer.pop() if outer else _PLAIN
        elif mark == b"BT":
            placed = _PLAIN
        elif token["font"]:
            font, size = token["font"].decode(), float(token["size"])
        elif token["moved"]:
            placed = _times((1, 0, 0, 1, *_numbers(token["moved"])), placed)
        elif token["how"] == b"Tm":
            placed = _numbers(token["placed"])
        elif token["how"] == b"cm":
            drawn = _times(_numbers(token["placed"]), drawn)
        elif token["text"]:
            a, b, c, d, x, y = _times(placed, drawn)
            scale = math.sqrt(abs(a * d - b * c))
            yield Piece(fonts.text(font, token["text"]), round(size * scale, 2), x, y)


def _numbers(text: bytes) -> Matrix:
    return tuple(map(float, text.split()))


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _listed(book: Path) -> Iterator[str]:
    with TemporaryDirectory() as folder:
        found = pages(book.read_bytes()) if book.suffix == ".pdf" else printed(book, Path(folder))
    for number, page in enumerate(found, 1):
        sizes = "、".join(f"{size:g}" for size in sorted({round(one.size, 1) for one in page.body}))
        head = page.text[:24]
        yield f"{number:3d}　{page.paper}　最小 {page.smallest:g}　{head}　[{sizes}]"


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(*_listed(Path(name)), sep="\n")  # noqa: T201 - a tool run by hand
