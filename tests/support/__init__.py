"""Plain helpers of the tests: a scripted server, recorded conversations, and a network that is shut."""
