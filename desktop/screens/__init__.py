"""The screens, one a file: what a clerk sees of a list, an act or a return."""
