"""The work that follows a submission: cases that move from step to step, tasks that wait for somebody."""
