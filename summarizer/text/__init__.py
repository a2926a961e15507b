"""Text tools: numbers, quantities, dates and times in many languages."""
