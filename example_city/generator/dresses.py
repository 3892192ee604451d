"""Dresses: which feed comes in which layout, format, encoding and dates."""

from example_city.generator.authorities import CULTURE, EMERGENCY, ENVIRONMENT, MARKET, TAX, TRANSPORT
from example_city.generator.feeds import environment, inspections, licences, lists, penalties, registrations
from example_city.generator.rows import Dress, Layout

FEEDS: dict[str, tuple[Layout, Dress]] = {
    "linlan-market/registrations": (registrations.REGISTER, Dress()),
    "linlan-market/annual-reports": (
        registrations.REPORTS,
        Dress(ending="txt", encoding="gb18030", separator="\t", days="%Y/%m/%d"),
    ),
    "linlan-market/penalties": (penalties.CURRENT, Dress(ending="xlsx", days="date", sheet="行政处罚")),
    "linlan-market/double-random": (
        inspections.DOUBLE_RANDOM,
        Dress(encoding="gb18030", title=f"{MARKET.zh}双随机抽查结果公示表"),
    ),
    "linlan-market/abnormal-list": (
        lists.ABNORMAL,
        Dress(ending="xlsx", days="%Y-%m-%d", title="临澜市企业经营异常名录", sheet="异常名录"),
    ),
    "linlan-market/serious-list": (lists.SERIOUS, Dress(encoding="gb18030", days="%Y年%m月%d日")),
    "linlan-market/objections": (environment.OBJECTIONS, Dress(encoding="utf-8", separator=";", line_end="\n")),
    "linlan-emergency/inspections": (
        inspections.SITE_RECORDS,
        Dress(encoding="gb18030", title=f"{EMERGENCY.zh}执法检查信息", days="%Y年%m月%d日"),
    ),
    "linlan-emergency/penalties": (penalties.CURRENT, Dress(days="slashes", title=f"{EMERGENCY.zh}行政处罚公示表")),
    "linlan-environment/penalties": (
        penalties.LEGACY,
        Dress(ending="tsv", encoding="utf-8", separator="\t", days="%Y%m%d", line_end="\n"),
    ),
    "linlan-environment/inspections": (
        inspections.FIXED_SOURCES,
        Dress(days="serial", title=f"{ENVIRONMENT.zh}固定源双随机检查情况表"),
    ),
    "linlan-environment/events": (environment.EVENTS, Dress(ending="xlsx", days="date", sheet="环保信用")),
    "linlan-tax/arrears": (lists.ARREARS, Dress(encoding="gb18030", title=f"{TAX.zh}欠税公告")),
    "linlan-tax/grade-a": (lists.TAX_A, Dress(ending="xlsx", days="%Y.%m.%d", sheet="A级纳税人")),
    "linlan-transport/licences": (licences.CURRENT, Dress(ending="xlsx", days="slashes", sheet="行政许可")),
    "linlan-transport/penalties": (penalties.ENVELOPE, Dress(encoding="utf-8", line_end="\n")),
    "linlan-transport/grades": (lists.GRADES, Dress()),
    "linlan-culture/licences": (licences.LEGACY, Dress(separator=";", days="%Y/%m/%d")),
    "linlan-culture/lists": (lists.VENUES, Dress(encoding="gb18030", separator=";", days="%Y.%m.%d")),
    "linlan-culture/inspections": (
        inspections.VENUES,
        Dress(ending="xlsx", days="date", title=f"{CULTURE.zh}文化市场检查情况", sheet="检查"),
    ),
}
"""Feed key → (layout, dress); the profiles in the rulebook answer to the same keys."""

TRANSPORT_ENVELOPE_SOURCE = f"339900{TRANSPORT.code}"
"""What `cd_source` says: region and department."""
