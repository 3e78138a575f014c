"""Business, BusinessPerson, Site, and the office's own column names for imports."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from bansou.apps.organisations.models import SupportOrganisation
from bansou.domain.japanese import as_hiragana, business_name_key, kana_key, phone_key, search_key
from bansou.domain.method import BusinessSize, Viewpoint, industry_choices
from bansou.infra.db import PublicIdField

from .querysets import BusinessPersonQuerySet, BusinessQuerySet


class LegalForm(models.TextChoices):
    CORPORATION = "corporation", "法人"
    SOLE_TRADER = "sole_trader", "個人事業主"


class Business(models.Model):
    """One firm in the records of one support organisation. Keys for matching are derived on every save."""

    AUDITED = True
    AUDIT_CHILDREN = ("people", "sites")

    public_id = PublicIdField()
    organisation = models.ForeignKey(SupportOrganisation, models.PROTECT, related_name="businesses")
    name = models.CharField("事業者名", max_length=120)
    kana = models.CharField("ふりがな", max_length=160, blank=True)
    legal_form = models.CharField(
        "法人・個人", max_length=20, choices=LegalForm, default=LegalForm.CORPORATION
    )
    corporate_number = models.CharField("法人番号", max_length=13, blank=True)
    phone = models.CharField("電話番号", max_length=30, blank=True)
    email = models.EmailField("メールアドレス", blank=True)
    prefecture = models.CharField("都道府県コード", max_length=2, blank=True)
    address = models.CharField("所在地", max_length=200, blank=True)
    industry = models.CharField("業種（大分類）", max_length=1, blank=True, choices=industry_choices())
    industry_detail = models.CharField("業種のくわしい内容", max_length=80, blank=True)
    capital_yen = models.BigIntegerField(
        "資本金（円）", null=True, blank=True, validators=[MinValueValidator(0)]
    )
    headcount = models.PositiveIntegerField("従業員数", null=True, blank=True)
    size = models.CharField("規模", max_length=10, choices=BusinessSize.choices())
    size_reason = models.CharField("規模の決め方", max_length=200, blank=True)
    closing_month = models.PositiveSmallIntegerField(
        "決算月", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    founded_year = models.PositiveSmallIntegerField("創業年", null=True, blank=True)
    succession = models.BooleanField("事業承継が論点になっている", default=False)
    memo = models.TextField("覚え書き", blank=True)
    # Derived; what duplicates and searches are matched by.
    name_key = models.CharField("名称の照合用", max_length=160, editable=False, db_index=True)
    kana_key = models.CharField("ふりがなの照合用", max_length=200, editable=False, db_index=True, blank=True)
    phone_key = models.CharField("電話番号の照合用", max_length=30, editable=False, db_index=True, blank=True)
    search_text = models.TextField("検索用", editable=False, blank=True)
    revision = models.PositiveIntegerField("版", default=1)
    created_at = models.DateTimeField("登録日時", default=timezone.now)

    objects = BusinessQuerySet.as_manager()

    class Meta:
        verbose_name = "事業者"
        indexes = [
            models.Index(fields=["organisation", "kana_key", "id"], name="business_by_kana"),
            models.Index(fields=["organisation", "corporate_number"], name="business_by_number"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(corporate_number="") | models.Q(corporate_number__regex=r"^[0-9]{13}$"),
                name="corporate_number_has_13_digits",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **options: object) -> None:
        self.derive_keys()
        super().save(*args, **options)  # type: ignore[arg-type]

    def derive_keys(self) -> None:
        """Keep the reading in hiragana, fill the matching columns; for save() and before bulk inserts."""
        self.kana = as_hiragana(self.kana)[:160]
        self.name_key = business_name_key(self.name)[:160]
        self.kana_key = kana_key(self.kana)[:200]
        self.phone_key = phone_key(self.phone)[:30]
        words = [
            self.name,
            self.kana,
            self.corporate_number,
            self.phone_key,
            self.address,
            self.industry_detail,
        ]
        self.search_text = " ".join(filter(None, [search_key(" ".join(words)), self.name_key, self.kana_key]))


class BusinessPerson(models.Model):
    """A person of the business and the viewpoint they speak from. The 経営者 may be linked to an account."""

    public_id = PublicIdField()
    business = models.ForeignKey(Business, models.CASCADE, related_name="people")
    name = models.CharField("氏名", max_length=80)
    kana = models.CharField("ふりがな", max_length=120, blank=True)
    title = models.CharField("役職・立場", max_length=60, blank=True)
    viewpoint = models.CharField("視点", max_length=20, choices=Viewpoint.choices(), default=Viewpoint.LEADER)
    phone = models.CharField("電話番号", max_length=30, blank=True)
    email = models.EmailField("メールアドレス", blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="people"
    )
    # An open invitation to the own page: emptied when it is accepted or taken back, so a link works once.
    own_page_nonce = models.CharField("招待の合言葉", max_length=43, blank=True, editable=False)
    own_page_email = models.EmailField("招待の宛先", blank=True, editable=False)
    left_on = models.DateField("離れた日", null=True, blank=True)

    objects = BusinessPersonQuerySet.as_manager()

    class Meta:
        verbose_name = "事業者の関係者"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(account__isnull=True) | models.Q(viewpoint=Viewpoint.LEADER),
                name="only_the_leader_has_an_account",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.title or self.get_viewpoint_display()}）"


class Site(models.Model):
    public_id = PublicIdField()
    business = models.ForeignKey(Business, models.CASCADE, related_name="sites")
    name = models.CharField("拠点名", max_length=80)
    address = models.CharField("所在地", max_length=200, blank=True)
    phone = models.CharField("電話番号", max_length=30, blank=True)

    class Meta:
        verbose_name = "拠点"

    def __str__(self) -> str:
        return self.name


class ColumnMapping(models.Model):
    """How one layout of an office's own list is read; confirmed once, remembered for the next file."""

    organisation = models.ForeignKey(SupportOrganisation, models.CASCADE, related_name="column_mappings")
    layout = models.CharField("見出しの要約値", max_length=64)
    columns = models.JSONField("列の対応")
    confirmed_at = models.DateTimeField("確認日時", default=timezone.now)

    class Meta:
        verbose_name = "取り込み列の対応"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "layout"], name="one_mapping_per_layout"),
        ]


class BusinessImport(models.Model):
    """A list on its way in: the file as it came, until its good rows are taken or it is thrown away.

    Once taken, `content` holds only the rows that were left out, as CSV.
    """

    public_id = PublicIdField()
    organisation = models.ForeignKey(SupportOrganisation, models.CASCADE, related_name="business_imports")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    filename = models.CharField("ファイル名", max_length=200)
    content = models.BinaryField("ファイルの中身")
    columns = models.JSONField("列の対応", default=dict)
    uploaded_at = models.DateTimeField("受け取った日時", default=timezone.now)
    taken_at = models.DateTimeField("取り込んだ日時", null=True, blank=True)
    taken_rows = models.PositiveIntegerField("取り込んだ件数", default=0)

    class Meta:
        verbose_name = "事業者リストの取り込み"

    @property
    def columns_are_confirmed(self) -> bool:
        """Whether a person has settled what the columns mean, now or for an earlier file of this layout."""
        return bool(self.columns.get("confirmed"))
