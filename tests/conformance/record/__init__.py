"""What real runs show: types and calls recorded while programs run, the oracle of the whole-program
phases. How it works stands in instrument.py; README.md says how to run it."""
