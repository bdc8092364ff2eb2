"""How fast the site is, told in numbers that a busy machine does not blur: pairs and counts."""
