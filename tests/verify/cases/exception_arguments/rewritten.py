raise ValueError("bad", "3")
