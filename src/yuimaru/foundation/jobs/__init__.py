"""Work that is done after the answer: one table of jobs with lease and fencing, in the database of the act itself."""
