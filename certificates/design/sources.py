"""The only door through which a certificate's layout may read anything: a fixed set of bytes."""

from collections.abc import Mapping

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse


class PackagedOnly(URLFetcher):
    """Serves the named bytes and stops the rendering on any other address, file: and http: too."""

    def __init__(self, served: Mapping[str, tuple[str, bytes]]) -> None:
        """served: address -> (media type, bytes)."""
        super().__init__(allowed_protocols=())
        self._served = dict(served)

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """Return one of the served files. Raises FatalURLFetchingError for anything else."""
        if url not in self._served:
            raise FatalURLFetchingError(f"A certificate reads no {url!r}")
        media_type, content = self._served[url]
        return URLFetcherResponse(url, content, {"Content-Type": media_type})
