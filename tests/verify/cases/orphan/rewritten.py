import subprocess
import sys

# In a session of its own: killing a process group does not reach it.
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
print(1)
