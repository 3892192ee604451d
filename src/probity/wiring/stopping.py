"""Stopping: whether this process is about to end, for long work that looks."""

import threading

stopping = threading.Event()
"""Set when the process is to end; what is under way leaves the rest to the next."""
