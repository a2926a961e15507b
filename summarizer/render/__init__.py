"""Results for readers: the terminal (`text`), pull requests (`markdown`), programs (JSON by the schemas themselves)."""
