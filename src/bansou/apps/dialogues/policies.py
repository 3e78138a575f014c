"""The doors of this room."""

from bansou.apps.engagements.policies import facts_of_engagement
from bansou.domain.access import Actor, Capability, NotVisible, decide

from .models import DialogueSession, Promise, Statement, TranscriptUpload


def access_dialogue(actor: Actor, public_id: str, capability: Capability) -> DialogueSession:
    dialogue = (
        DialogueSession.objects.select_related(
            "engagement__business", "engagement__organisation", "written_by"
        )
        .filter(public_id=public_id)
        .first()
    )
    if dialogue is None:
        raise NotVisible
    decide(capability, facts_of_engagement(actor, dialogue.engagement)).enforce()
    return dialogue


def access_promise(actor: Actor, public_id: str) -> Promise:
    promise = (
        Promise.objects.select_related("dialogue__engagement__business", "dialogue__engagement__organisation")
        .filter(public_id=public_id)
        .first()
    )
    if promise is None:
        raise NotVisible
    decide(Capability.CONDUCT_ENGAGEMENT, facts_of_engagement(actor, promise.dialogue.engagement)).enforce()
    return promise


def access_statement(actor: Actor, public_id: str) -> Statement:
    statement = (
        Statement.objects.select_related(
            "dialogue__engagement__business", "dialogue__engagement__organisation"
        )
        .filter(public_id=public_id)
        .first()
    )
    if statement is None:
        raise NotVisible
    decide(Capability.CONDUCT_ENGAGEMENT, facts_of_engagement(actor, statement.dialogue.engagement)).enforce()
    return statement


def access_upload(actor: Actor, public_id: str) -> TranscriptUpload:
    """A file on its way in belongs to the person who brought it, as long as they are on the team."""
    upload = (
        TranscriptUpload.objects.select_related("engagement__business", "engagement__organisation")
        .filter(public_id=public_id, uploaded_by_id=actor.account_key)
        .first()
    )
    if upload is None:
        raise NotVisible
    decide(Capability.CONDUCT_ENGAGEMENT, facts_of_engagement(actor, upload.engagement)).enforce()
    return upload
