"""How people and machines come in: residents, officials, command line; they share only `look`."""
