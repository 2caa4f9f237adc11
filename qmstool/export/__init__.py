"""Hand texts and tables on as files of other programs: Excel."""
