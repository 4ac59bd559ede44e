"""やさしい日本語: what makes a text hard to read for people who are learning Japanese, and what can surely be said easier.

After the ideas of the public guideline for it; the lists of words are our own. No model takes part.
"""
