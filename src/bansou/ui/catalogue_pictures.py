"""Made-up pictures for the catalogue: an ordinary one of each kind, and odd ones beside it."""

from dataclasses import dataclass
from typing import Any

from bansou.ui.pictures.chain import Chain, Group, Party
from bansou.ui.pictures.flow import Flow, Step
from bansou.ui.pictures.radar import Axis, Radar
from bansou.ui.pictures.trend import Column, Compared, Event, Trend
from bansou.ui.pictures.value_range import Tick, ValueRange

LONG = "図面を見て、その日のうちに「できる・できない」を返事し、むずかしい形なら作り方から一緒に考える。" * 4


@dataclass(frozen=True)
class Sample:
    """A picture, when it is met, and its name in the page."""

    when: str
    picture: Any
    identifier: str


def radars() -> list[Sample]:
    labels = (
        "売上増加率",
        "営業利益率",
        "労働生産性",
        "EBITDA有利子負債倍率",
        "営業運転資本回転期間",
        "自己資本比率",
    )
    points, compared, earlier = (4, 3, 4, 2, 4, 2), (3, 3, 3, 3, 3, 3), (2, 3, 3, 1, 4, 2)
    usual = [
        Axis(label, point, compared=other, earlier=before)
        for label, point, other, before in zip(labels, points, compared, earlier, strict=True)
    ]
    gap = [Axis(a.label, None, "算出不可", 3) if n in (0, 3) else a for n, a in enumerate(usual)]
    odd = [
        Axis(label, None, "算出不可（売上なし）", 3)
        for label in (
            "とても長い名前のついた見方・その一",
            "売上",
            "ABCDEFGHIJ",
            "人",
            "時間あたり付加価値額",
        )
    ]
    eight = [Axis(f"見方その{n}・少し長め", n % 6, compared=3) for n in range(8)]
    return [
        Sample("六つの見方", _radar("6つの指標", usual, earlier="前の期"), "radar"),
        Sample("二つが分からないとき", _radar("分からない軸のある図", gap), "radar-gap"),
        Sample("何も分からないとき", _radar("何も分からない図", odd), "radar-none"),
        Sample("八つの見方", _radar("八つの見方", eight), "radar-eight"),
    ]


def _radar(title: str, axes: list[Axis], *, earlier: str = "") -> Radar:
    return Radar(axes=axes, title=title, compared_name="業種の中央値", earlier_name=earlier)


def trends() -> list[Sample]:
    usual = Trend(
        columns=[
            Column("2022年3月期", 512, "512千円"),
            Column("2023年3月期", 430, "430千円"),
            Column("2024年3月期", None, "算出不可"),
            Column("2025年3月期", 580, "580千円"),
            Column("2026年3月期", 612, "612千円"),
        ],
        title="労働生産性の動き",
        compared=[
            Compared("2018年度版", 0, [402, 402], ["402千円", "402千円"]),
            Compared("2022年度版", 2, [315, 315, 315], ["315千円"] * 3),
        ],
        compared_name="業種の中央値",
        events=[Event(1, "大口の取引先が海外へ移る"), Event(3, "段取り表を現場でつくる")],
        note="中央値は版ごとに求め方が違うため、版のあいだで線を切っています。",
    )
    swings = [-3.1, 0, 6.2, None, -12.4, 1.7, 104.5, -0.4]
    eight = Trend(
        columns=[
            Column(
                f"{2019 + n}年12月期", value, "算出不可（前期なし）" if value is None else f"{value:+.1f}%"
            )
            for n, value in enumerate(swings)
        ],
        title="売上増加率の動き",
        compared=[Compared("2022年度版", 0, [-1.7] * 8, ["−1.7%"] * 8)],
        compared_name="業種の中央値",
    )
    zero = Trend(columns=[Column("2026年3月期", 0, "0千円")], title="ゼロ")
    none = Trend(columns=[Column("2025年", None, "未入力"), Column("2026年", None, "未入力")], title="未入力")
    below = Trend(
        columns=[Column("前期", -120, "−120千円"), Column("当期", -40, "−40千円")], title="どちらも赤字"
    )
    return [
        Sample("五つの期。途中で中央値の版が変わる", usual, "trend"),
        Sample("八つの期。上がり下がりと、分からない期", eight, "trend-eight"),
        Sample("一つの期でゼロ", zero, "trend-zero"),
        Sample("まだ何もない", none, "trend-none"),
        Sample("どちらもマイナス", below, "trend-below"),
    ]


def flows() -> list[Sample]:
    steps = [
        Step("見積", "図面を見て、その日のうちに返事をする。", "できないときは作り方から一緒に考える"),
        Step("段取り", "前の日に機械と刃物を決め、朝の10分で確かめる。", "職人の段取り表"),
        Step("加工", "小口の切削。社内で止まらないよう二人が同じ機械を使える。", "試作を翌日に返せる"),
        Step("検査", "全数を測り、記録を残す。"),
        Step("納品", "自社便で届け、現場の声を聴いて帰る。", "届けた人がそのまま御用聞き"),
    ]
    words = {
        "title": "業務の流れ",
        "name_word": "業務",
        "text_word": "実施内容",
        "highlight_word": "差別化ポイント",
    }
    odd = [Step("とても長い名前の工程" * 4, LONG, LONG), Step(""), Step("", "名前のない工程", "")]
    six = [Step(f"工程{n}", "短く。", "強い" * n) for n in range(1, 7)]
    return [
        Sample("五つの段階", Flow(steps=steps, **words), "flow"),
        Sample("一つだけ", Flow(steps=steps[2:3], **words), "flow-one"),
        Sample("とても長い文と、空いた段階", Flow(steps=odd, **words), "flow-long"),
        Sample("六つの段階", Flow(steps=six, **words), "flow-six"),
        Sample("まだ何もない", Flow(steps=[], **words), "flow-none"),
    ]


