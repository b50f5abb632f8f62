"""A synthetic year of access requests, lived through the acts themselves and checked against its own account."""
