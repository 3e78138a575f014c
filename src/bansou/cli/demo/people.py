"""The bodies and the people of the demo, and who works where."""

from dataclasses import dataclass

from bansou.apps.accounts.models import Account
from bansou.apps.accounts.operations import open_account
from bansou.apps.organisations.models import OrganisationKind, SupportOrganisation
from bansou.apps.organisations.operations import add_member, register_organisation
from bansou.domain.access import Actor, Role

PASSWORD = "bansou-demo"  # noqa: S105 - known to everybody, and only good for fictional records


@dataclass(frozen=True)
class Somebody:
    """`body` is a key of BODIES, or "" for a 経営者; `words` describe the account to a newcomer."""

    name: str
    kana: str
    body: str = ""
    roles: tuple[Role, ...] = ()
    title: str = ""
    words: str = ""


BODIES = {
    "chamber": ("川辺商工会議所", OrganisationKind.CHAMBER_OF_COMMERCE),
    "yorozu": ("よろず支援拠点 川辺サテライト", OrganisationKind.YOROZU),
    "secretariat": ("伴走支援推進 事務局", OrganisationKind.SECRETARIAT),
    "yamate": ("山手商工会", OrganisationKind.SOCIETY_OF_COMMERCE),
}

# The part before @demo.example.
PEOPLE = {
    "shien": Somebody(
        "佐野 恵",
        "さの めぐみ",
        "chamber",
        (Role.ADVISER,),
        "経営指導員",
        "川辺商工会議所の経営指導員。七つのステップすべてに伴走先があります",
    ),
    "kanri": Somebody(
        "大沢 和夫",
        "おおさわ かずお",
        "chamber",
        (Role.ADMINISTRATOR,),
        "中小企業相談所長",
        "川辺商工会議所の管理者。所属・引継ぎ・監査記録を見ます",
    ),
    "odagiri": Somebody(
        "小田切 徹",
        "おだぎり とおる",
        "chamber",
        (Role.ADVISER,),
        "経営指導員・中小企業診断士",
        "佐野さんの同僚の支援者",
    ),
    "yorozu": Somebody(
        "西野 章子",
        "にしの あきこ",
        "yorozu",
        (Role.ADVISER, Role.REFERRAL_RECIPIENT),
        "コーディネーター",
        "よろず支援拠点のコーディネーター。橋渡しを受けます",
    ),
    "jimukyoku": Somebody(
        "倉田 望",
        "くらた のぞみ",
        "secretariat",
        (Role.SECRETARIAT,),
        "推進担当",
        "事務局。手引きの言葉を改めます",
    ),
    "shacho": Somebody("港 健一", "みなと けんいち", words="みなと精機の社長。自社のページを見ます"),
    "tasha": Somebody(
        "原 直樹",
        "はら なおき",
        "yamate",
        (Role.ADVISER,),
        "経営指導員",
        "別の機関の支援者。川辺の記録は何も見えません",
    ),
}


def open_bodies(by: Actor) -> dict[str, SupportOrganisation]:
    return {
        key: register_organisation(actor=by, name=name, kind=kind, prefecture="14")
        for key, (name, kind) in BODIES.items()
    }


def open_accounts(by: Actor, bodies: dict[str, SupportOrganisation]) -> dict[str, Account]:
    accounts = {}
    for key, somebody in PEOPLE.items():
        account = open_account(
            actor=by,
            email=f"{key}@demo.example",
            name=somebody.name,
            kana=somebody.kana,
            password=PASSWORD,
        )
        for role in somebody.roles:
            add_member(
                actor=by, organisation=bodies[somebody.body], account=account, role=role, title=somebody.title
            )
        accounts[key] = account
    return accounts
