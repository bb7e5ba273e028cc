"""`antipode match` on files: read whole, written whole, or refused whole."""

import csv
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from bot.matching.__main__ import main
from bot.matching.command import peak_rss_mb, run_match
from bot.matching.compiled import cache_folder, is_compiled
from bot.matching.report_file import guarded, write_all


HEADING = (
    "id,country,timezone,languages,interests,library_type,role,years,goals,hours_local,experience_wish,platforms"
    ",priority,wishes"
)
ANA = (
    "ana,BR,America/Sao_Paulo,en;pt,maps;zines,public,librarian,5,friendship,Mo09+2 Tu10+1,similar,telegram"
    ",0,continent=AF"
)
BEN = "ben,GH,Africa/Accra,en,maps,public,librarian,6,friendship,Mo12+3,any,telegram;slack,0,"
COY = "coy,PH,Asia/Manila,tl,zines,school,manager,,,,different,telegram,1,"


def put(folder: Path, *rows: str, heading: str = HEADING) -> Path:
    path = folder / "people.csv"
    path.write_text("\n".join([heading, *rows]) + "\n", encoding="utf-8")
    return path


def run(people: Path, **more: Path) -> tuple[int, list[str]]:
    told: list[str] = []
    code = run_match(people=people, out=people.parent / "pairs.csv", progress=told.append, **more)  # type: ignore[arg-type]
    return code, told


def test_people_in_a_file_become_pairs_in_a_file(tmp_path: Path) -> None:
    report, scores, picture = tmp_path / "report.json", tmp_path / "scores.csv", tmp_path / "page.svg"
    code, told = run(put(tmp_path, ANA, BEN, COY), report=report, scores=scores, picture=picture)

    rows = list(csv.DictReader((tmp_path / "pairs.csv").read_text(encoding="utf-8").splitlines()))
    found = json.loads(report.read_text(encoding="utf-8"))

    assert code == 0
    assert [(row["pair"], row["a"], row["b"], row["c"]) for row in rows] == [("1", "ana", "ben", "")]
    assert "wish of ana: continent AF" in rows[0]["reasons"]
    assert scores.read_text(encoding="utf-8") == f"a,b,score\nana,ben,{rows[0]['score']}\n"
    assert found["unplaced"][0]["rule"] == "language"
    assert {
        "people",
        "pairs",
        "trios",
        "placed_max",
        "total",
        "upper_bound",
        "gap_percent",
        "worst",
        "p5",
    } <= set(found)
    assert found["baselines"]["greedy"]["pairs"] == 1
    assert ET.parse(picture).getroot().tag.endswith("svg")
    assert told[-1].startswith("2 of 3 people in 1 pairs")


def test_the_same_input_and_seed_give_the_same_bytes(tmp_path: Path) -> None:
    people = put(tmp_path, ANA, BEN, COY)
    run(people)
    first = (tmp_path / "pairs.csv").read_bytes()
    run(people)

    assert (tmp_path / "pairs.csv").read_bytes() == first


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (ANA.replace("BR", "XX"), "'XX' is no country"),
        (ANA.replace("ana", ""), "the id is empty"),
        (ANA.replace("America/Sao_Paulo", "Mars/Base"), "'Mars/Base' is no time zone"),
        (ANA.replace("America/Sao_Paulo", "America"), "'America' is no time zone"),
        (ANA.replace("Mo09+2", "Mo25+2"), "'Mo25+2' is no free time"),
        (ANA.replace("Mo09+2", "Monday"), "'Monday' is no free time"),
        (ANA.replace("en;pt", "English"), "'English' is no language code"),
        (ANA.replace("en;pt", ""), "no language is named"),
        (ANA.replace("similar", "wise"), "experience_wish is any, similar or different"),
        (ANA.replace("telegram", ""), "no platform is named"),
        (ANA.replace(",5,", ",five,"), "years is a whole number, not 'five'"),
        (ANA.replace("continent=AF", "height=2"), "'height=2' is no wish"),
        (ANA + ",more", "15 cells where the heading has 14"),
        (BEN, "the id 'ben' comes twice"),
    ],
)
def test_a_bad_line_refuses_the_file_and_says_where(tmp_path: Path, row: str, reason: str) -> None:
    code, told = run(put(tmp_path, BEN, row))

    assert code == 1
    assert f"people.csv:3: {reason}" in told[-1]
    assert not (tmp_path / "pairs.csv").exists()


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    code, told = run(put(tmp_path, heading=HEADING.replace(",country", "")))

    assert (code, told[-1]) == (
        1,
        f"Refused, nothing is written. {tmp_path}/people.csv:1: the column country is missing",
    )


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("history", b"a,b\nx,y\n", "the column round is missing"),
        ("blocks", b"a,b\nx,\n", "both a and b need an id"),
        ("blocks", b"a,a\n", "the column b is missing"),
        ("blocks", b"a,b,a\n", "a column comes twice"),
        ("blocks", b'a,b\n"x,y\n', "is not CSV"),
        ("blocks", b"a,b\n\xff,y\n", "is not UTF-8 text"),
    ],
)
def test_bad_history_and_blocks_are_refused(tmp_path: Path, name: str, text: bytes, reason: str) -> None:
    path = tmp_path / f"{name}.csv"
    path.write_bytes(text)
    code, told = run(put(tmp_path, ANA, BEN), **{name: path})

    assert code == 1
    assert reason in told[-1]


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    code, told = run(tmp_path / "nowhere.csv")

    assert code == 1
    assert "cannot be read" in told[-1]


def test_former_partners_in_the_history_are_kept_apart(tmp_path: Path) -> None:
    history = tmp_path / "history.csv"
    history.write_text("round,a,b\n\n1,ben,ana\n", encoding="utf-8")
    code, told = run(put(tmp_path, ANA, BEN), history=history)

    assert code == 0
    assert told[-1].startswith("0 of 2 people")


def test_cells_that_could_be_formulas_are_guarded() -> None:
    assert [guarded(cell) for cell in ("=1+1", "-5", "@x", "plain")] == ["'=1+1", "'-5", "'@x", "plain"]


def test_nothing_is_left_when_one_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(OSError, match="taken"):
        write_all({tmp_path / "one": ["text"], tmp_path / "taken": ["text"]})

    assert [path.name for path in tmp_path.iterdir() if path.is_file() and path.name.startswith(".")] == []


def test_a_result_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    people = put(tmp_path, ANA, BEN)
    told: list[str] = []

    assert run_match(people=people, out=tmp_path / "no" / "pairs.csv", progress=told.append) == 1
    assert told[-1].startswith("Nothing is written.")


def test_the_module_can_be_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(
        ["--people", str(put(tmp_path, ANA, BEN)), "--out", str(tmp_path / "pairs.csv"), "--seed", "2"]
    )

    assert code == 0
    assert "gap 0.000000 %" in capsys.readouterr().err
    assert peak_rss_mb() > 0


def test_compiled_code_is_kept_where_it_can_be_written(tmp_path: Path) -> None:
    assert cache_folder(tmp_path, tmp_path) is None
    assert cache_folder(tmp_path / "none", tmp_path) == tmp_path / ".cache" / "antipode"
    assert cache_folder(tmp_path / "none", tmp_path / "none") is not None


def test_what_was_compiled_before_is_found(tmp_path: Path) -> None:
    before = is_compiled(tmp_path)
    (tmp_path / "some").mkdir()
    (tmp_path / "some" / "blossom.solve-1.py311.nbi").touch()

    assert (before, is_compiled(tmp_path)) == (False, True)
