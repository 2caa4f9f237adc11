"""Manual + releases + a day → how every document stands: states, versions, due dates."""
