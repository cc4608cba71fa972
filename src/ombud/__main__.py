"""`python -m ombud` is the same as `ombud`."""

from ombud.cli import main

if __name__ == "__main__":
    main()
