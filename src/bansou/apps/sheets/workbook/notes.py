"""The notes below the sheet: what each ● means, and the rules that always stand.

The file calculates anew, so a sentence may speak of a period only under the condition of its ●.
"""

from bansou.domain.locaben import Note, RuleMark

from .formulas import MARKS, NO_POINTS

LEAD = "次の説明は、「これまでの歩み」で ● の付いた期だけに当てはまります。"
_MEANINGS = {
    Note.NET_CASH: "現金・預金が借入金以上にある期です。EBITDA有利子負債倍率を5点とします",
    Note.EBITDA_NOT_POSITIVE: "EBITDA（営業利益＋減価償却費）がゼロ以下の期は、倍率を計算しません。"
    "借入金が現金・預金より多いときは1点とし、そうでないときは点を付けません",
    Note.EMPLOYEES_ZERO_AS_ONE: "正社員が0人の期は、1人として労働生産性を計算します",
    Note.INSOLVENT: "純資産がマイナスの期は、自己資本比率をマイナスのまま評価します",
    Note.PERIOD_NOT_TWELVE_MONTHS: "決算期間（売上増加率では前期も）が12か月でない期は、"
    "売上増加率・営業利益率・営業運転資本回転期間を参考値とします。12か月分への換算はしません",
    Note.OTHER_DEBT_COUNTED: "社債・リース債務・役員借入金のうち「含める」を選んだものがある期は、"
    "借入金に加えます",
    Note.UNOFFICIAL_AID: "個人事業主の計算補助（非公式）で青色申告決算書から計算した数字を使う期です",
}
_ALWAYS = (
    "前期の売上高がない、売上高や総資産がゼロ以下、数字が空欄のときは「算出不可」とし、点を付けません",
    "区切りとちょうど同じ値には、良いほうの点を付けます",
    f"点の付かない指標は「{NO_POINTS}」と示し、そのときは合計点と総合評価を出しません",
)


def sentences() -> list[tuple[str, bool]]:
    """Each note, and whether it stands for itself (a heading of those below) rather than in the list."""
    of_marks = []
    for note, words in MARKS:
        mark = "" if note.mark is RuleMark.CONFIRMED else f"（{note.mark.label}）"
        of_marks.append((f"{words}：{_MEANINGS[note]}{mark}", False))
    return [
        (LEAD, True),
        *of_marks,
        ("次の規則は、どの期にも当てはまります。", True),
        *((f"{words}（当方の規則）", False) for words in _ALWAYS),
    ]
