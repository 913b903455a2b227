"""What there is to choose from, and what it is: `rules`, `explain`, `layouts`, `themes`,
`schema`."""

import click

from newsletter.cli.shared import project_of, tell
from newsletter.problems import Level, Problem, did_you_mean


@click.command()
@click.argument(
    "kind",
    type=click.Choice(["issue", "settings", "theme", "language", "platform"]),
    default="issue",
)
def schema(kind: str) -> None:
    """Print the JSON Schema of issues, settings, themes, languages or platforms.

    VS Code (with its YAML extension) completes and underlines a file that names its schema in its
    first line; `newsletter new` sees to that.

    \b
    Example:
      newsletter schema settings > .newsletter/settings.schema.json
    """
    from newsletter.schema import schema as json_schema

    click.echo(json_schema(kind), nl=False)


@click.command()
def rules() -> None:
    """List what `newsletter check` looks for.

    \b
    Example:
      newsletter rules
    """
    from newsletter.rules import groups

    for group, (about, members) in groups().items():
        click.echo(f"{group}: {about}")
        for rule in members:
            click.echo(f"  {rule.code:<24} {rule.level.word:<8} {rule.manual.summary}")
        click.echo()


@click.command()
@click.argument("rule", metavar="RULE")
def explain(rule: str) -> None:
    """Print the manual of a RULE: why it is one, how to mend what it finds, examples.

    RULE is the word in square brackets behind what `newsletter check` finds.

    \b
    Example:
      newsletter explain vague-words
    """
    from newsletter.check.explain import explained
    from newsletter.rules import manuals

    known, rule = manuals(), rule.lower()
    if rule not in known:
        near = did_you_mean(rule, list(known))
        raise click.BadParameter(
            f"there is no rule '{rule}'"
            + (f" (did you mean '{near}'?)" if near else "")
            + ". `newsletter rules` lists them.",
            param_hint="RULE",
        )
    click.echo("\n".join(explained(known[rule])))


@click.command()
def layouts() -> None:
    """List the layouts: what `layout:` in an issue can be.

    \b
    Example:
      newsletter layouts
    """
    templates = project_of(()).templates
    for name in templates.layouts():
        click.echo(f"{name:<12} {templates.description(name)}")


@click.command()
def themes() -> None:
    """List the themes: what `theme:` in an issue or in the settings can be.

    \b
    Example:
      newsletter themes
    """
    templates = project_of(()).templates
    problems: list[Problem] = []
    for name in templates.themes():
        look, found = templates.theme(name)
        problems += found
        if look:
            click.echo(f"{name:<12} {look.theme.description}")
    tell(dict.fromkeys(problems))  # a theme's problems come with each that extends it, too
    if any(problem.level is Level.ERROR for problem in problems):
        raise SystemExit(1)
