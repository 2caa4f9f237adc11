"""Check running text for what readers stumble over: terms, abbreviations, duties, typing errors."""
