from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "bansou.apps.accounts"
    label = "accounts"
    verbose_name = "利用者アカウント"
