"""Evaluation: everyone judged by a published index system, with reasons."""
