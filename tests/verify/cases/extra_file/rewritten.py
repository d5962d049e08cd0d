import os

os.makedirs("out/deep")
open("out/deep/log", "w").close()
