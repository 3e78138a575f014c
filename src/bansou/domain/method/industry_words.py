"""From the words an office uses for a trade to the division of 日本標準産業分類."""

import re

from bansou.domain.japanese import search_key
from bansou.domain.method.industries import INDUSTRY_DIVISIONS

_LETTER = re.compile(r"([a-t])([.:\-].*)?$")
_COMMAS = re.compile(r"[,、]")
_CODE = re.compile(r"([0-9]{2})[0-9]{0,2}(?![0-9])")
# Last 中分類 of each division (日本標準産業分類, revision of July 2023).
_LAST_GROUP = {
    "A": 2, "B": 4, "C": 5, "D": 8, "E": 32, "F": 36, "G": 41, "H": 49, "I": 61, "J": 67,
    "K": 70, "L": 74, "M": 77, "N": 80, "O": 82, "P": 85, "Q": 87, "R": 96, "S": 98, "T": 99,
}  # fmt: skip

# Our rule: the first word found decides, so the more telling one stands earlier (「医療機器製造」 is 製造業).
_WORDS = (
    ("E", "製造 加工 鉄工 木工 縫製 醸造 酒造 製菓 製作 印刷 メーカー"),
    ("T", "分類不能"),
    ("I", "小売 卸 販売 スーパー 商社 物販"),
    ("L", "設計 学術 専門・技術 専門サービス 技術サービス コンサル デザイン 広告 写真"),
    ("L", "税理士 会計 弁護士 行政書士 社会保険労務士"),
    ("G", "情報 ソフトウェア ソフトウエア システム 通信 出版 インターネット WEB ITサ ITコ IT企 IT関 ICT"),
    ("M", "飲食 宿泊 旅館 ホテル 民宿 食堂 居酒屋 レストラン ラーメン カフェ 喫茶 料理"),
    ("N", "生活関連 娯楽 美容 理容 クリーニング 葬祭 旅行 スポーツ ゴルフ"),
    ("P", "医療 福祉 介護 診療 病院 医院 歯科 保育 整骨 鍼灸"),
    ("O", "教育 学習 学校 塾 教室"),
    ("H", "運輸 運送 物流 倉庫 タクシー 郵便 バス"),
    ("K", "不動産 賃貸 リース レンタル"),
    ("J", "金融 保険 銀行 証券"),
    ("D", "建設 建築 土木 工事 工務 大工 塗装 左官 造園 設備"),
    ("C", "鉱業 採石 砂利"),
    ("F", "電気・ガス 熱供給 水道 電力 発電"),
    ("B", "漁業 水産 養殖"),
    ("A", "農業 林業 農園 農家 畜産 酪農 園芸"),
    ("Q", "複合サービス 協同組合"),
    ("R", "整備 廃棄物 警備 派遣 清掃 メンテナンス 修理 サービス"),
    ("S", "公務"),
)
_BY_WORD = [(search_key(word), letter) for letter, words in _WORDS for word in words.split()]


def _key(words: str) -> str:
    return _COMMAS.sub("", search_key(words))


_BY_NAME = {_key(division.label): letter for letter, division in INDUSTRY_DIVISIONS.items()}
_BY_NAME |= {f"{letter.lower()}{name}": letter for name, letter in _BY_NAME.items()}


def division_of(words: str) -> str | None:
    """「E」「Ｅ 製造業」「製造業」「金属製品製造業」「24」「2431」→ "E"; ``None`` when the words do not say.

    A letter, then the official name, then the 2- to 4-digit code, then telling words.
    """
    key = _key(words)
    if letter := _LETTER.match(key):
        return letter[1].upper()
    if (named := _BY_NAME.get(key)) is not None:
        return named
    if code := _CODE.match(key):
        return _of_group(int(code[1]))
    return next((letter for word, letter in _BY_WORD if word in key), None)


def _of_group(group: int) -> str | None:
    return next((letter for letter, last in _LAST_GROUP.items() if 1 <= group <= last), None)
