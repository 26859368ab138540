"""一份新的 .docx：照 GB/T 9704 的版心、页码，连同样式、字体和图；另存出来就是可以改的模板。

没有方正小标宋的机器上，字体表指明用宋体代替。
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.excel.archive import Archive, pack
from xltool.excel.stamp import WRITTEN_TEXT
from xltool.papers.fixed_parts import SETTINGS, THEME

if TYPE_CHECKING:
    from collections.abc import Sequence

_W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R: Final = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CHART_TYPE: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DEFAULT, _BASED = 'w:default="1" ', '<w:basedOn w:val="a"/>'
BODY: Final = "a"
FLUSH: Final = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
_FIRST_CHART: Final = 4  # 前三个是样式、字体、页脚
_FONTS: Final = (
    ("方正小标宋简体", "宋体", "roman"),
    ("仿宋", "仿宋_GB2312", "modern"),
    ("黑体", "SimHei", "modern"),
    ("宋体", "SimSun", "auto"),
)
KAI: Final = ("楷体", "楷体_GB2312", "modern")


class Style(NamedTuple):
    """一种段落的样子：标识、叫法、<w:pPr> 和 <w:rPr>。"""

    key: str
    name: str
    look: str


class Document(NamedTuple):
    """一份文件：标题（写在属性里）、正文、样式、图，另要的字体。"""

    title: str
    body: str
    styles: tuple[Style, ...]
    charts: tuple[bytes, ...] = ()
    fonts: tuple[tuple[str, str, str], ...] = ()

    def data(self) -> bytes:
        """文件的内容；同样的内容，同样的字节。"""
        names = [f"charts/chart{number}.xml" for number in range(1, len(self.charts) + 1)]
        related = (
            ("styles", "styles.xml"),
            ("fontTable", "fontTable.xml"),
            ("footer", "footer1.xml"),
            *(("chart", name) for name in names),
            ("settings", "settings.xml"),
            ("theme", "theme/theme1.xml"),
        )
        parts = {
            "[Content_Types].xml": _content_types(names),
            "_rels/.rels": _relations(
                ("officeDocument", "word/document.xml"),
                (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ),
            "docProps/core.xml": _core(self.title),
            "word/document.xml": _document(self.body),
            "word/_rels/document.xml.rels": _relations(*related),
            "word/styles.xml": _styles(self.styles),
            "word/fontTable.xml": _font_table((*_FONTS, *self.fonts)),
            "word/footer1.xml": _footer(),
            "word/settings.xml": SETTINGS,
            "word/theme/theme1.xml": THEME,
        }
        files = {name: f"{_HEAD}{text}".encode() for name, text in parts.items()}
        files |= {f"word/{name}": data for name, data in zip(names, self.charts, strict=True)}
        out = BytesIO()
        target = Archive(out)
        for name, data in files.items():
            target.add(pack(name, (data,)))
        target.close()
        return out.getvalue()


def chart_id(number: int) -> str:
    """正文里怎样指到第几张图。"""
    return f"rId{_FIRST_CHART + number}"


def fonts_of(name: str) -> str:
    """一种中文字体，数字和西文用 Times New Roman。"""
    return (
        f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{name}" '
        'w:cs="Times New Roman"/>'
    )


def _document(body: str) -> str:
    # 版心：上 37、下 35、左 28、右 26 毫米
    section = (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId3"/>'
        '<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" '
        'w:header="851" w:footer="1400" w:gutter="0"/></w:sectPr>'
    )
    return f"<w:document {_W} {_R}><w:body>{body}{section}</w:body></w:document>"


def _styles(styles: Sequence[Style]) -> str:
    default = (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        f"{fonts_of('仿宋')}"
        '<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )
    written = "".join(
        f'<w:style w:type="paragraph" {_DEFAULT if key == BODY else ""}w:styleId="{key}">'
        f'<w:name w:val="{name}"/>{"" if key == BODY else _BASED}<w:qFormat/>{look}</w:style>'
        for key, name, look in styles
    )
    return f"<w:styles {_W}>{default}{written}</w:styles>"


def _font_table(fonts: Sequence[tuple[str, str, str]]) -> str:
    listed = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        for name, other, family in fonts
    )
    return f"<w:fonts {_W}>{listed}</w:fonts>"


def _footer() -> str:
    """页码：四号宋体，两边各一条一字线。"""
    look = f'<w:rPr>{fonts_of("宋体")}<w:sz w:val="28"/></w:rPr>'
    text = '<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'
    return (
        f"<w:ftr {_W}><w:p><w:pPr>{FLUSH}"
        f'<w:jc w:val="center"/></w:pPr>{text.format(look=look, text="— ")}'
        f'<w:fldSimple w:instr=" PAGE ">{text.format(look=look, text="1")}</w:fldSimple>'
        f"{text.format(look=look, text=' —')}</w:p></w:ftr>"
    )


def _content_types(charts: Sequence[str]) -> str:
    overrides = {
        "/word/document.xml": f"{_TYPE}.document.main+xml",
        "/word/styles.xml": f"{_TYPE}.styles+xml",
        "/word/fontTable.xml": f"{_TYPE}.fontTable+xml",
        "/word/footer1.xml": f"{_TYPE}.footer+xml",
        "/word/settings.xml": f"{_TYPE}.settings+xml",
        "/word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    overrides |= {f"/word/{name}": _CHART_TYPE for name in charts}
    listed = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides.items()
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def _relations(*listed: tuple[str, str]) -> str:
    items = "".join(
        f'<Relationship Id="rId{number}" '
        f'Type="{kind if "://" in kind else f"{_OFFICE}/{kind}"}" Target="{target}"/>'
        for number, (kind, target) in enumerate(listed, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'


def _core(title: str) -> str:
    moment = f'xsi:type="dcterms:W3CDTF">{WRITTEN_TEXT}'
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title><dc:creator>xltool</dc:creator>"
        f"<dcterms:created {moment}</dcterms:created>"
        f"<dcterms:modified {moment}</dcterms:modified></cp:coreProperties>"
    )
