"""随程序带的退回通知模板：照 GB/T 9704 的版心、字体、字号；另存出来就是可以改的 .docx。

标题二号小标宋，正文三号仿宋，小标题三号黑体；没有方正小标宋的机器上，字体表指明用宋体代替。
"""

from __future__ import annotations

from io import BytesIO
from typing import Final

from xltool.excel.archive import Archive, pack
from xltool.excel.stamp import WRITTEN_TEXT

_W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R: Final = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DEFAULT, _BASED = 'w:default="1" ', '<w:basedOn w:val="a"/>'
_STYLES: Final = {"title": "a3", "head": "a4", "body": "a", "to": "a5", "sign": "a6"}
_LETTER: Final = (
    ("title", "关于退回修改绩效自评表的通知"),
    ("to", "{{单位}}："),
    (
        "body",
        "你单位报送的{{报送文件}}经核对，有{{须改正数}}处须改正，{{须说明数}}处须说明，现予退回。请按下列要求办理：",
    ),
    ("head", "一、须改正的"),
    ("body", "{{须改正}}"),
    ("head", "二、须说明的"),
    ("body", "{{须说明}}"),
    ("head", "三、办理要求"),
    ("body", "{{办理要求}}"),
    ("body", "{{附件}}"),
    ("sign", "{{收表单位}}"),
    ("sign", "{{日期}}"),
)


def notice_template() -> bytes:
    """模板的内容。"""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            ("officeDocument", "word/document.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _core(),
        "word/document.xml": _document(),
        "word/_rels/document.xml.rels": _relations(
            ("styles", "styles.xml"), ("fontTable", "fontTable.xml"), ("footer", "footer1.xml")
        ),
        "word/styles.xml": _styles(),
        "word/fontTable.xml": _fonts(),
        "word/footer1.xml": _footer(),
    }
    out = BytesIO()
    target = Archive(out)
    for name, text in parts.items():
        target.add(pack(name, (f"{_HEAD}{text}".encode(),)))
    target.close()
    return out.getvalue()


def _document() -> str:
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{_STYLES[style]}"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
        for style, text in _LETTER
    )
    # 版心：上 37、下 35、左 28、右 26 毫米
    section = (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId3"/>'
        '<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" '
        'w:header="851" w:footer="1400" w:gutter="0"/></w:sectPr>'
    )
    return f"<w:document {_W} {_R}><w:body>{body}{section}</w:body></w:document>"


def _styles() -> str:
    default = (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        f"{_fonts_of('仿宋')}"
        '<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )
    exact = '<w:spacing w:line="560" w:lineRule="exact"/>'
    indent = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
    body = f"<w:pPr>{exact}{indent}</w:pPr>"
    title = (
        '<w:pPr><w:spacing w:after="560" w:line="600" w:lineRule="exact"/>'
        '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/></w:pPr>'
        f'<w:rPr>{_fonts_of("方正小标宋简体")}<w:sz w:val="44"/><w:szCs w:val="44"/></w:rPr>'
    )
    head = f"<w:pPr><w:keepNext/></w:pPr><w:rPr>{_fonts_of('黑体')}</w:rPr>"
    flush = '<w:pPr><w:ind w:firstLineChars="0" w:firstLine="0"/></w:pPr>'
    sign = (
        '<w:pPr><w:keepNext/><w:ind w:rightChars="400" w:right="1280" '
        'w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="right"/></w:pPr>'
    )
    styles = (
        ("a", "Normal", body),
        ("a3", "通知标题", title),
        ("a4", "通知小标题", head),
        ("a5", "主送", flush),
        ("a6", "落款", sign),
    )
    written = "".join(
        f'<w:style w:type="paragraph" {_DEFAULT if key == "a" else ""}w:styleId="{key}">'
        f'<w:name w:val="{name}"/>{"" if key == "a" else _BASED}<w:qFormat/>{look}</w:style>'
        for key, name, look in styles
    )
    return f"<w:styles {_W}>{default}{written}</w:styles>"


def _fonts_of(name: str) -> str:
    return (
        f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{name}" '
        'w:cs="Times New Roman"/>'
    )


def _fonts() -> str:
    fonts = (
        ("方正小标宋简体", "宋体", "roman"),
        ("仿宋", "仿宋_GB2312", "modern"),
        ("黑体", "SimHei", "modern"),
        ("宋体", "SimSun", "auto"),
    )
    listed = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        for name, other, family in fonts
    )
    return f"<w:fonts {_W}>{listed}</w:fonts>"


def _footer() -> str:
    """页码：四号宋体，两边各一条一字线。"""
    look = f'<w:rPr>{_fonts_of("宋体")}<w:sz w:val="28"/></w:rPr>'
    text = '<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'
    return (
        f'<w:ftr {_W}><w:p><w:pPr><w:ind w:firstLineChars="0" w:firstLine="0"/>'
        f'<w:jc w:val="center"/></w:pPr>{text.format(look=look, text="— ")}'
        f'<w:fldSimple w:instr=" PAGE ">{text.format(look=look, text="1")}</w:fldSimple>'
        f"{text.format(look=look, text=' —')}</w:p></w:ftr>"
    )


def _content_types() -> str:
    overrides = {
        "/word/document.xml": f"{_TYPE}.document.main+xml",
        "/word/styles.xml": f"{_TYPE}.styles+xml",
        "/word/fontTable.xml": f"{_TYPE}.fontTable+xml",
        "/word/footer1.xml": f"{_TYPE}.footer+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
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


def _core() -> str:
    moment = f'xsi:type="dcterms:W3CDTF">{WRITTEN_TEXT}'
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        "<dc:title>退回修改通知</dc:title><dc:creator>xltool</dc:creator>"
        f"<dcterms:created {moment}</dcterms:created>"
        f"<dcterms:modified {moment}</dcterms:modified></cp:coreProperties>"
    )
