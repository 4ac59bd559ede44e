"""Messages to people over a channel; written in the transaction of the act, sent afterwards by a job."""
