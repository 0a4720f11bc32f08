"""Pages of statistics: versions, the questions of one, a question with its review, rows as CSV."""

from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from lms.curriculum.case import case_of
from lms.curriculum.models import ModuleVersion, Question
from lms.curriculum.queries import prompts, version_by_id
from lms.curriculum.text import markdown
from lms.db import aside
from lms.people.routes import password_checked
from lms.psychometrics import actions, charts, closer, figures, queries, tables
from lms.psychometrics.charts import Whisker
from lms.psychometrics.figures import QuestionFigures, Sample
from lms.psychometrics.forms import ReviewForm
from lms.psychometrics.rules.flags import STRENGTHS
from lms.psychometrics.rules.reviewing import WORDS
from lms.web.access import current_actor, for_roles
from lms.web.i18n import gettext as _
from lms.web.sheet import csv_download
from lms.web.submit import submit

blueprint = Blueprint(
    "statistics", __name__, template_folder="../templates", url_prefix="/statistics"
)
LONGEST_TABLE = 200  # rows on a page; the file has them all
PRACTICE = "practice"


@blueprint.get("/")
@for_roles(*queries.READERS)
def desk() -> ResponseReturnValue:
    """List the versions that people sat, and what was decided about questions."""
    return render_template(
        "psychometrics/desk.html",
        counted=queries.counted_versions(current_actor()),
        reviews=queries.reviews(limit=50),
        words=WORDS,
    )


@blueprint.get("/versions/<version_id>")
@for_roles(*queries.READERS)
def version(version_id: str) -> ResponseReturnValue:
    """Show the papers of a version as a whole, and its questions, those to look at first."""
    of = _sample(version_by_id(version_id))
    paper = figures.paper_figures(of)
    questions = figures.every_question(of)
    counts = tables.bins(of)
    said = _("How many papers came to which share of the points")
    return render_template(
        "psychometrics/version.html",
        of=of,
        paper=paper,
        look=[one for one in questions if one.calls],
        calm=[one for one in questions if not one.calls],
        bins=counts,
        chart=charts.histogram(said, counts, paper.cut) if paper.mean is not None else None,
        strengths=STRENGTHS,
        words=WORDS,
        most=queries.MOST_PERSONS,
    )


@blueprint.get("/versions/<version_id>.csv")
@for_roles(*queries.READERS)
def version_file(version_id: str) -> ResponseReturnValue:
    """Give the table of questions as a file."""
    of = _sample(version_by_id(version_id))
    rows = [tables.question_row(one) for one in figures.every_question(of)]
    return csv_download(f"questions-{of.version.code}", tables.question_head(), rows)


@blueprint.get("/versions/<version_id>/rows")
@for_roles(*queries.READERS)
def papers(version_id: str) -> ResponseReturnValue:
    """Show the papers that a version's figures rest on, by codes."""
    of = _sample(version_by_id(version_id))
    return _rows_page(
        of,
        None,
        tables.paper_head(),
        tables.paper_rows(of),
        url_for("statistics.papers_file", version_id=version_id, of=request.args.get("of")),
    )


@blueprint.get("/versions/<version_id>/rows.csv")
@for_roles(*queries.READERS)
def papers_file(version_id: str) -> ResponseReturnValue:
    """Give those papers as a file."""
    of = _sample(version_by_id(version_id))
    return csv_download(f"papers-{of.version.code}", tables.paper_head(), tables.paper_rows(of))


@blueprint.route("/questions/<question_id>", methods=["GET", "POST"])
@for_roles(*queries.READERS)
def question(question_id: str) -> ResponseReturnValue:
    """Show all that is known of a question; take what is decided about it."""
    by = current_actor()
    checked = password_checked(request.form.get("password"))
    form = ReviewForm()
    seen: dict[str, Any] = {}
    if form.is_submitted():
        with aside():  # counting takes its time: before the writing transaction opens
            seen = _one(*queries.question(question_id, by))[1].plain()
    found, version = queries.question(question_id, by)

    def render() -> str:
        # the page shows the newest decision, whatever was read before: so the next try counts
        form.read_number.data, form.read_number.raw_data = queries.last_review(found.id), None
        return render_template("psychometrics/question.html", form=form, **_page(found, version))

    def judged(_review: Any) -> str:
        flash(_("Your decision is recorded."))
        return url_for("statistics.question", question_id=question_id, of=request.args.get("of"))

    return submit(
        form,
        actions.review_question,
        render=render,
        redirect=judged,
        question=found,
        decision=form.decision.data or "",
        reason=form.reason.data or "",
        figures=seen,
        read_number=form.read_number.data or 0,
        checked=checked,
        by=by,
    )


