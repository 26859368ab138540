"""单位表，以及从文字里认出单位。"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

from xltool.values.kinds import EXACT, Family, MeasureUnit
from xltool.values.text import narrow, squeeze
from xltool.values.words import split_words

MAGNITUDES: Final = {
    word: Decimal(f"1{'0' * zeros}")
    for word, zeros in {
        "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7,
        "亿": 8, "十亿": 9, "百亿": 10, "千亿": 11, "万亿": 12,
    }.items()
}  # fmt: skip

_COUNTS = split_words("""
    个 家 家次 户 户次 人 人次 人天 人日 人月 次 项 项次 项目 场 场次 期 期次 批 批次 件 件次 宗
    宗次 起 例 份 份次 篇 条 台 台次 台套 套 辆 辆次 座 间 间次 处 所 栋 幢 本 册 部 张 面 支 组 班
    班次 类 种 门 节 课时 学时 款 只 头 羽 株 棵 盏 根 口 艘 架 列 枚 瓶 盒 箱 袋 包 桶 对 双 趟 轮
    届 车次 架次 航次 艘次 床 床位 席 位 段 笔 单 票 村 镇 县 块 幅 首 集 档 卷
    匹 尾 粒 剂 剂次 针 眼 道 顶 扇 孔 例次 人份 工时 台时 机时 座位 车位 泊位 岁 周岁
    科 科次 学分 学期 版 则 站 站点 点位 岗位 页 字 题 样 样次 样本 样品 宗地 社区 单元
    店 馆 池 井 塔 栏目
