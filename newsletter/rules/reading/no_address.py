"""A link is to lead where the mailing platform says, but nothing says where that is.

[[unsubscribe]] and [[view_online]] stand for addresses that only the platform knows. Without one
the link would lead nowhere.

To mend it, give the address, or the tag with which your platform supplies it, under `links:` in
newsletter.yaml; or remove the link.

Bad:

    intro: You can also [read this issue on the web]([[view_online]]).

Good:

    intro: You can also [read this issue on the web]([[view_online]]).
    newsletter.yaml:
      links:
        unsubscribe: https://example.org/unsubscribe
        view_online: https://example.org/newsletters/2024-05
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
