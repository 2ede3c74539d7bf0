"""附件: scans and documents that hang on any record, kept by their SHA-256."""

from __future__ import annotations
