"""Settings of the server, from the environment, for example `CHAINRULE_LIMITS__NODES=20000`."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import BaseModel, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from engine.limits import Limits

HERE = Path(__file__).parent
ASSETS = HERE if (HERE / "static").is_dir() else HERE.parent
"""Where `static` and `templates` lie: inside the package in a wheel, beside it in a checkout."""


class EvaluationLimits(BaseModel):
    """The engine's limits, each settable."""

    source: int = Field(Limits.source, gt=0)
    nesting: int = Field(Limits.nesting, gt=0, le=100)
    numeral: int = Field(Limits.numeral, gt=0, le=4_000)
    nodes: int = Field(Limits.nodes, gt=0)
    work: int = Field(Limits.work, gt=0)
    console: int = Field(Limits.console, gt=0)
    seconds: float = Field(Limits.seconds, gt=0)
    sweep: int = Field(Limits.sweep, gt=0)
    descent: int = Field(Limits.descent, ge=0)
    data: int = Field(Limits.data, gt=0)
    history: int = Field(Limits.history, gt=0)
    stream: float = Field(Limits.stream, gt=0)


class Settings(BaseSettings):
    """What an operator can change."""

    model_config = SettingsConfigDict(
        env_prefix="CHAINRULE_", env_nested_delimiter="__", frozen=True
    )

    limits: EvaluationLimits = Field(default_factory=EvaluationLimits)
    body: int = Field(1024 * 1024, gt=0)
    """Bytes of a request's body."""
    names: int = Field(1_000, gt=0)
    """Inputs that one request may set."""
    threads: int = Field(default_factory=lambda: max(2, os.cpu_count() or 1), gt=0)
    """Evaluations at the same time."""
    waiting: int = Field(64, ge=0)
    """Evaluations that may wait for a thread before a request is told that the server is busy."""
    max_age: int = Field(300, ge=0)
    """Seconds for which a cache may keep a trace without asking."""

    def engine_limits(self) -> Limits:
        """Return the limits as the engine takes them."""
        return Limits(**self.limits.model_dump())
