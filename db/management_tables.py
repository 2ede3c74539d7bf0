"""The management year: recruitment, training, meetings, documents, grades, evaluation, supervision, inspections and what a 来文 asks."""

from __future__ import annotations
