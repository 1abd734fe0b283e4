"""Attempts to sign in: counted by name and address, within bounds of time and memory."""

from qa.web.access.attempts import MOST_KEPT, Attempts


def test_an_attempt_counts_from_its_beginning_until_five_minutes_later() -> None:
    now = [0.0]
    attempts = Attempts(lambda: now[0])
    assert [attempts.begin("maria", "192.0.2.1") for _ in range(6)] == [0, 0, 0, 0, 0, 300]
    now[0] = 299.5
    assert attempts.begin("maria", "192.0.2.1") == 1
    now[0] = 300.0
    assert attempts.begin("maria", "192.0.2.1") == 0


def test_a_right_password_takes_its_own_attempt_back() -> None:
    attempts = Attempts(lambda: 0.0)
    for _ in range(4):
        attempts.begin("maria", "192.0.2.1")
    attempts.begin("maria", "192.0.2.1")
    attempts.right("maria", "192.0.2.1")
    assert attempts.begin("maria", "192.0.2.1") == 0


def test_an_ipv6_network_counts_as_one_address() -> None:
    # A home is given a whole /64: each of its addresses would be five further attempts.
    attempts = Attempts(lambda: 0.0)
    for number in range(5):
        attempts.begin("maria", f"2001:db8:1:2::{number}")
    assert attempts.begin("maria", "2001:db8:1:2:ffff::1") == 300
    assert attempts.begin("maria", "2001:db8:1:3::1") == 0
    assert attempts.begin("maria", "::ffff:192.0.2.1") == 0
    assert attempts.begin("maria", "::ffff:192.0.2.2") == 0


def test_an_address_that_is_none_counts_as_it_is() -> None:
    attempts = Attempts(lambda: 0.0)
    assert [attempts.begin("maria", "testclient") for _ in range(6)][-1] == 300


def test_memory_is_bounded_and_the_latest_attempts_are_kept() -> None:
    attempts = Attempts(lambda: 0.0)
    for number in range(MOST_KEPT):
        attempts.begin("x" * 4000, f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
    for _ in range(5):
        attempts.begin("maria", "192.0.2.1")
    assert attempts.kept <= MOST_KEPT
    assert attempts.begin("maria", "192.0.2.1") == 300


def test_what_is_over_is_forgotten() -> None:
    now = [0.0]
    attempts = Attempts(lambda: now[0])
    for number in range(100):
        attempts.begin(f"name{number}", f"10.0.0.{number}")
    now[0] = 300.0
    attempts.begin("maria", "192.0.2.1")
    assert attempts.kept == 2  # of the name at that address, and of the address
