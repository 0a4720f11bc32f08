"""No test reaches beyond this machine: a guard over Python's sockets. Not child processes."""

import sys
from ipaddress import ip_address
from typing import Any

_ASKS_BY_NAME = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
_SENDS = {"socket.connect", "socket.sendto", "socket.sendmsg"}
_installed = False


class NetworkForbidden(RuntimeError):
    """A test tried to reach another machine; no OSError: nothing shall catch it as a fault."""


def is_here(host: object) -> bool:
    """Tell whether a host is this machine: loopback, `localhost`, or no host at all."""
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return True
    try:
        address = ip_address(str(name))
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def install() -> None:
    """Refuse, for the rest of this process, each socket call to a host that is not this machine.

    An audit hook, so that it also sees what C extensions do through Python's socket module; it
    cannot be taken out again. Calling it twice does nothing more. What is refused raises
    NetworkForbidden.
    """
    global _installed
    if not _installed:
        _installed = True
        sys.addaudithook(_guard)


def _guard(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _ASKS_BY_NAME:
        host = arguments[0]
    elif event in _SENDS and isinstance(arguments[1], tuple):  # else a path: a Unix socket
        host = arguments[1][0]
    else:
        return
    if not is_here(host):
        raise NetworkForbidden(f"tests use no network: {event} to {host!r}")
