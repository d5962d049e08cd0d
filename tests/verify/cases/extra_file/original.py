import os

os.makedirs("out")
