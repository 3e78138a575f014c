"""ローカルベンチマーク: six indicators, points and grade; the talk around them; one firm and a million firms."""
