"""Words of a dialogue: kept as evidence, let go, shared with the 経営者 who said them."""

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from bansou.apps.audit.operations import Verb
from bansou.domain.access import Actor
from bansou.domain.method import Viewpoint
from bansou.domain.shared import Refusal

from .models import Excerpt, SpeakerSide, Statement
from .operations import note_in_trail, refuse_withdrawn, rests_on_words

KEPT_WORDS = Verb("words_kept", "言葉を残しました")
LET_GO_WORDS = Verb("words_let_go", "残した言葉を外しました")
SHARED = Verb("statement_shared", "本人のページに載せました")
UNSHARED = Verb("statement_unshared", "本人のページから外しました")


@transaction.atomic
def keep_words(*, actor: Actor, statement: Statement, start: int, end: int) -> Excerpt:
    """Keep a span of a statement as evidence. Positions count characters of its text."""
    refuse_withdrawn(statement.dialogue)
    if not 0 <= start < end <= len(statement.text):
        raise Refusal("span_outside", "選んだ範囲が、発言の外に出ています。")
    excerpt, is_new = Excerpt.objects.get_or_create(
        statement=statement,
        start=start,
        end=end,
        defaults={"dialogue": statement.dialogue, "marked_by_id": actor.signed_in_key},
    )
    if is_new:
        note_in_trail(actor, KEPT_WORDS, statement.dialogue)
    return excerpt


@transaction.atomic
def let_go_of_words(*, actor: Actor, statement: Statement) -> None:
    """Take the marks off a statement; the statement itself stays."""
    refuse_withdrawn(statement.dialogue)
    try:
        removed, _ = statement.excerpts.all().delete()
    except ProtectedError as error:
        raise rests_on_words() from error
    if removed:
        note_in_trail(actor, LET_GO_WORDS, statement.dialogue)


@transaction.atomic
def share_with_leader(*, actor: Actor, statement: Statement, shared: bool) -> None:
    """Show the 経営者 own words on the own page, or take them back. Nobody else's words can be shared."""
    refuse_withdrawn(statement.dialogue)
    if shared and (statement.viewpoint != Viewpoint.LEADER or statement.side != SpeakerSide.FIRM):
        raise Refusal("not_own_words", "本人のページに載せられるのは、経営者本人の言葉だけです。")
    if shared and statement.person_id is None:
        raise Refusal("speaker_unknown", "どの経営者の言葉かがわからないため、本人のページに載せられません。")
    statement.shared_at = timezone.now() if shared else None
    statement.save(update_fields=["shared_at"])
    note_in_trail(actor, SHARED if shared else UNSHARED, statement.dialogue)
