import os

open("tool", "w").close()
os.chmod("tool", 0o644)
