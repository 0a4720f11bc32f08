"""No name reaches a marker by a page, a header, or what is in a handed-in file."""

import io

import pikepdf
import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from lms.db import db, transaction
from lms.grading.files.blinding import blind_copy
from lms.grading.files.rules import CannotBlind, blinded
from lms.grading.models import Unblinding
from lms.grading.turns import actions as turns
from lms.people.models import Organisation
from lms.records.models import Event
from tests import walk
from tests.assessment.asking import ask, hand_in, open_paper
from tests.assessment.test_uploads import photograph
from tests.factories import PASSWORD, actor_for, csrf_of, make_person, signed_in

NAME, LOGIN = "Zewditu Okonkwo-Brandt", "zewditu@test"
LEVELS = ["nothing", "little", "half", "most", "all"]
ASKED = {
    "id": "the-record", "kind": "file", "prompt": "Send the page.", "points": 4,
    "model_answer": "A page.", "types": ["jpeg", "pdf", "png", "text"], "megabytes": 1,
    "criterion": [{"id": "complete", "title": "Complete", "levels": LEVELS}],
}  # fmt: skip


def document(name: str = NAME) -> bytes:
    """A PDF that names its maker wherever a program may write it, besides on a page."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    with pdf.open_metadata() as said:
        said["dc:creator"] = [name]
        said["dc:title"] = f"Work of {name}"
    pdf.docinfo["/Author"] = name
    pdf.attachments[f"{name}.txt"] = name.encode()
    place = pikepdf.Array([0, 0, 9, 9])
    comment = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=place, T=name, Contents="A remark"
    )
    signed = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Sig, Rect=place,
        V=pikepdf.Dictionary(Type=pikepdf.Name.Sig, ByteRange=[0, 1, 2, 3], Name=name, Reason=name),
    )  # fmt: skip
    field = pdf.make_indirect(signed)
    page.obj["/Annots"] = pikepdf.Array([comment, field])
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field])
    page.obj["/PieceInfo"] = pikepdf.Dictionary(Editor=pikepdf.Dictionary(By=name))
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def inside(data: bytes) -> bytes:
    """Return a PDF with nothing packed, so that words are found in it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(
            out, compress_streams=False, fix_metadata_version=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )  # fmt: skip
    return out.getvalue()


def test_the_harness_finds_the_name_where_it_was_put() -> None:
    assert inside(document()).count(NAME.encode()) >= 6


def test_a_document_loses_what_names_its_maker_and_keeps_its_pages_and_remarks() -> None:
    found = inside(blinded(document(), "pdf"))
    assert NAME.encode() not in found
    assert b"A remark" in found
    with pikepdf.open(io.BytesIO(found)) as pdf:
        assert len(pdf.pages) == 1


def test_an_earlier_state_of_a_document_does_not_come_along() -> None:
    later = document() + b"\n% " + NAME.encode() + b"\n%%EOF\n"
    assert NAME.encode() not in inside(blinded(later, "pdf"))


@pytest.mark.parametrize("data", [b"%PDF-1.7 no document", b"%PDF-"])
def test_what_cannot_be_read_whole_is_not_given(data: bytes) -> None:
    with pytest.raises(CannotBlind):
        blinded(data, "pdf")
    assert blind_copy(data, "pdf") is None


def test_a_document_locked_by_a_password_is_not_given() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(document())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(CannotBlind):
        blinded(out.getvalue(), "pdf")


def test_a_picture_says_nothing_beside_itself() -> None:
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", comment=NAME.encode())
    assert NAME.encode() in out.getvalue()
    assert NAME.encode() not in blinded(out.getvalue(), "jpeg")
    with pytest.raises(CannotBlind):
        blinded(photograph()[:40], "jpeg")


class Desk:
    """A learner's file before an instructor, with a coordinator beside."""

    def __init__(self, app: Flask, hub: walk.Hub) -> None:
        self.app, self.hub = app, hub
        self.learner = walk.newcomer(hub, NAME, login=LOGIN, password=PASSWORD)
        self.attempt = open_paper(hub, self.learner)
        self.item = ask(self.attempt, ASKED)

    def send(self, data: bytes, name: str) -> None:
        own = signed_in(self.app, LOGIN)
        path = f"/attempts/{self.attempt}/"
        form = {
            "csrf_token": csrf_of(own, path), "client": "form-of-theirs", "seen": "99",
            f"item-{self.item}-file": (io.BytesIO(data), f"{NAME}.{name}"),
        }  # fmt: skip
        assert own.post(path, data=form, content_type="multipart/form-data").status_code == 303
        hand_in(self.attempt, self.learner)

    def lead(self) -> FlaskClient:
        with transaction():
            place = db.session.get_one(Organisation, self.hub.delivering)
            make_person(place, "coordinator", name="Lead", login="lead@test", password=PASSWORD)
        return signed_in(self.app, "lead@test")


@pytest.fixture
def desk(walked: Flask, hub: walk.Hub) -> Desk:
    return Desk(walked, hub)


@pytest.mark.parametrize(("data", "ending"), [(document(), "pdf"), (photograph(), "jpg")])
def test_no_marker_response_holds_a_name(desk: Desk, data: bytes, ending: str) -> None:
    desk.send(data, ending)
    marker = signed_in(desk.app, "instructor@walk")
    pages = ["/grading/", f"/grading/answers/{desk.item}/", f"/grading/answers/{desk.item}/file"]
    pages += [f"/grading/answers/{desk.item}/pass-on", "/grading/sign", "/grading/release"]
    for number, path in enumerate(pages):
        answer = marker.get(path)
        assert answer.status_code == 200, path
        told = str(answer.headers) + answer.get_data().decode("latin-1")
        if number == 2 and ending == "pdf":
            told += inside(answer.data).decode("latin-1")
        for word in (*NAME.split(), LOGIN, desk.learner.id, "Abebe"):
            assert word not in told, (path, word)
    with transaction():
        by = actor_for(desk.hub.instructor)
        turns.take_any(by=by, first="")
    token = csrf_of(marker, pages[1])
    sent = {"csrf_token": token, "read_number": "0", "level-complete": "3", "comment": ""}
    marked = marker.post(pages[1], data=sent, headers={"Accept": "application/json"})
    assert marked.status_code == 200
    assert not [word for word in NAME.split() if word in marked.text + str(marked.headers)]


def test_a_file_that_cannot_be_cleaned_is_withheld_and_a_lead_opens_it_on_record(
    desk: Desk,
) -> None:
    broken = b"%PDF-1.7 " + NAME.encode()
    desk.send(broken, "pdf")
    page = signed_in(desk.app, "instructor@walk").get(f"/grading/answers/{desk.item}/file")
    assert "A file is withheld" in page.text
    assert NAME.split()[0] not in page.text
    place = f"/grading/markers/files/{desk.item}/"
    assert place in page.text
    lead = desk.lead()
    assert lead.get(place + "as-sent").status_code == 404
    token = csrf_of(lead, place)
    assert lead.post(place, data={"csrf_token": token, "reason": ""}).status_code == 422
    said = {"csrf_token": token, "reason": "The marker cannot open it."}
    assert lead.post(place, data=said).status_code == 303
    assert lead.get(place + "as-sent").data == broken
    with transaction(write=False):
        row = db.session.scalars(select(Unblinding)).one()
        kind = select(Event.kind).where(Event.subject_id == row.id)
        assert db.session.scalars(kind).one() == "file.unblinded"
