"""The tamper-evident log of every act, one hash chain per owner, and the outbox that others react from.

Stands at the bottom: it knows codes and ids as plain values and holds no personal text.
"""
