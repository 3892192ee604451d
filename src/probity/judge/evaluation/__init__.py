"""Evaluation: everyone judged by a published index system, inputs pinned, reasons kept."""
