"""SupportOrganisation, Membership, Invitation."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone

from bansou.domain.access import Role
from bansou.infra.db import PublicIdField

from .querysets import InvitationQuerySet, MembershipQuerySet, SupportOrganisationQuerySet


class OrganisationKind(models.TextChoices):
    """Kinds of bodies (glossary; method.md §1)."""

    SOCIETY_OF_COMMERCE = "society_of_commerce", "商工会"
    CHAMBER_OF_COMMERCE = "chamber_of_commerce", "商工会議所"
    FEDERATION = "federation", "中小企業団体中央会"
    YOROZU = "yorozu", "よろず支援拠点"
    BUREAU = "bureau", "経済産業局"
    SMRJ = "smrj", "中小企業基盤整備機構"
    FINANCIAL = "financial", "金融機関"
    GUARANTEE = "guarantee", "信用保証協会"
    PROFESSIONAL = "professional", "士業"
    LOCAL_GOVERNMENT = "local_government", "地方公共団体"
    FOUNDATION = "foundation", "公益財団法人等"
    SECRETARIAT = "secretariat", "事務局・推進室"


class SupportOrganisation(models.Model):
    AUDITED = True

    public_id = PublicIdField()
    name = models.CharField("名称", max_length=120)
    kind = models.CharField("種別", max_length=30, choices=OrganisationKind)
    prefecture = models.CharField("都道府県コード", max_length=2, blank=True)
    phone = models.CharField("電話番号", max_length=30, blank=True)
    created_at = models.DateTimeField("登録日時", default=timezone.now)

    objects = SupportOrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "支援機関"

    def __str__(self) -> str:
        return self.name


def _membership_roles() -> list[tuple[str, str]]:
    # The leader of a business belongs to the business, not to a support organisation.
    return [(role.value, role.label) for role in Role if role is not Role.BUSINESS_LEADER]


class Membership(models.Model):
    """One role of one person in one organisation; a person may hold several, also in several bodies."""

    AUDITED = True

    public_id = PublicIdField()
    organisation = models.ForeignKey(SupportOrganisation, models.PROTECT, related_name="memberships")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    role = models.CharField("役割", max_length=30, choices=_membership_roles)
    title = models.CharField("肩書", max_length=60, blank=True)
    joined_at = models.DateTimeField("所属した日時", default=timezone.now)
    left_at = models.DateTimeField("外れた日時", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "所属"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "account", "role"],
                condition=models.Q(left_at__isnull=True),
                name="one_current_membership_per_role",
            ),
            models.CheckConstraint(
                condition=~models.Q(role=Role.BUSINESS_LEADER), name="leader_is_no_member_of_a_body"
            ),
        ]
        indexes = [models.Index(fields=["account", "left_at"], name="membership_by_account")]

    def __str__(self) -> str:
        return f"{self.account}（{self.get_role_display()}）"


class Invitation(models.Model):
    """A mail link by which somebody joins. Only the digest of its token is kept."""

    AUDITED = True

    public_id = PublicIdField()
    organisation = models.ForeignKey(SupportOrganisation, models.PROTECT, related_name="invitations")
    email = models.EmailField("メールアドレス")
    name = models.CharField("氏名", max_length=80, blank=True)
    role = models.CharField("役割", max_length=30, choices=_membership_roles)
    title = models.CharField("肩書", max_length=60, blank=True)
    token_digest = models.CharField("招待リンクの要約値", max_length=64, unique=True)
    # None: the person who runs the server founded the organisation (`bansou found`).
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    created_at = models.DateTimeField("招待日時", default=timezone.now)
    expires_at = models.DateTimeField("期限")
    accepted_at = models.DateTimeField("受諾日時", null=True, blank=True)
    withdrawn_at = models.DateTimeField("取消日時", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "招待"

    def __str__(self) -> str:
        return f"{self.email}（{self.get_role_display()}）"

    def is_open(self, now: datetime) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None and now < self.expires_at
