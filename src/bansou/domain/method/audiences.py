"""For whom a guidance page is written."""

from bansou.domain.method.labelled import LabelledEnum


class Audience(LabelledEnum):
    """ALL is the base; the other three are laid over it."""

    ALL = "all", "共通"
    MEDIUM = "medium", "中規模事業者"
    SMALL = "small", "小規模事業者"
    SUCCESSION = "succession", "事業承継"
