from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "bansou.apps.organisations"
    label = "organisations"
    verbose_name = "支援機関"
