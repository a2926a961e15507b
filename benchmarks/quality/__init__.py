"""How right the disagreements are: runs stories, scores what comes out, and says which stage lost what it missed."""
