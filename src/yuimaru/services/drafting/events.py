"""What drafting writes into the log: that somebody had a reply drafted, never what was asked."""

DRAFTED = "reply.drafted"
