with open("log.txt", "w") as log:
    for n in range(100):
        log.write(f"{n}\n")
