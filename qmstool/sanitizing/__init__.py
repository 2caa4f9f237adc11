"""Keep of what strangers write only the harmless: HTML, drawings, styles, printed sheets."""
