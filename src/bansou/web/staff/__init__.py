"""The 管理者's rooms: members, invitations, handover, who read what."""
