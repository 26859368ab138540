"""登记表里不是一条记录的行：合计、表尾的说明、栏次、示例；名单里还有分组的标题。"""

from __future__ import annotations

import re
from typing import Final

from xltool.values import fold

# 都用在折叠过的文字上：没有空白，标点是半角，末尾没有冒号
_TOTAL: Final = re.compile(
    r".{0,12}(?:合计|总计|小计|共计|累计)(?:[:(]?\d*[家个户条项]?(?:单位|部门|项目)?\)?)?"
    r"|(?:以上|本表|本页|合|共|共有|总共)?\d+[家个户条项](?:单位|部门|项目)?"
)
_NOTE: Final = re.compile(
    r"(?:注|备注|说明|附注|附|附件|提示)(?:\d*[:.、].*)?"
    r"|(?:填表|填报|填写|编制|报送)说明(?:[:.、].*)?"
    r"|(?:制表|制单|填表|填报|审核|复核|负责|经办|联系|打印|签发|单位负责)[^:]{0,6}:.*"
    r"|(?:制表|制单|填表|填报|审核|复核|负责|经办)(?:人|日期|时间)"
    r"|[(]?(?:以下|此行以下|此线以下)(?:空白|无正文|为空).*"
    r"|[※*★☆].*|.*[。;!].*"
)
_COLUMN_NUMBER: Final = re.compile(r"栏次|[(]?\d{1,3}[)]?|[a-z甲乙丙丁戊己庚辛壬癸]")
_HINT: Final = re.compile(r"[(][^()]*[)]")
_EXAMPLE: Final = re.compile(r"[(](?:示例|样例|例如|例)(?:[),:].*)|(?:示例|样例|例如|例):.*|例")

_ORDINAL: Final = re.compile(
    r"[(]?[一二三四五六七八九十百]+[)]?[、.,)]|[(][一二三四五六七八九十百]+[)]|第[一二三四五六七八九十]+[组类批片]"
    r"|[一二三四五六七八九十]{1,3}|[ivx]{1,4}[、.]"
)
_COUNTED: Final = re.compile(r"[(]?(?:共|合计)?\d+[家个户](?:单位|部门)?[)]?$|[(][^()]*[)]$|:$")
_GROUP: Final = re.compile(
    r"(?:(?:市|区|县|省|州|镇|乡|街|国|中央|省级|市级|区级|县级)?"
    r"(?:直|直属|属|本级|级|垂管|垂直管理|驻[^局委办院校]{1,4}|参公|参照公务员管理|行政|事业|党群|党政|政法|政府|群团"
    r"|企业|企|镇街|乡镇|街道|镇|园区|功能区|社会团体|民主党派|一级预算|二级预算|预算|财政拨款|全额|差额|其他|其它))+"
    r"(?:部门|单位|机关|机构|系统|组成部门|类|组|口|片)?(?:及(?:所属|直属|下属)?单位)?"
    r"|[^局委办院校]{1,8}(?:类|(?<!小)组|片区|系统)|[^局委办院校港]{1,3}[口片]"
)


def is_total(text: str) -> bool:
    """合计、小计、“共10个单位”一类。"""
    return bool(_TOTAL.fullmatch(fold(text)))


def is_note(text: str) -> bool:
    """表尾的说明、制表人、以下空白；成句的话也算。"""
    return bool(_NOTE.fullmatch(fold(text)))


def is_no_name(text: str) -> bool:
    """栏次的一行、填写提示的一行：名称一栏里的不是名称。"""
    folded = fold(text)
    return bool(_COLUMN_NUMBER.fullmatch(folded) or _HINT.fullmatch(folded))


def is_example(text: str) -> bool:
    """写明是示例的一行：忘了删也不要紧。"""
    return bool(_EXAMPLE.fullmatch(fold(text)))


def is_ordinal(text: str) -> bool:
    """“一、”“（二）”“第三组”一类，分组的标题用它编号。"""
    return bool(_ORDINAL.fullmatch(fold(text)))


def group_name(text: str) -> str:
    """分组的标题去掉编号和括号里的个数，如“一、市直部门（30家）”是市直部门。"""
    bare = text.strip()
    started = _ORDINAL.match(fold(bare))
    if started and len(started[0]) > 1 and len(fold(bare)) > len(started[0]):
        bare = fold(bare)[len(started[0]) :]
    return _COUNTED.sub("", fold(bare)) if _COUNTED.search(fold(bare)) else bare


def is_group_name(text: str) -> bool:
    """说法就是分组的：市直部门、参公单位、教科文类。"""
    return bool(_GROUP.fullmatch(fold(group_name(text))))


def is_no_record(first: str) -> bool:
    """最左一格写着合计、注一类的行。"""
    return is_total(first) or is_note(first)
