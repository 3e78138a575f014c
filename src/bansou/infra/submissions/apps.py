from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    name = "bansou.infra.submissions"
    label = "submissions"
    verbose_name = "入力の保全"
