"""The composition root: one ordered list of steps makes the app; it alone knows every room."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import Migrate

from lms import db as database
from lms.plugins import Plugins, init_plugins

# The rooms that have hooks of their own: the platform's features come in by the same door.
ROOMS = (
    "lms.people.plugin",
    "lms.account.plugin",
    "lms.directory.plugin",
    "lms.curriculum.plugin",
    "lms.authoring.plugin",
    "lms.learning.plugin",
    "lms.catalogue.plugin",
    "lms.search.plugin",
    "lms.assessment.plugin",
    "lms.exchange.plugin",
    "lms.grading.plugin",
    "lms.accommodation.plugin",
    "lms.practicals.plugin",
    "lms.attestation.plugin",
    "lms.programme.plugin",
    "lms.examination.plugin",
    "lms.regrade.plugin",
    "lms.cohort.plugin",
    "lms.psychometrics.plugin",
    "lms.records.plugin",
    "lms.jobs.plugin",
    "lms.backup.plugin",
    "lms.operation.plugin",
    "lms.demo.plugin",
)


def create_app(config: Any = None, plugins: Iterable[str | object] | None = None) -> Flask:
    """Make the app.

    Args:
        config: the settings (default: from the environment).
        plugins: import paths or objects with hooks, instead of the setting PLUGINS.
    """
    if config is None:
        from config import Config

        config = Config.from_environment()
    app = Flask("lms", static_folder=None, template_folder=None)
    app.config.update(config.flask())
    Path(app.config["DATA_DIR"]).mkdir(parents=True, exist_ok=True, mode=0o700)
    database.init_engine(app)
    plugged = init_plugins(app, [*ROOMS, *(config.plugins if plugins is None else plugins)])
    _init_web(app, plugged)
    Migrate(app, database.db, directory=str(Path(__file__).parent.parent / "migrations"))
    _init_commands(app, plugged)
    database.init_views(app)
    return app


def _init_web(app: Flask, plugged: Plugins) -> None:
    from lms.jobs.faults import init_faults
    from lms.people.queries import actor_of_session
    from lms.records.refusals import record_refusal
    from lms.web import access, assets, errors, formats, forms, headers, i18n, intake, layout

    i18n.init_i18n(app)
    formats.init_formats(app)
    intake.init_intake(app)
    forms.init_forms(app)
    access.init_access(app, actor_of_session)
    assets.init_assets(app)
    headers.init_headers(app)
    layout.init_layout(app)
    errors.init_errors(app, record_refusal)
    init_faults(app)
    with app.app_context():
        for blueprint in plugged.collect("blueprints"):
            app.register_blueprint(blueprint)
    if missing := access.undeclared(app):
        raise RuntimeError(f"these views do not say who may open them: {', '.join(missing)}")


def _init_commands(app: Flask, plugged: Plugins) -> None:
    with app.app_context():
        for command in plugged.collect("commands"):
            app.cli.add_command(command)
