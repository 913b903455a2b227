"""`newsletter platforms`: mailing platforms, and how to paste into one."""

import click

from newsletter.cli.shared import known_platforms, project_of, tell
from newsletter.problems import Level


@click.command()
@click.argument("name", default="", metavar="[NAME]")
def platforms(name: str) -> None:
    """List the mailing platforms, or print how to paste into the one called NAME.

    What is known of each was read in documentation, in sources, or in other people's guides; each
    entry says which.

    \b
    Example:
      newsletter platforms mailchimp
    """
    from newsletter.platforms.steps import about

    project = project_of(())
    if name:
        if "," in name:
            raise click.BadParameter("name one platform only", param_hint="NAME")
        (name,) = known_platforms((name,), project)
        profile, problems = project.platforms.profile(name)
        tell(problems)
        if profile:
            click.echo("\n".join(about(name, profile)))
    else:
        problems = []
        click.echo(f"{'NAME':<20} {'WHAT IT IS':<36} {'IS GIVEN':<21} UNSUBSCRIBE LINK")
        for one in project.platforms.names():
            profile, found = project.platforms.profile(one)
            problems += found
            if profile:
                unsubscribe = profile.tags.unsubscribe
                tag = {"auto": "adds it", "none": "from your settings"}.get(unsubscribe.kind, "")
                click.echo(
                    f"{one:<20} {profile.name:<36.36} {profile.shape:<21} {tag or unsubscribe.tag}"
                )
        tell(problems)
    if any(problem.level is Level.ERROR for problem in problems):
        raise SystemExit(1)
