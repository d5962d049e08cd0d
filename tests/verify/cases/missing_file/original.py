for n in range(3):
    with open(f"part{n}.txt", "w") as out:
        out.write(str(n))
