"""対話の記録: note, transcript, the three layers."""
