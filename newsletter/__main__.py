"""`newsletter` and `python -m newsletter`."""

import gc
import sys

# A command lives for half a second and makes little garbage; looking for it while modules are
# loaded would take a tenth of that.
gc.set_threshold(100_000)


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
