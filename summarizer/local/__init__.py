"""The embedded model: its weights (`weights`) and the server in this process that runs them (`server`)."""
