"""Staff pages that show several rooms or several bodies."""
