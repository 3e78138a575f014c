"""ローカルベンチマーク, by user task: the figures, the words, paper and files."""

from django.urls import include, path

urlpatterns = [
    path("", include("bansou.web.sheets.finance_urls")),
    path("", include("bansou.web.sheets.words_urls")),
    path("", include("bansou.web.sheets.paper_urls")),
]
