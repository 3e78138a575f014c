"""対話: each meeting, in three layers kept apart: 発言録, 仮説, 公式記録."""
