"""Hold what the site says in Vietnamese and English."""
