"""Marking: the wrong character of a credit code is found for the eye."""

from probity.know.records.types import QuarantineProblem
from probity.show.desk.know.marking import brief, marked
from probity.terms import Text


def problem(delivered: str, code: str = "CODE", message: Text | None = None) -> QuarantineProblem:
    """A problem of a column with credit codes."""
    return QuarantineProblem("统一社会信用代码", code, message or Text("不对", "wrong"), delivered, True)


def test_the_failing_character_is_marked() -> None:
    """A letter O among the digits stands out; the check character does when all else is right."""
    pieces = marked(problem("9133990175208834OK"))
    assert [piece.text for piece in pieces if piece.is_wrong] == ["O"]
    assert "".join(piece.text for piece in pieces) == "9133990175208834OK"
    assert marked(problem("91350100M000100Y44"))[-1] == ("4", True)


def test_other_values_are_shown_whole() -> None:
    """Nothing is marked where no place is known."""
    assert marked(problem("2026.9.31", code="DATE")) == (("2026.9.31", False),)
    assert marked(problem("")) == ()


def test_a_sentence_is_brief_beside_its_row_and_column() -> None:
    """Row, column and value stand in cells of their own."""
    message = Text(
        "第 37 行「统一社会信用代码」：校验不通过，报送内容为「X」",
        "row 37, column “统一社会信用代码”: it fails; it reads “X”",
    )
    assert brief(problem("X", message=message), 37) == Text("校验不通过", "it fails")
