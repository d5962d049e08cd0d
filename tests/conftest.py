"""For all tests: the signals a shell in the foreground would give them."""

import signal

# Ignored signals are inherited: what a script starts in the background ignores Ctrl-C, and what
# nohup starts a lost terminal.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
