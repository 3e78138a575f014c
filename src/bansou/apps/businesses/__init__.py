"""事業者: the firm, its people, viewpoints and sites, as one support organisation knows them."""
