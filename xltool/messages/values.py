"""V1xx：填报值读不成数或日期；V120 是读的时候做的换算。"""

from __future__ import annotations

from xltool.finding import Message, Severity

NOT_NUMBER = Message(
    "V101",
    Severity.ERROR,
    "“{raw}”不是数字，应填{expected}",
    "只填阿拉伯数字，文字说明写到备注里。",
)
BAD_GROUPS = Message(
    "V102",
    Severity.ERROR,
    "“{raw}”里的{mark}不在千分位上，分不清是一个数还是几个数，应填{expected}",
    "去掉数字中间的标点和空格；小数点用半角句点“.”。",
)
HAS_OPERATOR = Message(
    "V103", Severity.ERROR, "“{raw}”写的是条件，不是一个确定的数，应填{expected}",
    "去掉≥、不低于、以上、约等字样，填实际的数。",
)  # fmt: skip
WRONG_UNIT = Message(
    "V104", Severity.ERROR, "“{raw}”的单位是{written}，应填{expected}",
    "按表上印的单位换算后再填，只填数字。",
)  # fmt: skip
UNKNOWN_UNIT = Message(
    "V105", Severity.ERROR, "“{raw}”里数字后面的“{rest}”不是认得的单位，应填{expected}",
    "只填数字，不带单位和说明。",
)  # fmt: skip
SCIENTIFIC = Message(
    "V107", Severity.ERROR, "“{raw}”是科学记数法，看不出确切的数，应填{expected}",
    "把数字逐位写全；若是编码，先把单元格设为文本再填。",
)  # fmt: skip
FOREIGN_DIGITS = Message(
    "V108", Severity.ERROR, "“{raw}”里的“{mark}”是认不得的数字符号，应填{expected}",
    "用 0 到 9 的普通数字重新填写。",
)  # fmt: skip
OUT_OF_SCALE = Message(
    "V109", Severity.ERROR, "“{raw}”的位数过多或数值过小，不像一个可用的数，应填{expected}",
    "核对后重新填写，最多 20 位数字，最小 0.000001。",
)  # fmt: skip
SEVERAL_NUMBERS = Message(
    "V110", Severity.ERROR, "“{raw}”里不止一个数，应填{expected}", "只填一个数，其余的写到备注里。"
)
ERROR_VALUE = Message(
    "V111", Severity.ERROR, "填的是错误值“{raw}”，应填{expected}", "改正或删除公式，直接填写结果。"
)
NOT_DATE = Message(
    "V112", Severity.ERROR, "“{raw}”不是日期，应填完整的年月日",
    "按 2025年4月18日 或 2025-04-18 的样子填写。",
)  # fmt: skip
PARTIAL_DATE = Message(
    "V113", Severity.ERROR, "“{raw}”没有写全年、月、日，应填完整的年月日",
    "补上缺的年、月或日，如 2025年4月18日。",
)  # fmt: skip
NO_SUCH_DATE = Message(
    "V114", Severity.ERROR, "“{raw}”这一天不存在，应填完整的年月日", "核对月份和日子后重新填写。"
)
DEADLINE = Message(
    "V115", Severity.ERROR, "“{raw}”是期限，不是某一天，应填完整的年月日",
    "填实际的日期，去掉“前”“底”等字。",
)  # fmt: skip
SERIAL_TEXT = Message(
    "V116", Severity.ERROR, "“{raw}”是日期的内部序号（文本），应填完整的年月日",
    "删除后按 2025年4月18日 的样子重新填写。",
)  # fmt: skip

STRAY_MARK = Message(
    "V195", Severity.ERROR, "“{raw}”里的“{mark}”不是数的一部分，应填{expected}",
    "只填阿拉伯数字，小数点用半角句点“.”。",
)  # fmt: skip

CONVERTED = Message(
    "V120", Severity.NOTICE, "填的是“{raw}”：{conversion}", "核对读法，无误则不必改。"
)

WIDE_READ = "全角字符已按半角读"
LOOKALIKE_READ = "“{written}”按“{mark}”读"
CURRENCY_DROPPED = "货币符号“{mark}”已略去"
POINT_READ = "数字中间的“{mark}”按小数点读"
BRACKETS_READ = "括号里的数按负数读"
NEGATIVE_READ = "注明“{note}”，按负数读"
INVISIBLE_DROPPED = "看不见的字符已略去"
TAGS_DROPPED = "网页标记已略去"
GROUPS_READ = "千分位分隔符已略去"
SUSPECT_READ = "“{written}”按“{operator}”读"
NUMERALS_READ = "“{written}”按 {number} 读"
LEAD_DROPPED = "“{lead}”不是数的一部分，已略去"
NOUN_DROPPED = "“{noun}”不是单位，已按“{unit}”读"
OPERATORS_DIFFER = "“{op}”和“{tail}”方向不同，按“{op}”读"
WHOLE_PERIOD = "“前”按含当期读，截止 {day}"
NO_SUCH_DAY = "没有这一天"
NO_EXACT_DAY = "“初”没有确切的日子，截止日不定"
MAYBE_DATE = "按分数读；若是日期请写全年月日"
ZERO_DENOMINATOR = "分母是零，不能计算"
RANGE_SWAPPED = "上下限写反了，已按由小到大读"
UNIT_DROPPED = "单位“{unit}”已略去"
UNIT_CONVERTED = "已换算成 {number}{unit}"
NOTE_DROPPED = "括号里的“{note}”未读入"
PERCENT_ASSUMED = "没有写“%”，按 {number}% 读"
YEAR_ASSUMED = "没有写年份，按 {year} 年读"
TIME_DROPPED = "时刻已略去"
