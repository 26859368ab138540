"""随程序带的退回通知模板：照 GB/T 9704 的版心、字体、字号；另存出来就是可以改的 .docx。

标题二号小标宋，正文三号仿宋，小标题三号黑体。
"""

from __future__ import annotations

from typing import Final

from xltool.papers.looks import ADDRESSED, BODY_STYLE, HEAD, SIGNED, TITLE
from xltool.papers.package import Document

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
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{_STYLES[style]}"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
        for style, text in _LETTER
    )
    styles = (BODY_STYLE, TITLE, HEAD, ADDRESSED, SIGNED)
    return Document("退回修改通知", body, styles).data()
