"""The kinds of pages, one a file. A module that does not begin with "_" reads one; nothing else
names it. It has

- `fits(given) -> int`: how sure it is that this is its kind, from 0 (it is not) to 100
- `read(given) -> Page`: what the page says. It may not fail, whatever it is given
"""
