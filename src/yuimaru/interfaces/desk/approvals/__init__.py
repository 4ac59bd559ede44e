"""起案・決裁 at the desk: the document and its route on a task's page, what waits for a signature, who is away."""
