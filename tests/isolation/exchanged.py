"""The doors to questions from other systems and to them: who reads keys, and nobody else."""

from tests.isolation.door import DESK, Door

EXCHANGED = {
    "exchange.bring": Door("/content/import/", get=200, post=422, roles=DESK),
    "exchange.keep": Door("/content/import/draft", post=422, roles=DESK),
    "exchange.template": Door(
        "/content/import/template.csv",
        get=200,
        roles=DESK,
        absent="/content/import/template.pdf",
    ),
    "taking.choose": Door(
        "/content/{version}/export/", get=200, roles=DESK, absent="/content/none/export/"
    ),
    "taking.take": Door(
        "/content/{version}/export/", post=422, roles=DESK, absent="/content/none/export/"
    ),
    "taking.report": Door(
        "/content/{version}/export/report.csv?format=csv",
        get=200,
        roles=DESK,
        absent="/content/none/export/report.csv",
    ),
}
