"""伴走支援: the long companionship with one business, its team, its checklist and its seven steps."""
