from django.apps import AppConfig


class DialoguesConfig(AppConfig):
    name = "bansou.apps.dialogues"
    label = "dialogues"
    verbose_name = "対話"
