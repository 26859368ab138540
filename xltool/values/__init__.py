"""填报值：把人写的数、单位、日期、状态读成确定的值，每一步换算都说出来。"""

from xltool.values.arithmetic import Balance, Equation, read_equation
from xltool.values.choices import fold, match_choice, nearest, nearest_all, nearest_meaning
from xltool.values.days import LIKELY_SERIALS, clock, day_serial, iso_day, read_date, serial_date
from xltool.values.excerpt import quote
from xltool.values.kinds import Direction, Family, Kind, Measure, MeasureUnit, Operator
from xltool.values.measure import parse_measure, read_operator
from xltool.values.numerals import plain
from xltool.values.reading import Reading, read_decimal, read_percent
from xltool.values.stored import digits_lost, excel_number
from xltool.values.units import convert, find_unit, magnitude_word, unit_of_name

__all__ = [
    "LIKELY_SERIALS",
    "Balance",
    "Direction",
    "Equation",
    "Family",
    "Kind",
    "Measure",
    "MeasureUnit",
    "Operator",
    "Reading",
    "clock",
    "convert",
    "day_serial",
    "digits_lost",
    "excel_number",
    "find_unit",
    "fold",
    "iso_day",
    "magnitude_word",
    "match_choice",
    "nearest",
    "nearest_all",
    "nearest_meaning",
    "parse_measure",
    "plain",
    "quote",
    "read_date",
    "read_decimal",
    "read_equation",
    "read_operator",
    "read_percent",
    "serial_date",
    "unit_of_name",
]
