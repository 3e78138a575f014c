from django.apps import AppConfig


class EngagementsConfig(AppConfig):
    name = "bansou.apps.engagements"
    label = "engagements"
    verbose_name = "伴走支援"
