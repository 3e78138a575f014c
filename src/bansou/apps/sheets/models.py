"""ローカルベンチマーク of one engagement: settings, accounts, boxes with writer and evidence, versions."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from bansou.apps.dialogues.models import Excerpt
from bansou.apps.engagements.models import Engagement
from bansou.apps.organisations.models import SupportOrganisation
from bansou.domain.locaben import FIGURE_FIELDS, Figures
from bansou.domain.method import BusinessSize
from bansou.domain.shared.written_figures import YenUnit
from bansou.infra.db import AppendOnly, PublicIdField

from .querysets import LocalBenchmarkQuerySet, NormEditionQuerySet

_UNITS = [(unit.value, unit.label) for unit in (YenUnit.THOUSAND, YenUnit.YEN)]


class Side(models.TextChoices):
    """Who holds the pen."""

    SUPPORTER = "supporter", "支援者"
    FIRM = "firm", "経営者"


class LocalBenchmark(models.Model):
    """The sheet as it stands. Every save raises `revision` and leaves a `LocalBenchmarkVersion`."""

    AUDITED = True
    AUDIT_CHILDREN = ("years", "boxes", "evidence")

    public_id = PublicIdField()
    engagement = models.OneToOneField(Engagement, models.PROTECT, related_name="local_benchmark")
    industry_code = models.CharField("業種（ロカベンの小分類）", max_length=4, blank=True)
    size = models.CharField("事業規模", max_length=10, choices=BusinessSize.choices(), blank=True)
    size_reason = models.CharField("規模の決め方", max_length=200, blank=True)
    edition = models.CharField("基準の版", max_length=40, default="2022")
    unit = models.PositiveIntegerField("入力の単位", choices=_UNITS, default=YenUnit.THOUSAND)
    counted_debt = models.JSONField("借入金に含めるもの", default=list, blank=True)
    opened_to_leader_at = models.DateTimeField("経営者のページに開いた日時", null=True, blank=True)
    revision = models.PositiveIntegerField("版", default=0)
    created_at = models.DateTimeField("作った日時", default=timezone.now)

    objects = LocalBenchmarkQuerySet.as_manager()

    class Meta:
        verbose_name = "ローカルベンチマーク"

    def __str__(self) -> str:
        return f"{self.engagement.business}のローカルベンチマーク"

    @property
    def is_open_to_leader(self) -> bool:
        return self.opened_to_leader_at is not None

    @property
    def yen_unit(self) -> YenUnit:
        return YenUnit(self.unit)

    @property
    def firm_size(self) -> BusinessSize | None:
        return BusinessSize(self.size) if self.size else None


class FiscalYearAccounts(models.Model):
    """決算: the figures of one fiscal year in whole 円. Blank is not zero."""

    benchmark = models.ForeignKey(LocalBenchmark, models.CASCADE, related_name="years")
    fiscal_year_end = models.DateField("決算日")
    months = models.PositiveSmallIntegerField(
        "月数", default=12, validators=[MinValueValidator(1), MaxValueValidator(24)]
    )
    unofficial_aid = models.BooleanField("個人事業主の計算補助（非公式）による", default=False)
    employees = models.PositiveIntegerField("従業員数（正社員）", null=True, blank=True)
    sales = models.BigIntegerField("売上高", null=True, blank=True)
    previous_sales = models.BigIntegerField("前期の売上高", null=True, blank=True)
    operating_profit = models.BigIntegerField("営業利益", null=True, blank=True)
    depreciation = models.BigIntegerField("減価償却費", null=True, blank=True)
    cash = models.BigIntegerField("現金・預金", null=True, blank=True)
    notes_receivable = models.BigIntegerField("受取手形", null=True, blank=True)
    accounts_receivable = models.BigIntegerField("売掛金", null=True, blank=True)
    inventory = models.BigIntegerField("棚卸資産", null=True, blank=True)
    borrowings = models.BigIntegerField("借入金", null=True, blank=True)
    notes_payable = models.BigIntegerField("支払手形", null=True, blank=True)
    accounts_payable = models.BigIntegerField("買掛金", null=True, blank=True)
    net_assets = models.BigIntegerField("純資産合計", null=True, blank=True)
    total_assets = models.BigIntegerField("負債・純資産合計", null=True, blank=True)
    electronic_receivables = models.BigIntegerField("電子記録債権", null=True, blank=True)
    electronic_payables = models.BigIntegerField("電子記録債務", null=True, blank=True)
    bonds = models.BigIntegerField("社債", null=True, blank=True)
    lease_obligations = models.BigIntegerField("リース債務", null=True, blank=True)
    officer_loans = models.BigIntegerField("役員借入金", null=True, blank=True)
    total_liabilities = models.BigIntegerField("負債合計", null=True, blank=True)

    class Meta:
        verbose_name = "決算"
        ordering = ["fiscal_year_end"]
        constraints = [
            models.UniqueConstraint(
                fields=["benchmark", "fiscal_year_end"], name="one_set_of_accounts_per_year"
            ),
            models.CheckConstraint(condition=Q(months__range=(1, 24)), name="a_fiscal_year_has_months"),
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year_end:%Y年%-m月期}"

    def as_figures(self, counted_debt: frozenset[str]) -> Figures:
        amounts = {field.key: getattr(self, field.key) for field in FIGURE_FIELDS}
        return Figures(
            fiscal_year_end=self.fiscal_year_end,
            months=self.months,
            counted_debt=counted_debt,
            unofficial_aid=self.unofficial_aid,
            **amounts,
        )


class SheetBox(models.Model):
    """欄: the words in one box of the sheet, and who wrote them last."""

    benchmark = models.ForeignKey(LocalBenchmark, models.CASCADE, related_name="boxes")
    key = models.CharField("欄の名前", max_length=60)
    text = models.TextField("内容")
    side = models.CharField("書いた側", max_length=10, choices=Side)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField("書いた日時", default=timezone.now)

    class Meta:
        verbose_name = "シートの欄"
        constraints = [
            models.UniqueConstraint(fields=["benchmark", "key"], name="one_text_per_box"),
        ]


class BoxEvidence(models.Model):
    """根拠: the words of a dialogue a box rests on."""

    benchmark = models.ForeignKey(LocalBenchmark, models.CASCADE, related_name="evidence")
    key = models.CharField("欄の名前", max_length=60)
    # Words that something rests on are not let go.
    excerpt = models.ForeignKey(Excerpt, models.PROTECT, related_name="box_evidence")

    class Meta:
        verbose_name = "欄の根拠"
        constraints = [
            models.UniqueConstraint(fields=["benchmark", "key", "excerpt"], name="one_pointer_per_excerpt"),
        ]


class LocalBenchmarkVersion(AppendOnly):
    """The whole sheet after one save, with the scores and the edition they rest on."""

    AUDITED = True

    public_id = PublicIdField()
    benchmark = models.ForeignKey(LocalBenchmark, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField("版")
    what = models.CharField("変えたところ", max_length=200)
    side = models.CharField("保存した側", max_length=10, choices=Side)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField("保存した日時", default=timezone.now)
    content = models.JSONField("内容")

    class Meta:
        verbose_name = "ローカルベンチマークの版"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["benchmark", "number"], name="one_sheet_per_version"),
        ]

    def __str__(self) -> str:
        return f"{self.benchmark} 第{self.number}版"


class ChangeDecision(models.TextChoices):
    RECORDED = "recorded", "成果の候補として記録した"
    DISMISSED = "dismissed", "記録しない"


class NoticedChange(AppendOnly):
    """A marked change between two years, and what the adviser decided: food for the outcomes."""

    AUDITED = True

    public_id = PublicIdField()
    benchmark = models.ForeignKey(LocalBenchmark, models.CASCADE, related_name="noticed_changes")
    key = models.CharField("何が変わったか", max_length=30)
    from_end = models.DateField("前の決算日")
    to_end = models.DateField("後の決算日")
    before = models.BigIntegerField("前の値")
    after = models.BigIntegerField("後の値")
    decision = models.CharField("決めたこと", max_length=10, choices=ChangeDecision)
    words = models.TextField("何があったか", blank=True)
    noticed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    noticed_at = models.DateTimeField("記録した日時", default=timezone.now)

    class Meta:
        verbose_name = "決算に表れた変化"
        constraints = [
            models.UniqueConstraint(
                fields=["benchmark", "key", "from_end", "to_end", "before", "after"],
                name="one_decision_per_change",
            ),
            models.CheckConstraint(condition=Q(from_end__lt=F("to_end")), name="a_change_goes_forward"),
        ]

    def __str__(self) -> str:
        return f"{self.benchmark} {self.to_end:%Y年%-m月期}に表れた変化"


class NormEdition(AppendOnly):
    """業種基準値の版 loaded by an office (its own) or by the 事務局 (for all). Never overwritten."""

    AUDITED = True

    public_id = PublicIdField()
    organisation = models.ForeignKey(
        SupportOrganisation, models.PROTECT, null=True, blank=True, related_name="norm_editions"
    )
    code = models.CharField("版の記号", max_length=40)
    label = models.CharField("版の名前", max_length=120)
    source = models.CharField("出典", max_length=300)
    dated = models.CharField("基準の時点", max_length=60)
    official = models.BooleanField("ローカルベンチマークの公式の基準", default=False)
    provenance = models.TextField("由来", blank=True)
    rows = models.TextField("基準値の表（CSV）")
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    loaded_at = models.DateTimeField("読み込んだ日時", default=timezone.now)

    objects = NormEditionQuerySet.as_manager()

    class Meta:
        verbose_name = "業種基準値の版"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="one_norm_edition_per_office"),
            models.CheckConstraint(
                condition=Q(official=False) | Q(organisation__isnull=True),
                name="norms_of_an_office_are_not_official",
            ),
            models.UniqueConstraint(
                fields=["code"], condition=Q(organisation__isnull=True), name="one_norm_edition_of_the_house"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class AccountLayout(models.Model):
    """会計データの読み方: what an office confirmed once for one layout of exports."""

    organisation = models.ForeignKey(SupportOrganisation, models.CASCADE, related_name="account_layouts")
    signature = models.CharField("書式の目印", max_length=64)
    vendor = models.CharField("会計ソフト", max_length=60, blank=True)
    mapping = models.JSONField("科目の対応")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField("確かめた日時", default=timezone.now)

    class Meta:
        verbose_name = "会計データの読み方"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "signature"], name="one_reading_per_layout"),
        ]


class SheetFile(models.Model):
    """A file on its way in: as it came, until its preview was confirmed, a week at the longest."""

    public_id = PublicIdField()
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="sheet_files")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    filename = models.CharField("ファイル名", max_length=200)
    content = models.BinaryField("ファイルの中身")
    uploaded_at = models.DateTimeField("受け取った日時", default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "取り込み中の決算ファイル"
