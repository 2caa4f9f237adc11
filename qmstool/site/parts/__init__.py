"""Make the parts that several pages share: status line, change rows, linked text, labels."""
