"""Read any office file into text and tables; write docx, pdf, xlsx. Pure: no Django, no clock, no network."""
