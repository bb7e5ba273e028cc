"""The core: records, words, rules and the shell that runs them."""
