from __future__ import annotations

from web.line import Line, in_turn
from web.reply import Reply


def test_those_beyond_the_first_are_told_their_place_until_it_is_their_turn() -> None:
    line = Line(1)
    with line.place() as first:
        assert list(first) == []
        with line.place() as second:
            assert next(second) == 1
            with line.place() as third:
                assert next(third) == 2
            with line.place() as fourth:  # the third left
                assert next(fourth) == 2
    with line.place() as places:
        assert list(places) == []


def test_a_reply_comes_in_turn_and_who_leaves_gives_up_the_place() -> None:
    line = Line(1)
    running = in_turn(line, iter([Reply("一"), Reply("二")]))
    assert next(running) == Reply("一")
    waiting, leaving = in_turn(line, iter([Reply("三")])), in_turn(line, iter([Reply("四")]))
    assert next(waiting).text == "正在排队：第 1 位，轮到了就回答您的问题。"
    assert next(leaving).text == "正在排队：第 2 位，轮到了就回答您的问题。"
    del leaving
    assert list(running) == [Reply("二")]
    assert list(waiting) == [Reply("三")]
    assert list(in_turn(line, iter([Reply("五")]))) == [Reply("五")]


def test_the_same_place_is_the_same_object() -> None:
    line = Line(1)
    with line.place():
        waiting = in_turn(line, iter([Reply("一")]))
        assert next(waiting) is next(waiting)
