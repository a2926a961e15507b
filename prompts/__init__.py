"""What the model is told: one directory per task, one Markdown file per version; loaded by `summarizer.prompting`."""
