"""Write documents: PDF, docx, xlsx, archives, QR codes."""
