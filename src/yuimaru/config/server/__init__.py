"""One server on one machine: a supervisor that keeps a web process and a worker process alive."""
