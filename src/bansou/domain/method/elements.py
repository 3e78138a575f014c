"""The three elements of the model (guideline summary 2023, chapter 2 section 3)."""

from bansou.domain.method.content_files import read_content
from bansou.domain.method.labelled import LabelledEnum


class Element(LabelledEnum):
    """The three elements with their exact official labels."""

    DIALOGUE = "dialogue", "対話と傾聴による信頼関係の構築"
    FRAMING = "framing", "気づきを促す課題設定型コンサルテーション"
    SELF_RELIANCE = "self_reliance", "経営者の「自走化」のための「内発的動機づけ」と「潜在力」の引き出し"

    @property
    def heading(self) -> str:
        """要素１, 要素２ or 要素３."""
        return f"要素{'１２３'[list(Element).index(self)]}"

    @property
    def meaning(self) -> str:
        """What the element asks of the supporter (our wording)."""
        return str(read_content("elements")[self.value]["meaning"])

    @property
    def practice(self) -> tuple[str, ...]:
        """What it looks like on an ordinary day (our wording)."""
        return tuple(read_content("elements")[self.value]["practice"])
