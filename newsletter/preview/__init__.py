"""A newsletter's folder in; a page out that shows its issues as readers will see them, while they
are written.

Nothing here writes. `desk` has the issues and what came of them, `counting` how many problems the
others have, `server` shows them to a browser, `watch` tells when a file has changed, `run` starts
and stops all of it.
"""
