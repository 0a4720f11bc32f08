"""The running app: settings from the environment, nothing else."""

from config import Config
from lms.app import create_app

app = create_app(Config.from_environment())
