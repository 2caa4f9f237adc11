"""Hand texts and tables on as files of other programs: PDF for paper, workbooks for Excel."""
