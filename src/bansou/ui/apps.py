from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "bansou.ui"
    label = "ui"
    verbose_name = "画面部品"
