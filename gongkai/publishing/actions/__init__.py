"""Acts of publishing: drafting, issues, deciding, release, postings."""
