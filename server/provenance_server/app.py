"""The application factory: settings, a pool of workers and a cache in, a Flask application out."""

from __future__ import annotations

from flask import Flask

from provenance_server import access, analyze, batch, health, limits, observe, openapi, pages, problems
from provenance_server.cache import Cache
from provenance_server.observe import Metrics
from provenance_server.pool import Pool
from provenance_server.service import Service
from provenance_server.settings import Settings


def create_app(settings: Settings, pool: Pool, cache: Cache | None = None, metrics: Metrics | None = None) -> Flask:
    """The WSGI application. The caller starts and closes pool and cache."""
    app = Flask("provenance_server", static_folder=None)
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    app.url_map.merge_slashes = False
    metrics = metrics or Metrics()
    metrics.watch(pool)
    service = Service(pool, cache, metrics)

    # The order counts: every request is seen, then checked, then limited.
    problems.register(app)
    observe.register(app, metrics)
    access.register(app, settings)
    app.register_blueprint(health.blueprint(pool))
    app.register_blueprint(analyze.blueprint(service, settings.body_limit))
    app.register_blueprint(batch.blueprint(service, settings.body_limit, settings.batch_limit))
    app.register_blueprint(openapi.blueprint(settings))
    app.register_blueprint(pages.blueprint(settings))
    limits.register(app, settings)
    return app
