"""Yuimaru (ゆいまーる): one installation, many municipalities; what one builds, all may use."""

__version__ = "0.1.0"
