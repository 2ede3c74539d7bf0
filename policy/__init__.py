"""The notice as code: terms, kinds, dated parameters, facts, rules, the estimate. Standard library only."""
