"""How a handed-in file is given to who judges it: without names, or not at all."""

from flask import make_response, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.models import AttemptItem
from lms.assessment.routes import file_response
from lms.curriculum.kind import Plain
from lms.grading.files.blinding import blind_copy


def blind_response(item: AttemptItem, file: Plain) -> ResponseReturnValue:
    """Return a file without names, under a name that tells nothing; else a page that says why not.

    Args:
        file: as the response that counts holds it.
    """
    response = make_response(file_response(item.position, file))
    response.direct_passthrough = False
    data = blind_copy(response.get_data(), file["type"])
    if data is None:
        asked = url_for("markers.file", item_id=item.id, _external=True)
        return render_template("grading/file_withheld.html", asked=asked)
    response.set_data(data)
    return response
