"""Authorities: the six bodies that report on the city, and what they pursue."""

from dataclasses import dataclass

from example_city.generator.codes import credit_code


@dataclass(frozen=True, slots=True)
class Violation:
    """A kind of unlawful act, what it rests on, and the range of its fine in yuan (0: none)."""

    act: str
    facts: str
    basis: str
    least: int
    most: int
    category: str = "罚款"


@dataclass(frozen=True, slots=True)
class Authority:
    """One body of the city: the key of its source, its names, how its documents are numbered."""

    key: str
    zh: str
    en: str
    mark: str
    serial: int
    penalty_rate: float  # penalties a year for an enterprise of carelessness 1
    violations: tuple[Violation, ...] = ()

    @property
    def code(self) -> str:
        """Its own credit code (an organ: 11)."""
        return credit_code("11", "339900", 50_000 + self.serial, False)


MARKET = Authority(
    "linlan-market",
    "临澜市市场监督管理局",
    "Linlan Market Supervision Administration",
    "临市监罚",
    1,
    0.18,
    (
        Violation(
            "经营超过保质期的食品",
            "销售超过保质期的预包装食品，货值金额较小",
            "《中华人民共和国食品安全法》第一百二十四条第一款第五项",
            5_000,
            60_000,
            "罚款，没收违法所得",
        ),
        Violation(
            "发布虚假广告",
            "在网店页面发布内容虚假的广告，引人误解",
            "《中华人民共和国广告法》第五十五条第一款",
            20_000,
            200_000,
        ),
        Violation(
            "未按规定明码标价",
            "经营场所部分商品未标明价格，经责令仍未改正",
            "《中华人民共和国价格法》第四十二条",
            500,
            5_000,
        ),
        Violation(
            "生产不符合国家标准的产品",
            "监督抽查产品一项指标不合格，已售部分无法追回",
            "《中华人民共和国产品质量法》第四十九条",
            10_000,
            150_000,
            "罚款，没收违法所得",
        ),
        Violation(
            "使用未经检定的计量器具",
            "在用电子秤未申请强制检定，已使用三个月",
            "《中华人民共和国计量法》第二十五条",
            0,
            0,
            "警告",
        ),
        Violation(
            "提供虚假材料取得登记",
            "提交虚假住所证明取得变更登记，情节较重",
            "《中华人民共和国市场主体登记管理条例》第四十条",
            50_000,
            300_000,
        ),
    ),
)
EMERGENCY = Authority(
    "linlan-emergency",
    "临澜市应急管理局",
    "Linlan Emergency Management Bureau",
    "临应急罚",
    2,
    0.09,
    (
        Violation(
            "未如实记录安全生产教育和培训情况",
            "新入厂员工无三级安全教育记录，涉及六个岗位",
            "《中华人民共和国安全生产法》第九十七条第四项",
            5_000,
            80_000,
        ),
        Violation(
            "未设置明显的安全警示标志",
            "有限空间作业场所入口未设置警示标志，共两处",
            "《中华人民共和国安全生产法》第九十九条第一项",
            5_000,
            50_000,
        ),
        Violation(
            "未建立事故隐患排查治理制度",
            "未建立隐患排查台账，近半年无排查记录",
            "《中华人民共和国安全生产法》第一百零一条第五项",
            10_000,
            100_000,
        ),
        Violation(
            "特种作业人员未持证上岗",
            "两名焊接作业人员无特种作业操作证，现场作业",
            "《中华人民共和国安全生产法》第九十七条第七项",
            10_000,
            100_000,
        ),
        Violation(
            "未在安全生产许可范围内生产",
            "擅自增加危险化学品储存品种，隐患较大",
            "《中华人民共和国安全生产法》第一百条",
            100_000,
            800_000,
            "责令停产停业，罚款",
        ),
    ),
)
ENVIRONMENT = Authority(
    "linlan-environment",
    "临澜市生态环境局",
    "Linlan Ecology and Environment Bureau",
    "临环罚",
    3,
    0.08,
    (
        Violation(
            "超标排放水污染物",
            "总排口化学需氧量日均值超标零点四倍，持续一日",
            "《中华人民共和国水污染防治法》第八十三条第二项",
            100_000,
            600_000,
        ),
        Violation(
            "未按规定设置危险废物识别标志",
            "危险废物贮存间未设置识别标志，容器未贴标签",
            "《中华人民共和国固体废物污染环境防治法》第一百一十二条第一款第一项",
            100_000,
            300_000,
        ),
        Violation(
            "未密闭输送物料",
            "粉状物料露天堆放，未采取覆盖措施",
            "《中华人民共和国大气污染防治法》第一百一十七条第一项",
            10_000,
            100_000,
        ),
        Violation(
            "未按规定开展自行监测",
            "排污许可证载明的监测频次未完成，缺两个季度",
            "《排污许可管理条例》第三十六条第五项",
            20_000,
            120_000,
        ),
        Violation(
            "未建立环境管理台账",
            "环境管理台账记录不完整，缺少污染治理设施运行情况",
            "《排污许可管理条例》第三十七条第一项",
            5_000,
            20_000,
        ),
    ),
)
TAX = Authority(
    "linlan-tax", "国家税务总局临澜市税务局", "Linlan Tax Service, State Taxation Administration", "临税", 4, 0.0
)
TRANSPORT = Authority(
    "linlan-transport",
    "临澜市交通运输局",
    "Linlan Transport Bureau",
    "临交罚",
    5,
    0.28,
    (
        Violation(
            "车辆未经年度审验从事货运",
            "一辆重型货车道路运输证逾期未审验，仍上路营运",
            "《中华人民共和国道路运输条例》第七十条",
            1_000,
            3_000,
        ),
        Violation(
            "超限运输", "车货总质量超过限定标准百分之十八，未办理许可", "《公路安全保护条例》第六十四条", 2_000, 30_000
        ),
        Violation(
            "未按核定线路运营",
            "客运班车未按批准的站点停靠，揽客二人",
            "《中华人民共和国道路运输条例》第六十九条",
            1_000,
            10_000,
        ),
        Violation(
            "未落实车辆动态监控",
            "动态监控平台报警未处理，累计二十一条",
            "《道路运输车辆动态监督管理办法》第三十六条",
            1_000,
            5_000,
        ),
        Violation(
            "未取得道路运输经营许可从事经营",
            "经营许可证到期后未重新取得许可，继续经营",
            "《中华人民共和国道路运输条例》第六十三条",
            10_000,
            100_000,
        ),
    ),
)
CULTURE = Authority("linlan-culture", "临澜市文化和旅游局", "Linlan Culture and Tourism Bureau", "临文旅罚", 6, 0.0)
ALL = (MARKET, EMERGENCY, ENVIRONMENT, TAX, TRANSPORT, CULTURE)
