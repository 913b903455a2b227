"""Mailing platforms: one file each, with all that is known of one.

A newsletter's own folder `platforms/` adds to them. A file there may say `extends: mailchimp`, also
one that is called `mailchimp.yaml` itself, and then has only what is different. Where it gives the
`tag` of a tag, the extended one's other forms are gone; where its `kind`, all of it.
"""

from collections.abc import Iterator
from pathlib import Path

from newsletter.loader import load, over
from newsletter.lookup import chain
from newsletter.platforms.profile import Profile
from newsletter.problems import NewsletterError, Problem
from newsletter.source import Data

SHIPPED = Path(__file__).parent


class Platforms:
    """The folders of profiles; the first that has a file wins."""

    def __init__(self, *folders: Path) -> None:
        self.folders = (*folders, SHIPPED)
        self._read: dict[str, tuple[Profile | None, list[Problem]]] = {}

    def names(self) -> list[str]:
        """What `platform:` in the settings can be."""
        return sorted({path.stem.lower() for path in self._all()})

    def profile(self, name: str) -> tuple[Profile | None, list[Problem]]:
        """The platform called `name`, which must be one of `names`, with the problems of its file
        and of those that it extends."""
        if name not in self._read:
            self._read[name] = self._profile(name)
        return self._read[name]

    def known(self) -> dict[str, Profile]:
        """Every platform that can be read, by its name."""
        found = {name: self.profile(name)[0] for name in self.names()}
        return {name: profile for name, profile in found.items() if profile}

    def _profile(self, name: str) -> tuple[Profile | None, list[Problem]]:
        values: Data = None
        profile: Profile | None = None
        problems: list[Problem] = []
        try:
            for source in reversed(chain(name, "platform", self.names(), self._files).values()):
                values = _without_replaced(values, source.data)
                profile, found = load(source, Profile, values)
                problems += found
                if profile is None:
                    break
                values = over(source.data, values)
        except NewsletterError as error:
            return None, [*problems, *error.problems]
        return profile, problems

    def _files(self, name: str) -> list[Path]:
        return [path for path in self._all() if path.stem.lower() == name]

    def _all(self) -> Iterator[Path]:
        for folder in self.folders:
            for path in sorted(folder.glob("*.yaml")):
                if path.is_file() and not path.name.startswith("."):
                    yield path


def _without_replaced(values: Data, data: Data) -> Data:
    """`values` of a platform without what is another in the one of `data`, which extends it."""
    given = data.get("tags") if isinstance(data, dict) else None
    tags = values.get("tags") if isinstance(values, dict) else None
    if not (isinstance(values, dict) and isinstance(given, dict) and isinstance(tags, dict)):
        return values
    kept: dict[str, Data] = {}
    for name, tag in tags.items():
        new = given.get(name)
        if isinstance(tag, dict) and isinstance(new, dict):
            if "kind" in new:
                tag = {}
            elif "tag" in new:
                tag = {key: tag[key] for key in tag if key not in ("text", "with_fallback")}
        kept[name] = tag
    return {**values, "tags": kept}
