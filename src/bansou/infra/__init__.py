"""Framework pieces that know no business word."""
