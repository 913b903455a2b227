"""What should be a whole number is none.

To mend it, write digits only: no commas, no words.

Bad:

    newsletter.yaml:
      smtp: {host: smtp.example.org, port: smtp}

Good:

    newsletter.yaml:
      smtp: {host: smtp.example.org, port: 587}
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
