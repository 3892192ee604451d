"""English names of Chinese regions: pinyin of the name, an English word for its kind.

Read by make_regions only. Names with an established English form, and names whose characters
have more than one reading, are listed; everything else is transliterated.
"""

from pypinyin import lazy_pinyin

_WHOLE = {
    "内蒙古自治区": "Inner Mongolia Autonomous Region", "广西壮族自治区": "Guangxi Zhuang Autonomous Region",
    "西藏自治区": "Tibet Autonomous Region", "宁夏回族自治区": "Ningxia Hui Autonomous Region",
    "新疆维吾尔自治区": "Xinjiang Uygur Autonomous Region", "香港特别行政区": "Hong Kong Special Administrative Region",
    "澳门特别行政区": "Macao Special Administrative Region", "陕西省": "Shaanxi Province", "台湾省": "Taiwan Province",
    "市辖区": "(districts of the city)", "县": "(counties of the municipality)", "城区": "Urban District",
    "郊区": "Suburban District", "矿区": "Mining District", "省直辖县级行政区划": "(counties directly under the province)",
    "自治区直辖县级行政区划": "(counties directly under the region)", "省直辖行政单位": "(units directly under the province)",
    "市": "(cities)", "市辖县": "(counties of the city)",
}  # fmt: skip
_STEMS = {
    "哈尔滨": "Harbin", "齐齐哈尔": "Qiqihar", "乌鲁木齐": "Urumqi", "呼和浩特": "Hohhot", "拉萨": "Lhasa", "鄂尔多斯": "Ordos",
    "克拉玛依": "Karamay", "吐鲁番": "Turpan", "喀什": "Kashgar", "和田": "Hotan", "伊犁": "Ili", "阿勒泰": "Altay", "日喀则": "Xigaze",
    "阿克苏": "Aksu", "呼伦贝尔": "Hulunbuir", "锡林郭勒": "Xilingol", "阿拉善": "Alxa", "巴彦淖尔": "Bayannur", "乌兰察布": "Ulanqab",
    "石河子": "Shihezi", "博尔塔拉": "Bortala", "巴音郭楞": "Bayingolin", "克孜勒苏": "Kizilsu", "那曲": "Nagqu", "昌都": "Qamdo",
    "林芝": "Nyingchi", "山南": "Shannan", "阿坝": "Aba", "甘孜": "Garze", "果洛": "Golog", "玉树": "Yushu", "满洲里": "Manzhouli",
    "六安": "Lu'an", "蚌埠": "Bengbu", "亳州": "Bozhou", "丽水": "Lishui", "台州": "Taizhou", "乐清": "Yueqing", "洪洞": "Hongtong",
    "番禺": "Panyu", "尉氏": "Weishi", "浚": "Xun", "单": "Shan", "莘": "Shen", "东阿": "Dong'e", "乐亭": "Laoting", "蔚": "Yu",
    "井陉": "Jingxing", "涡阳": "Guoyang", "枞阳": "Zongyang", "铅山": "Yanshan", "长子": "Zhangzi", "繁峙": "Fanshi", "厦门": "Xiamen",
    "重庆": "Chongqing", "长沙": "Changsha", "长春": "Changchun", "十堰": "Shiyan", "监利": "Jianli", "黄陂": "Huangpi", "耒阳": "Leiyang",
    "郴州": "Chenzhou", "大埔": "Dabu", "东莞": "Dongguan", "牟平": "Muping", "中牟": "Zhongmu", "泌阳": "Biyang", "武陟": "Wuzhi",
    "华": "Hua", "华阴": "Huayin", "吴堡": "Wubu", "吴起": "Wuqi", "柞水": "Zhashui", "红河": "Honghe", "勐海": "Menghai", "什邡": "Shifang",
    "犍为": "Qianwei", "珙": "Gong", "筠连": "Junlian", "朝阳": "Chaoyang", "乐平": "Leping", "都匀": "Duyun", "都江堰": "Dujiangyan",
    "洛南": "Luonan", "任": "Ren", "任丘": "Renqiu", "宁强": "Ningqiang", "天台": "Tiantai", "曾都": "Zengdu", "解放": "Jiefang",
}  # fmt: skip
_PEOPLES = {
    "蒙古族": "Mongol", "回族": "Hui", "藏族": "Tibetan", "维吾尔": "Uygur", "苗族": "Miao", "彝族": "Yi", "壮族": "Zhuang", "布依族": "Buyei",
    "朝鲜族": "Korean", "满族": "Manchu", "侗族": "Dong", "瑶族": "Yao", "白族": "Bai", "土家族": "Tujia", "哈尼族": "Hani", "哈萨克族": "Kazakh",
    "哈萨克": "Kazakh", "傣族": "Dai", "黎族": "Li", "傈僳族": "Lisu", "佤族": "Va", "畲族": "She", "拉祜族": "Lahu", "水族": "Sui", "东乡族": "Dongxiang",
    "纳西族": "Naxi", "景颇族": "Jingpo", "柯尔克孜": "Kirgiz", "土族": "Tu", "达斡尔族": "Daur", "仫佬族": "Mulao", "羌族": "Qiang",
    "布朗族": "Blang", "撒拉族": "Salar", "毛南族": "Maonan", "仡佬族": "Gelao", "锡伯": "Xibe", "普米族": "Pumi", "塔吉克": "Tajik", "怒族": "Nu",
    "鄂温克族": "Evenki", "保安族": "Bonan", "裕固族": "Yugur", "独龙族": "Derung", "鄂伦春": "Oroqen", "各族": "Multi-ethnic", "蒙古": "Mongol",
}  # fmt: skip
_KINDS = {
    "特别行政区": "Special Administrative Region", "自治州": "Autonomous Prefecture", "自治县": "Autonomous County",
    "自治旗": "Autonomous Banner", "自治区": "Autonomous Region", "行政区": "Administrative Area", "地区": "Prefecture",
    "林区": "Forestry District", "特区": "Special District", "矿区": "Mining District", "群岛": "Islands", "郊区": "Suburban District",
    "工农区": "Workers' and Farmers' District", "省": "Province", "市": "City", "区": "District", "县": "County", "盟": "League", "旗": "Banner",
}  # fmt: skip


def english(name: str) -> str:
    """Return the English name of a region."""
    if name in _WHOLE:
        return _WHOLE[name]
    kind = next((suffix for suffix in _KINDS if name.endswith(suffix) and len(name) > len(suffix)), "")
    stem = name.removesuffix(kind) if kind else name
    peoples: list[str] = []
    while kind.startswith("自治"):
        people = next((one for one in _PEOPLES if stem.endswith(one) and len(stem) > len(one)), None)
        if people is None:
            break
        peoples.insert(0, _PEOPLES[people])
        stem = stem.removesuffix(people)
    words = [_STEMS.get(stem) or _pinyin(stem), " and ".join(peoples), _KINDS.get(kind, "")]
    return " ".join(word for word in words if word)


def _pinyin(stem: str) -> str:
    syllables = [syllable.replace("v", "ü") for syllable in lazy_pinyin(stem)]
    joined = "".join(("'" if place and one[0] in "aoe" else "") + one for place, one in enumerate(syllables))
    return joined[:1].upper() + joined[1:]
