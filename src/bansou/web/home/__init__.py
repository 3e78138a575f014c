"""The door of the house: where a visitor lands, what an error looks like, is the house alive."""
