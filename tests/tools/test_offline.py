"""Claims about the guard that keeps tests off the network."""

import socket
import threading

import pytest

from tests.tools import offline


@pytest.fixture(autouse=True)
def _guarded() -> None:
    offline.install()


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "", None, b"localhost"])
def test_this_machine_is_here(host: object) -> None:
    assert offline.is_here(host)


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "seedtrain.example", "10.0.0.1"])
def test_other_machines_are_not_here(host: object) -> None:
    assert not offline.is_here(host)


def test_connecting_to_another_machine_is_refused() -> None:
    with socket.socket() as client, pytest.raises(offline.NetworkForbidden):
        client.connect(("192.0.2.1", 80))


def test_sending_to_another_machine_is_refused() -> None:
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client,
        pytest.raises(offline.NetworkForbidden),
    ):
        client.sendto(b"hello", ("192.0.2.1", 53))


def test_asking_for_another_machines_address_is_refused() -> None:
    with pytest.raises(offline.NetworkForbidden):
        socket.getaddrinfo("seedtrain.example", 80)


def test_loopback_is_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=lambda: server.accept()[0].close()).start()
        socket.create_connection(server.getsockname(), timeout=5).close()


def test_pairs_without_an_address_are_open() -> None:
    left, right = socket.socketpair()
    with left, right:
        left.sendall(b"x")
        assert right.recv(1) == b"x"
