import warnings

warnings.warn("new")
