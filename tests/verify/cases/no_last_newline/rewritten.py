print("a\nb", end="")
