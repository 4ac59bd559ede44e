"""The world outside, behind the ports of the services."""
