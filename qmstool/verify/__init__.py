"""The auditor's questions, each answered yes, no or not evidenced, with the doubts and their places."""
