"""Read what an organization has in Word and Excel: its words, numbers and control data, whole."""
