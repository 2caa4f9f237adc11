"""Say how every document stands on a day, from its releases: states, versions, due dates."""
