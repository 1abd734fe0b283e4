"""Attempts to sign in: counted by name and address, within bounds of time and memory."""

from qa.web.access.attempts import MOST_KEPT, OF_A_NAME, OF_AN_ADDRESS, Attempts


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
    assert attempts.remembered <= 3 * MOST_KEPT
    assert attempts.begin("maria", "192.0.2.1") == 300


def test_what_is_over_is_forgotten() -> None:
    now = [0.0]
    attempts = Attempts(lambda: now[0])
    for number in range(100):
        attempts.begin(f"name{number}", f"10.0.0.{number}")
    now[0] = 300.0
    attempts.begin("maria", "192.0.2.1")
    assert attempts.remembered == 2  # of the name at that address, and of the address


def test_the_networks_of_an_ipv6_site_count_together() -> None:
    # A site is given a /48, which holds 65,536 networks with five attempts a name each.
    attempts = Attempts(lambda: 0.0)
    waits = [attempts.begin("maria", f"2001:db8:1:{number:x}::1") for number in range(101)]
    assert waits == [0] * 100 + [300]
    assert attempts.begin("maria", "2001:db8:2::1") == 0


def test_a_right_password_takes_its_attempt_back_from_its_site_too() -> None:
    attempts = Attempts(lambda: 0.0)
    for number in range(200):
        assert attempts.begin("maria", f"2001:db8:1:{number:x}::1") == 0
        attempts.right("maria", f"2001:db8:1:{number:x}::1")
    assert attempts.remembered == 0


def test_attempts_from_elsewhere_make_none_forgotten_that_counts() -> None:
    attempts = Attempts(lambda: 0.0)
    for _ in range(OF_A_NAME):
        attempts.begin("maria", "192.0.2.1")
    for number in range(MOST_KEPT - 1):
        attempts.begin("maria", f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
    assert attempts.begin("maria", "192.0.2.1") == 300
    assert attempts.begin("maria", "10.0.0.0") == 0


def test_the_names_tried_from_one_address_make_no_count_of_another_forgotten() -> None:
    attempts = Attempts(lambda: 0.0)
    for number in range(OF_AN_ADDRESS):
        attempts.begin(f"name{number}", "192.0.2.1")
    for number in range(MOST_KEPT):
        attempts.begin(f"name{number}", f"10.{number >> 12}.{number >> 4 & 255}.1")
    assert attempts.begin("maria", "192.0.2.1") == 300
