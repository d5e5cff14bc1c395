"""Every setting of the server: its name, type, default and meaning, in one place.

The command line, the environment, the configuration file and the table in `docs/server.md` are all made from
`Settings`. The command line wins over the environment, the environment over the file, the file over the defaults.
"""

from __future__ import annotations

import ipaddress
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PREFIX = "PROVENANCE_"
MB = 1_000_000


class SettingsError(ValueError):
    """A setting that cannot be used. The message names the setting and says what it expects."""


class Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    host: str = Field("127.0.0.1", description="Address to listen on. Any but a loopback address needs `token`.")
    port: int = Field(8377, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    workers: int = Field(1, ge=1, le=256, description="Pages analysed at the same time, each in a process of its own.")
    queue: int = Field(32, ge=0, le=10_000, description="Requests that may wait for a worker; more are refused (503).")
    deadline: float = Field(10.0, gt=0, le=600, description="Seconds for one page, from the last byte of its request.")
    memory_mb: int = Field(768, ge=64, description="Memory of one worker, in MB; past it the worker is replaced.")
    body_mb: float = Field(10.0, gt=0, le=1000, description="Largest body of a request, in MB, after decompression.")
    batch_mb: float = Field(64.0, gt=0, le=10_000, description="Largest body of a batch, in MB, after decompression.")
    connections: int = Field(12_000, ge=10, description="Open connections; more wait until one closes.")
    idle_seconds: int = Field(10, ge=1, description="Seconds after which a silent connection is closed.")
    token: str | None = Field(None, min_length=16, description="Secret that every request must carry, if set.")
    allowed_hosts: list[str] = Field(
        [], description="Further values of `Host`, as `name` or `name:port`, such as a proxy's public name."
    )
    allowed_origins: list[str] = Field([], description="Further values of `Origin`, such as `https://news.example`.")
    rate_limit: str | None = Field(
        "120/minute", description="Requests of one client, when listening beyond loopback. Needs the extra `team`."
    )
    rate_storage: str = Field("memory://", description="Where those are counted: `memory://` or `redis://HOST:PORT`.")
    trusted_proxy: str | None = Field(None, description="Address of the proxy whose `X-Forwarded-*` headers count.")
    trusted_proxy_count: int = Field(1, ge=1, description="Number of proxies in front of the server.")
    cache: str = Field("disk", description="`disk`, `off` (nothing is ever stored), or the path of the cache's file.")
    cache_mb: int = Field(256, ge=1, description="Largest size of the cache, in MB.")
    cache_days: float = Field(7.0, gt=0, description="Days after which an answer in the cache expires.")
    log_level: str = Field("info", pattern="^(debug|info|warning|error)$", description="Least level that is logged.")
    engine: str = Field("provenance", description="Module that analyses: `analyze`, `analyze_text` and the errors.")

    @field_validator("allowed_hosts", "allowed_origins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return [part for part in value.replace(",", " ").split() if part] if isinstance(value, str) else value

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host.strip("[]")).is_loopback
        except ValueError:
            return False

    @property
    def body_limit(self) -> int:
        """Bytes."""
        return int(self.body_mb * MB)

    @property
    def batch_limit(self) -> int:
        """Bytes."""
        return int(self.batch_mb * MB)


def load(
    given: Mapping[str, Any], *, environment: Mapping[str, str] = os.environ, file: Path | None = None
) -> Settings:
    """Settings from a command line's values, the environment and a TOML file.

    Raises `SettingsError` where a value cannot be used.
    """
    file = file or (Path(environment["PROVENANCE_CONFIG"]) if environment.get("PROVENANCE_CONFIG") else None)
    values = _read(file) if file else {}
    for name in Settings.model_fields:
        if PREFIX + name.upper() in environment:
            values[name] = environment[PREFIX + name.upper()]
    values.update({name: value for name, value in given.items() if value is not None})
    try:
        settings = Settings(**values)
    except ValidationError as error:
        raise SettingsError("; ".join(f"{_name(e['loc'])}: {e['msg']}" for e in error.errors())) from None
    if not settings.loopback and not settings.token:
        raise SettingsError(
            f"token: {settings.host} can be reached from other machines, so every request must carry a secret. "
            "Set PROVENANCE_TOKEN to at least 16 characters, or listen on 127.0.0.1."
        )
    return settings


def _name(location: tuple[int | str, ...]) -> str:
    return ".".join(map(str, location))


def _read(file: Path) -> dict[str, Any]:
    try:
        values: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
        return values
    except OSError as error:
        raise SettingsError(f"config: cannot read {file}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"config: {file} is not TOML: {error}") from None
