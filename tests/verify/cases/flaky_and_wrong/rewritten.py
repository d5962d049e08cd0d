import os
import sys

print(os.urandom(8))
sys.exit(1)
