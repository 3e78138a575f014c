"""The five walls that keep a business from changing itself (自己変革を妨げる5つの壁)."""

from bansou.domain.method.content_files import read_content
from bansou.domain.method.labelled import LabelledEnum
from bansou.domain.method.steps import Step


class Wall(LabelledEnum):
    """The five walls; step mapping is our rule."""

    UNSEEN = "unseen", "見えない"
    UNFACED = "unfaced", "向き合わない"
    UNDONE = "undone", "実行できない"
    UNFOLLOWED = "unfollowed", "付いてこない"
    LACKING = "lacking", "足りない"

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps at which this wall mostly stands."""
        return _STEPS[self]

    @property
    def sign(self) -> str:
        """What one sees or hears when the wall is there (our wording)."""
        return str(read_content("walls")[self.value]["sign"])

    @property
    def task(self) -> str:
        """What the supporter then tries to do (our wording)."""
        return str(read_content("walls")[self.value]["task"])

    @property
    def means(self) -> tuple[str, ...]:
        """Typical means."""
        return tuple(read_content("walls")[self.value]["means"])

    @property
    def question(self) -> str:
        """An open question that helps to look over the wall (our wording)."""
        return str(read_content("walls")[self.value]["question"])


_STEPS = {
    Wall.UNSEEN: (Step.MUTUAL_UNDERSTANDING, Step.INSIGHT),
    Wall.UNFACED: (Step.TRUST_BUILDING, Step.INSIGHT),
    Wall.UNDONE: (Step.MOTIVATION, Step.RESOLUTION),
    Wall.UNFOLLOWED: (Step.MOTIVATION, Step.RESOLUTION),
    Wall.LACKING: (Step.RESOLUTION,),
}


class WallFinding(LabelledEnum):
    """What was found about one wall on one day; repeated over time, never a one-off tick (our rule)."""

    PRESENT = "present", "該当"
    SIGNS = "signs", "兆候あり"
    ABSENT = "absent", "該当なし"
