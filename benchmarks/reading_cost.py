"""What the hardest text costs a reader: milliseconds, and the ratio to an ordinary answer of the same run.

`python -m benchmarks.reading_cost`; the texts are those of `tests/reading/answers.py`, 5,000 characters each.
"""

import time
from collections.abc import Iterable

from tests.reading.answers import HOSTILE, ORDINARY, READERS


#: Something new each time, so that nothing but the tables can be remembered.
EXTRA = ("", "x", "xy")
ENDS = (".", "!", "..", "!!", " .", " !", ".!", "!.")


def main() -> None:
    print("| reader | ordinary ms | hardest ms | ratio | the hardest text |")
    print("| --- | --- | --- | --- | --- |")
    for name in READERS:
        READERS[name]("warm up the tables")
        ordinary = quickest(name, [ORDINARY[name] + end for end in ENDS])
        spans = {case: quickest(name, [extra + text for extra in EXTRA]) for case, text in HOSTILE.items()}
        hardest = max(spans, key=spans.__getitem__)
        print(
            f"| {name} | {1000 * ordinary:.3f} | {1000 * spans[hardest]:.2f} "
            f"| {spans[hardest] / ordinary:.0f} | {hardest} |",
            flush=True,
        )


def quickest(name: str, texts: Iterable[str]) -> float:
    """Give the seconds of the text that was read quickest: other programs share the machine."""
    spans = []
    for text in texts:
        began = time.perf_counter()
        READERS[name](text)
        spans.append(time.perf_counter() - began)
    return min(spans)


if __name__ == "__main__":
    main()
