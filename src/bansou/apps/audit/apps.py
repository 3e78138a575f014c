from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "bansou.apps.audit"
    label = "audit"
    verbose_name = "監査証跡"