def chains() -> list[Sample]:
    short = Chain(
        own_name="みなと精機",
        own_strength="試作を翌日に返せる",
        title="商流",
        before=[Group("仕入先", [Party("鋼材商社 2社", ours="近い・小口可")])],
        beside=Group("協力先", [Party("熱処理 1社")]),
        after=[
            Group("得意先", [Party("建機部品 7割・医療 1割", theirs="納期・図面相談")]),
            Group("使う人", [Party("工事現場")]),
        ],
    )
    full = Chain(
        own_name="みなと精機",
        own_strength="試作を翌日に返せる。むずかしい形なら、作り方から一緒に考える",
        title="くわしい商流",
        before=[
            Group(
                "仕入先",
                [
                    Party("川辺鋼材", "6割", "近くて、小口でも当日に届く", "支払いが早く、無理を言わない"),
                    Party("東和工具", "3割", "刃物の相談にのってくれる", "新しい刃物をまず試してくれる"),
                    Party("その他", "1割"),
                ],
            )
        ],
        beside=Group(
            "協力先",
            [
                Party("南熱処理", "", "温度の記録を残してくれる", "前もって山谷を知らせてくれる"),
                Party("港めっき", "", "少量でも受けてくれる", ""),
            ],
        ),
        after=[
            Group(
                "得意先",
                [
                    Party("北建機", "7割", "長いつき合いで先が見える", "納期を守り、図面の段階で相談できる"),
                    Party("医療機器の三社", "1割", "値段より精度を見てくれる", "全数を測った記録がつく"),
                    Party("そのほか小口", "2割", "", "一個から頼める"),
                ],
            ),
            Group("エンドユーザー", [Party("工事現場の運転手"), Party("病院の技師", theirs="こわれない")]),
        ],
    )
    odd = Chain(
        own_name="株式会社とても長い名前の精密機械加工製作所ホールディングス",
        own_strength=LONG,
        title="とても長いことば",
        before=[Group("仕入先", [Party(LONG, "99.9%", LONG, LONG) for _ in range(4)])],
        after=[Group("得意先", [Party("A" * 60, "1割", "B" * 80)])],
    )
    alone = Chain(own_name="みなと精機", title="まだ自社だけ")
    return [
        Sample("短いことばなら矢印の上に理由", short, "chain"),
        Sample("理由が多いときは、箱の中に", full, "chain-full"),
        Sample("とても長いことば", odd, "chain-long"),
        Sample("まだ自社だけ", alone, "chain-alone"),
    ]


def ranges() -> list[Sample]:
    cuts = [Tick(-210, shown="−210千円"), Tick(120, shown="120千円"), Tick(520, shown="520千円")]
    cuts.append(Tick(1100, shown="1,100千円"))
    zones = [f"{points}点" for points in range(1, 6)]
    median = Tick(315, "中央値", "315千円")
    usual = _range("手待ちが1日18分減ると", 480, 655, "480千円（3点）", "655千円（4点）", median, cuts, zones)
    lower = ValueRange(
        before=14.8,
        after=9.2,
        before_shown="14.8倍",
        after_shown="9.2倍",
        title="借入を減らすと（低いほどよい）",
        median=Tick(8.8, "中央値", "8.8倍"),
        cuts=[Tick(value, shown=f"{value}倍") for value in (1.2, 5.4, 10.9, 21.3)],
        zones=zones[::-1],
    )
    same = _range("変わらないとき", 612, 612, "612千円", "612千円", median, cuts, zones)
    far = _range("とても遠いとき", -9000, -8800, "−9,000千円", "−8,800千円", median, cuts, zones)
    none = _range("分からないとき", None, None, "算出不可", "算出不可（売上なし）", None, [], [])
    return [
        Sample("変えると、どこへ動くか", usual, "range"),
        Sample("低いほどよいもの", lower, "range-lower"),
        Sample("変わらないとき", same, "range-same"),
        Sample("目盛からとても遠いとき", far, "range-far"),
        Sample("分からないとき", none, "range-none"),
    ]


def _range(title: str, before: Any, after: Any, was: str, becomes: str, *scale: Any) -> ValueRange:
    median, cuts, zones = scale
    return ValueRange(
        before=before,
        after=after,
        before_shown=was,
        after_shown=becomes,
        title=title,
        median=median,
        cuts=cuts,
        zones=zones,
    )


def pictures_context() -> dict[str, Any]:
    return {
        "radars": radars(),
        "trends": trends(),
        "flows": flows(),
        "chains": chains(),
        "ranges": ranges(),
        "point_bars": [("売上増加率", 4), ("営業利益率", 3), ("満点", 5), ("ゼロ", 0), ("分からない", None)],
    }
