"""The notice as code: terms, kinds, dated parameters, facts, rules. Standard library only."""
