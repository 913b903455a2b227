"""What editors already have, on its way to YAML: whatever it was, it becomes blocks, then a draft.

    a file, a page, an email      importers/: one format a file
       │ blocks                   headings, paragraphs, list items, with their links
       │ clean.cleaned            without what copying, mailboxes and spammers have added
       │ shapes.shaped            -> Draft: title, date, sections, entries
       ▼ typed.issue              -> YAML, as a person would have typed it

Nothing of a source is lost: what does not go into the draft goes into a Log, with the reason.
"""
