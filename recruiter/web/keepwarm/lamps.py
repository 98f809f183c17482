"""The seven lights of readiness as pages show them."""

from __future__ import annotations

from dataclasses import dataclass

from recruiter.keepwarm.overview import readiness_rules
from recruiter.keepwarm.overview.readiness_rules import ReadinessCheck, State

SIGNS = {State.GREEN: ("ok", "check"), State.AMBER: ("due", "clock"), State.RED: ("late", "warn")}


@dataclass(frozen=True)
class Lamp:
    """A light with its tone and sign, so that colour is never the only one to say it."""

    light: ReadinessCheck
    tone: str
    icon: str


@dataclass(frozen=True)
class Lamps:
    """The lights of one finalist; none for who is not in the running any more."""

    lights: tuple[ReadinessCheck, ...] = ()

    @property
    def signs(self) -> list[Lamp]:
        """Each as a page shows it."""
        return [Lamp(light, *SIGNS[light.state]) for light in self.lights]

    @property
    def green(self) -> int:
        """How many are green."""
        return sum(light.state == State.GREEN for light in self.lights)

    @property
    def ready(self) -> bool:
        """Whether they could be called with an offer today."""
        return bool(self.lights) and readiness_rules.ready(self.lights)
