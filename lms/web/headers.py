"""Response headers: what a page may load, who may frame it, how long anybody keeps it."""

from flask import Flask, Response, request, session

# No inline script or style anywhere, nothing from other hosts, no frames.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
# A drawing or an uploaded page opened by its own address may run and load nothing.
INERT = "default-src 'none'; frame-ancestors 'none'; sandbox"
_DOCUMENTS = {"text/html", "application/xhtml+xml"}
_DRAWINGS = {"image/svg+xml", "text/xml", "application/xml"}


def init_headers(app: Flask) -> None:
    """Add the headers to every response; what a view has set itself stays."""
    app.after_request(_add)


def _add(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("X-Content-Type-Options", "nosniff")
    if response.mimetype in _DOCUMENTS:
        _add_for_page(response)
    elif response.mimetype in _DRAWINGS:
        headers.setdefault("Content-Security-Policy", INERT)
    if "Cache-Control" not in headers:
        # What one person saw must not come back by the Back button after they signed out.
        headers["Cache-Control"] = "no-store" if session else "no-cache"
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response


def _add_for_page(response: Response) -> None:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY)
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "geolocation=(), microphone=()")
    response.vary.add("Accept-Language")
    response.vary.add("Cookie")
