"""The command line of operators and administrators; every command works without a running server."""
