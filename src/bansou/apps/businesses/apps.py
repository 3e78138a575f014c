from django.apps import AppConfig


class BusinessesConfig(AppConfig):
    name = "bansou.apps.businesses"
    label = "businesses"
    verbose_name = "事業者"
