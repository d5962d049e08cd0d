"""For all tests: the signals a shell in the foreground would give them."""

import signal

# Ignored signals are inherited, and what a script starts in the background ignores Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)
