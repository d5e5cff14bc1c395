"""How often one client may ask, where clients are on other machines (Flask-Limiter, the extra `team`)."""

from __future__ import annotations

from typing import Any

from flask import Flask

from provenance_server.settings import Settings, SettingsError

FREE = ("health.healthz", "health.readyz", "metrics.exposition")  # what watches the server asks often


def register(app: Flask, settings: Settings) -> None:
    """Limits each client by its address; never on loopback. Where Redis is gone, this process counts in its memory."""
    if settings.loopback or not settings.rate_limit:
        return
    try:
        from flask_limiter import Limiter
        from flask_limiter.util import get_remote_address
        from limits import parse_many
    except ImportError:
        raise SettingsError(
            "rate_limit: limits by client need Flask-Limiter: install provenance[team]. "
            "Where a proxy in front limits already, set PROVENANCE_RATE_LIMIT to an empty text."
        ) from None
    try:
        parse_many(settings.rate_limit)
    except ValueError as error:
        raise SettingsError(f"rate_limit: {error}; write it as “120/minute”") from None
    redis = settings.rate_storage.startswith("redis")
    options: dict[str, Any] = {"socket_connect_timeout": 0.3, "socket_timeout": 0.3} if redis else {}
    limiter = Limiter(
        get_remote_address,
        app=app,
        default_limits=[settings.rate_limit],
        default_limits_per_method=False,
        storage_uri=settings.rate_storage,
        storage_options=options,
        in_memory_fallback_enabled=True,
        headers_enabled=True,
        key_prefix="provenance",
    )
    for name in FREE:
        limiter.exempt(app.view_functions[name])
