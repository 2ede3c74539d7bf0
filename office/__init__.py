"""What the office does, one act a file, and the command line. No windows."""

__version__ = "0.1.0"
