"""The shape of an upload."""

from wtforms import FileField
from wtforms.validators import InputRequired

from lms.errors import N_
from lms.web.forms import Form


class UploadForm(Form):
    """One ZIP of one module's folder."""

    archive = FileField(N_("ZIP file"), [InputRequired(N_("Choose a ZIP file."))])
