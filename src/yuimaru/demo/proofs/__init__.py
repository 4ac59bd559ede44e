"""Proofs of what must never break, each a part of `yuimaru prove` that anybody can run on their own machine.

Every part is a module with `prove(count)`. It works in a folder of its own, on a server of its own.
"""
