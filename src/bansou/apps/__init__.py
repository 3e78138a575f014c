"""One Django app per noun of the domain; they never know HTTP."""
