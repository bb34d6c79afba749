"""The bell on which threads wait for news."""

from threading import Thread

from workloom.services.wake import Wake


def test_a_ring_before_the_wait_is_not_lost() -> None:
    wake = Wake()
    rings = wake.rings
    wake.ring()
    assert wake.wait(rings, timeout=0)
    assert not wake.wait(wake.rings, timeout=0)


def test_a_ring_ends_the_wait_of_another_thread() -> None:
    wake = Wake()
    answers: list[bool] = []
    waiting = Thread(target=lambda: answers.append(wake.wait(0, timeout=10)))
    waiting.start()
    wake.ring()
    waiting.join()
    assert answers == [True]


def test_listeners_hear_each_ring_until_they_leave() -> None:
    wake = Wake()
    heard: list[int] = []
    leave = wake.subscribe(lambda: heard.append(wake.rings))
    wake.ring()
    wake.ring()
    leave()
    leave()
    wake.ring()
    assert heard == [1, 2]