@blueprint.get("/questions/<question_id>.csv")
@for_roles(*queries.READERS)
def question_file(question_id: str) -> ResponseReturnValue:
    """Give the distractor table as a file."""
    found, version = queries.question(question_id, current_actor())
    rows = [tables.option_row(one) for one in _one(found, version)[1].options]
    return csv_download(f"options-{found.code}", tables.option_head(), rows)


@blueprint.get("/questions/<question_id>/rows")
@for_roles(*queries.READERS)
def answers(question_id: str) -> ResponseReturnValue:
    """Show the answers that a question's figures rest on, by codes of attempts."""
    found, version = queries.question(question_id, current_actor())
    of, option = _sample(version), request.args.get("option")
    return _rows_page(
        of,
        found,
        tables.answer_head(),
        tables.answer_rows(of, of.place(found.id), option),
        url_for("statistics.answers_file", question_id=found.id, option=option,
                of=request.args.get("of")),
    )  # fmt: skip


@blueprint.get("/questions/<question_id>/rows.csv")
@for_roles(*queries.READERS)
def answers_file(question_id: str) -> ResponseReturnValue:
    """Give those answers as a file."""
    found, version = queries.question(question_id, current_actor())
    of, option = _sample(version), request.args.get("option")
    rows = tables.answer_rows(of, of.place(found.id), option)
    return csv_download(f"answers-{found.code}", tables.answer_head(), rows)


def _rows_page(
    of: Sample, found: Question | None, head: list[str], rows: list[list[tables.Cell]], csv: str
) -> str:
    return render_template(
        "psychometrics/rows.html",
        of=of,
        question=found,
        head=head,
        rows=rows[:LONGEST_TABLE],
        total=len(rows),
        option=request.args.get("option"),
        csv=csv,
    )


def _sample(version: ModuleVersion) -> Sample:
    """Return the answers that the page is about: earnest ones unless practice is asked for."""
    asked = request.args.get("of") == PRACTICE
    return figures.sample(version, current_actor(), practice=asked)


def _one(found: Question, version: ModuleVersion) -> tuple[Sample, QuestionFigures]:
    of = _sample(version)
    place = of.place(found.id)
    drawn = queries.variants(found, version, practice=of.practice)
    one = figures.question_figures(
        of,
        place,
        queries.exposures(version).get(found.id),
        queries.standing_reviews(version.id).get(found.id),
        closer.variant_spread(closer.variants_of(of, place, drawn)),
    )
    return of, one


def _page(found: Question, version: ModuleVersion) -> dict[str, Any]:
    of, one = _one(found, version)
    place = of.place(found.id)
    variants = closer.variants_of(of, place, queries.variants(found, version, practice=of.practice))
    said = {o["id"]: Markup(markdown.inline(o["text"])) for o in found.shown.get("options", [])}
    languages = [
        Whisker(group.name, group.difficulty, *(group.interval or (None, None)))
        for group in one.languages
    ]
    return {
        "of": of,
        "one": one,
        "prompt": Markup(prompts(version.id)(found.shown["prompt"])),
        "said": said,
        "letters": {name: letter(at) for at, name in enumerate(said)},
        "case": _case(found, version),
        "traces": _traces(of, one, place),
        "thirds": closer.thirds(of, place),
        "by_language": charts.whiskers(_("Difficulty by language"), languages),
        "variants": variants,
        "time": closer.time_of(queries.seconds(found, version, practice=of.practice)),
        "reviews": queries.reviews(question_id=found.id),
        "strengths": STRENGTHS,
        "words": WORDS,
    }


def _case(found: Question, version: ModuleVersion) -> tuple[str, Markup] | None:
    """Return title and stimulus of the case that a question belongs to, if any."""
    told = case_of(found.shown)
    return (told["title"], Markup(prompts(version.id)(told["stimulus"]))) if told else None


def letter(place: int) -> str:
    """Return the letter by which a chart names an option, from its place (from 0)."""
    return chr(ord("A") + place) if place < 26 else str(place + 1)


def _traces(of: Sample, one: QuestionFigures, place: int) -> Markup | None:
    """Return the chart of who chooses what, where enough people answered."""
    right = {option.option for option in one.options if option.right}
    series = [
        (letter(at), shares, name in right)
        for at, (name, shares) in enumerate(closer.thirds(of, place))
    ]
    steps = [_("lower third"), _("middle"), _("upper third")]
    label = _("Who chooses which option, by the share on the rest of the paper")
    return charts.traces(label, steps, series) if series else None
