def double(number):
    print("doubling", number)
    return number * 2
