"""For other assistants: the Model Context Protocol over the API, under the same rules as everybody."""
