"""The application factory: settings and a pool of workers in, a Flask application out."""

from __future__ import annotations

from flask import Flask

from provenance_server import access, analyze, health, problems
from provenance_server.pool import Pool
from provenance_server.settings import Settings


def create_app(settings: Settings, pool: Pool) -> Flask:
    """The WSGI application. The caller starts and closes the pool."""
    app = Flask("provenance_server", static_folder=None)
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    app.url_map.strict_slashes = True
    app.url_map.merge_slashes = False
    app.url_map.redirect_defaults = False
    problems.register(app)
    access.register(app, settings)
    app.register_blueprint(health.blueprint(pool))
    app.register_blueprint(analyze.blueprint(pool, settings.body_limit))
    return app
