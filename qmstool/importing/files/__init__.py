"""Open what files hold: archives, pictures, and what LibreOffice makes of old forms."""
