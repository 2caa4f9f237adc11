"""Answer the auditor's questions: yes, no or not evidenced, with what does not fit and where."""
