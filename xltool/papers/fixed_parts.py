"""公文里个个一样的两个部件：设置、主题。

没有设置，Word 也打得开，但当成旧版的文件（标题栏写着“兼容模式”），版面按旧的算法排。
"""

from __future__ import annotations

from typing import Final

_W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_A: Final = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_WORD_2013: Final = "15"
_COLORS: Final = {
    "dk1": "000000",
    "lt1": "FFFFFF",
    "dk2": "44546A",
    "lt2": "E7E6E6",
    "accent1": "4472C4",
    "accent2": "ED7D31",
    "accent3": "A5A5A5",
    "accent4": "FFC000",
    "accent5": "5B9BD5",
    "accent6": "70AD47",
    "hlink": "0563C1",
    "folHlink": "954F72",
}
_FILL: Final = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE: Final = f'<a:ln w="6350">{_FILL}</a:ln>'
_PLAIN: Final = "<a:effectStyle><a:effectLst/></a:effectStyle>"

SETTINGS: Final = (
    f'<w:settings {_W}><w:zoom w:percent="100"/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    f'w:val="{_WORD_2013}"/></w:compat></w:settings>'
)


def _theme_font(kind: str, chinese: str) -> str:
    latin = '<a:latin typeface="Times New Roman"/>'
    return f'<a:{kind}>{latin}<a:ea typeface="{chinese}"/><a:cs typeface=""/></a:{kind}>'


THEME: Final = (
    f'<a:theme {_A} name="公文"><a:themeElements><a:clrScheme name="公文">'
    + "".join(f'<a:{name}><a:srgbClr val="{color}"/></a:{name}>' for name, color in _COLORS.items())
    + '</a:clrScheme><a:fontScheme name="公文">'
    + _theme_font("majorFont", "黑体")
    + _theme_font("minorFont", "仿宋")
    + f'</a:fontScheme><a:fmtScheme name="公文"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst>'
    + f"<a:lnStyleLst>{_LINE * 3}</a:lnStyleLst><a:effectStyleLst>{_PLAIN * 3}</a:effectStyleLst>"
    + f"<a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
)
