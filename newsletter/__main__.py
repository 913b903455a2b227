"""`newsletter` and `python -m newsletter`."""

import sys


def main() -> None:
    """Run the command line; Ctrl-C ends it with a word, even while it is still starting."""
    try:
        from newsletter.cli import newsletter

        newsletter(prog_name="newsletter")
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        sys.exit(1)


if __name__ == "__main__":
    main()