""")
_PHYSICAL = split_words("亩 吨 公里 米 立方米 千瓦 标箱 平方公里 千卡 标准煤 吨标准煤 吨公里 升")

# 每行：类别、基本单位、各种写法和换算成基本单位的倍数
_ROWS: Final[tuple[tuple[Family, str, dict[str, str]], ...]] = (
    (Family.MONEY, "元", {"元": "1", "元人民币": "1", "角": "0.1"}),
    (Family.MONEY, "美元", {"美元": "1"}),
    (Family.MONEY, "港元", {"港元": "1", "港币": "1"}),
    (Family.COUNT, "人", {"名": "1"}),
    (Family.RATIO, "%", {"%": "1", "百分比": "1", "成": "10"}),
    (Family.RATIO, "‰", {"‰": "1", "‱": "0.1"}),
    (Family.RATIO, "倍", {"倍": "1"}),
    (Family.POINT, "百分点", {"百分点": "1", "个百分点": "1"}),
    (Family.SCORE, "分", {"分": "1"}),
    (Family.SCORE, "级", {"级": "1"}),
    (Family.TIME, "天", {"天": "1", "日": "1", "周": "7", "星期": "7", "个星期": "7"}),
    (Family.TIME, "工作日", {"工作日": "1", "个工作日": "1", "工作天": "1"}),
    (Family.TIME, "个月", {"个月": "1", "月": "1", "年": "12", "个季度": "3", "季度": "3"}),
    (Family.TIME, "秒", {"秒": "1", "秒钟": "1", "毫秒": "0.001", "分钟": "60", "小时": "3600",
                        "个小时": "3600", "h": "3600", "min": "60"}),
    (Family.COUNT, "人月", {"人·月": "1"}),
    (Family.COUNT, "人天", {"人·天": "1", "人·日": "1"}),
    (Family.COUNT, "人次", {"人·次": "1"}),
    (Family.PHYSICAL, "m2", {"㎡": "1", "m2": "1", "m²": "1", "平方米": "1", "平米": "1",
                             "公顷": "10000"}),
    (Family.PHYSICAL, "立方米", {"m³": "1", "m3": "1", "㎥": "1", "方": "1", "立方": "1"}),
    (Family.PHYSICAL, "公里", {"km": "1", "KM": "1", "千米": "1", "㎞": "1"}),
    (Family.PHYSICAL, "米", {"m": "1", "延米": "1", "延长米": "1", "分米": "0.1", "厘米": "0.01",
                            "cm": "0.01", "毫米": "0.001", "mm": "0.001", "微米": "0.000001"}),
    (Family.PHYSICAL, "平方公里", {"平方千米": "1", "km2": "1"}),
    (Family.PHYSICAL, "吨", {"t": "1", "公斤": "0.001", "千克": "0.001", "kg": "0.001",
                            "斤": "0.0005", "克": "0.000001", "g": "0.000001",
                            "毫克": "0.000000001", "mg": "0.000000001",
                            "微克": "0.000000000001", "μg": "0.000000000001",
                            "µg": "0.000000000001", "ug": "0.000000000001"}),
    (Family.PHYSICAL, "吨公里", {"吨·公里": "1"}),
    (Family.PHYSICAL, "升", {"L": "1", "毫升": "0.001", "mL": "0.001", "ml": "0.001"}),
    (Family.PHYSICAL, "GB", {"GB": "1", "MB": "0.0009765625", "TB": "1024", "PB": "1048576"}),
    (Family.PHYSICAL, "Mbps", {"Mbps": "1", "Gbps": "1000"}),
    (Family.PHYSICAL, "℃", {"℃": "1", "°C": "1", "摄氏度": "1"}),
    (Family.PHYSICAL, "分贝", {"分贝": "1", "dB": "1"}),
    (Family.PHYSICAL, "千帕", {"千帕": "1", "kPa": "1", "兆帕": "1000", "MPa": "1000"}),
    (Family.PHYSICAL, "千伏", {"千伏": "1", "kV": "1", "KV": "1"}),
    (Family.PHYSICAL, "海里", {"海里": "1"}),
    (Family.PHYSICAL, "千瓦时", {"千瓦时": "1", "度": "1", "kWh": "1", "kW·h": "1",
                               "KWH": "1", "kwh": "1"}),
    (Family.PHYSICAL, "千瓦", {"kW": "1", "兆瓦": "1000", "MW": "1000"}),
    (Family.PHYSICAL, "标箱", {"TEU": "1", "标准箱": "1"}),
)  # fmt: skip

_MAGNIFIED = (Family.MONEY, Family.COUNT, Family.PHYSICAL)
_BY_LENGTH = sorted(MAGNITUDES, key=len, reverse=True)
_LABEL = re.compile(r"(?:计量)?单位[::]?|人民币")
_MOST_DIGITS = 40  # 除得尽的到不了这么长
_PER = re.compile(r"[/·]|每")
_DENOMINATOR = re.compile(r"[\u4e00-\u9fff]{1,6}")
_CACHED_LENGTH: Final = 16
_SHORT: Final = {"h": "小时", "个小时": "小时", "min": "分钟"}  # 分母里的同一个单位
_BRACKET = re.compile(r"\(([^()]*)\)$")
_POINTS = re.compile(r"(?:满分|共|计)?[0-9]+(?:\.[0-9]+)?分")


UNITS: Final = (
    {name: MeasureUnit(name, name) for name in _COUNTS}
    | {name: MeasureUnit(name, name, family=Family.PHYSICAL) for name in _PHYSICAL}
    | {
        name: MeasureUnit(name, base, Decimal(by), family)
        for family, base, names in _ROWS
        for name, by in names.items()
    }
)


def _simple(name: str) -> MeasureUnit | None:
    if name in UNITS:
        return UNITS[name]
    for word in _BY_LENGTH:
        unit = UNITS.get(name[len(word) :]) if name.startswith(word) else None
        if unit is not None and unit.family in _MAGNIFIED:
            factor = EXACT.multiply(unit.factor, MAGNITUDES[word])
            return MeasureUnit(name, unit.base, factor, unit.family)
    return None


def _denominator(name: str, family: Family) -> str | None:
    """分母的统一写法；分母不换算，金额的分母可以是表外的名词（元/学位）。"""
    unit = UNITS.get(name)
    if unit is not None:
        return unit.base if unit.factor == 1 else _SHORT.get(name, name)
    return name if family is Family.MONEY and _DENOMINATOR.fullmatch(name) else None


def magnitude_word(factor: Decimal) -> str:
    """数量级的写法，如 10000 → 万；不是单独的数量级（包括 1）的为空。"""
    return next((word for word, value in MAGNITUDES.items() if value == factor), "")


@lru_cache(maxsize=2048)
def unit_named(name: str) -> MeasureUnit | None:
    """恰好这样写的单位（文字已整理过）。"""
    head, *rest = _PER.split(name)
    unit = _simple(name) if rest else None  # 人·月 是一个单位，不是每月几人
    if unit is not None:
        return unit
    unit = _simple(head)
    if unit is None or not rest:
        return unit
    bases = [_denominator(part, unit.family) for part in rest]
    if None in bases:
        return None
    base = "/".join([unit.base, *filter(None, bases)])
    family = unit.family if unit.family is Family.MONEY else Family.PHYSICAL
    return MeasureUnit("/".join([head, *rest]), base, unit.factor, family)


def find_unit(text: str) -> MeasureUnit | None:
    """单位栏里写的单位，如 万元、(家)、单位：个；认不出为空。"""
    return _cached(text) if len(text) <= _CACHED_LENGTH else _find_unit(text)


def _find_unit(text: str) -> MeasureUnit | None:
    name = squeeze(narrow(text))
    if name.startswith("(") and name.endswith(")"):
        name = name[1:-1]
    return unit_named(_LABEL.sub("", name))


_cached = lru_cache(maxsize=2048)(_find_unit)  # 单位就那么些，每条规则都要问一遍


def unit_of_name(name: str) -> MeasureUnit | None:
    """指标名称末尾括号里的单位，如 扶持工业企业数量(家)；分值（5分）不是单位。"""
    text = squeeze(narrow(name))
    while (bracket := _BRACKET.search(text)) and _POINTS.fullmatch(bracket[1]):
        text = text[: bracket.start()]
    return find_unit(bracket[1]) if bracket else None


def convert(number: Decimal, written: MeasureUnit, wanted: MeasureUnit) -> Decimal | None:
    """把 `written` 的数换算成 `wanted` 的数；基本单位不同或除不尽则为空。"""
    if written.base != wanted.base:
        return None
    if written.factor == wanted.factor:
        return number
    quotient = EXACT.divide(EXACT.multiply(number, written.factor), wanted.factor)
    return None if len(quotient.as_tuple().digits) > _MOST_DIGITS else quotient
