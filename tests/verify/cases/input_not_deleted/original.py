import os

os.remove("data.txt")
