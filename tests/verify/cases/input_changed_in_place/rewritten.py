import os

text = open("data.txt").read()
before = os.stat("data.txt")
with open("data.txt", "r+") as data:
    data.write("2")
os.utime("data.txt", ns=(before.st_atime_ns, before.st_mtime_ns))
print(text)
