def main():
    print(sum(n * n for n in range(100)))


if __name__ == "__main__":
    main()
