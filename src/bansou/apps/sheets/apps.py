from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "bansou.apps.sheets"
    label = "sheets"
    verbose_name = "シート"
