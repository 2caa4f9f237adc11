"""Make the site of a manual: finished pages, assets and a mkdocs.yml; build and audit them.

What goes in: the manual, its references and its register. The rooms, in the order data passes them:
`edition` gathers what all pages of a version need, `pages` makes values of it with the help of
`parts`, `build` writes and renders them, `search` and `safety` read the result, `publish` puts it
in place.
"""
