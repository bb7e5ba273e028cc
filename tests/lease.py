"""A lease that is over after so many questions."""


class Lease:
    """Says yes so often, and no ever after."""

    def __init__(self, questions: int) -> None:
        self.left = questions

    def __call__(self) -> bool:
        self.left -= 1
        return self.left >= 0
