"""`municipality join`: a town from a file, all of it or nothing; what is wrong is named with line and path."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.conf import settings
from django.test import Client
from django.utils.timezone import localdate
from tests import cast

from yuimaru.foundation.audit.models import Event
from yuimaru.foundation.people.models import Assignment, Post, Section, User
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Mandate, Organisation
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.interfaces.cli.municipality import municipality
from yuimaru.services.catalogue.models import Adoption
from yuimaru.services.knowledge.queries import ask

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]

EXAMPLE = Path(settings.ROOT) / "docs" / "reference" / "joining" / "hanano.yaml"
HANANO = "990043"
NOTHING = dict.fromkeys(("municipality", "sections", "staff", "kata", "mandates", "documents", "public"), 0)
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes the example file with some of its text replaced, beside its document."""

    def written(*replaced: tuple[str, str], more: str = "") -> Path:
        text = EXAMPLE.read_text(encoding="utf-8")
        for old, new in replaced:
            assert old in text, old
            text = text.replace(old, new)
        folder = tmp_path / "sheet"
        folder.mkdir(exist_ok=True)
        (folder / "kurashi.md").write_bytes((EXAMPLE.parent / "kurashi.md").read_bytes())
        file = folder / "town.yaml"
        file.write_text(text + more, encoding="utf-8")
        return file

    return written


def run(*arguments: str) -> Result:
    return CliRunner().invoke(municipality, [*arguments, "--json"])


def join(file: Path) -> Result:
    return run("join", str(file))


def refused(file: Path) -> list[tuple[str, str, int | None]]:
    """Code, path and line of what is wrong, after seeing that nothing was written."""
    before = rows()
    result = join(file)
    assert result.exit_code == 1, result.output
    report: dict[str, Any] = json.loads(result.stdout)
    assert (report["ok"], report["counts"]) == (False, {})
    assert all(" / " in error["message"] for error in report["errors"]), "both languages"
    assert rows() == before
    return [(error["code"], error["path"], error["line"]) for error in report["errors"]]


def rows() -> tuple[int, ...]:
    """How many rows there are of everything that joining writes and no scope hides."""
    tables = (Organisation, User, Assignment, Mandate, Event)
    return tuple(table.objects.count() for table in tables)


def line_of(file: Path, text: str) -> int:
    lines = file.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def test_the_example_of_the_reference_becomes_a_working_town(
    write: Write, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        result = join(write())
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert report == {
        "ok": True,
        "counts": {
            "municipality": 1, "sections": 3, "staff": 3, "kata": 2, "mandates": 1, "documents": 1, "public": 1,
        },
        "errors": [],
    }  # fmt: skip
    town = get_municipality(HANANO)
    assert (town.name, town.kana, town.theme) == ("花野町", "はなのちょう", "green")
    assert town.parent is not None
    assert town.parent.code == cast.CONSORTIUM
    with scope(Actor.system(town)):
        assert Section.objects.get(is_general=True).duties == "はじめのご案内"
        assert set(Post.objects.values_list("role", flat=True)) == {"municipality-admin", "clerk", "decider"}
        assert Adoption.objects.get(kata="jidou-teate").params["補正期限日数"] == 10
        assert ask(town, "図書室は何時まで開いていますか", localdate()).sentences
    assert Client().get(f"/m/{HANANO}/").status_code == 200


def test_a_second_run_changes_nothing(write: Write) -> None:
    file = write()
    assert join(file).exit_code == 0
    before = rows()
    again = join(file)
    assert again.exit_code == 0
    assert json.loads(again.stdout) == {"ok": True, "counts": NOTHING, "errors": []}
    assert rows() == before
    assert not again.stderr.strip(), "nobody is invited twice"


def test_new_people_choose_their_password_once(write: Write) -> None:
    invitations = dict(
        line.split() for line in join(write()).stderr.splitlines() if "/accounts/first/" in line
    )
    assert set(invitations) == {"hanano-admin", "hanano-clerk", "hanano-decider"}
    browser, address = Client(), invitations["hanano-clerk"]
    assert "hanano-clerk" in browser.get(address).content.decode()
    for password, again in (("short", "short"), ("1234567890", "1234567890"), ("山と川と海の三つ", "山")):
        assert browser.post(address, {"password": password, "again": again}).status_code == 200
    chosen = {"password": "山と川と海と空の歌声", "again": "山と川と海と空の歌声"}
    assert browser.post(address, chosen).headers["Location"] == "/accounts/login/"
    assert browser.get(address).status_code == 404
    assert browser.post(address, chosen).status_code == 404
    signed_in = browser.post(
        "/accounts/login/", {"login": "hanano-clerk", "password": "山と川と海と空の歌声"}
    )
    assert signed_in.headers["Location"] == "/desk/"


def test_a_town_that_is_not_public_is_hidden_and_opened_by_a_later_run(write: Write) -> None:
    assert join(write(("public: true", "public: false"))).exit_code == 0
    hidden, unknown = Client().get(f"/m/{HANANO}/"), Client().get("/m/990051/")
    assert (hidden.status_code, hidden.content) == (404, unknown.content)
    assert "花野町" not in Client().get("/").content.decode()
    assert json.loads(join(write()).stdout)["counts"] == {**NOTHING, "public": 1}
    assert "花野町" in Client().get("/").content.decode()


@pytest.mark.parametrize(
    ("old", "new", "code", "path"),
    [
        ('code: "990043"', 'code: "990044"', "check_digit", "municipality.code"),
        ("kind: town", "kind: operator", "literal_error", "municipality.kind"),
        ("theme: green", "theme: pink", "literal_error", "municipality.theme"),
        ("kana: はなのちょう", "kana: 花野町", "kana", "municipality.kana"),
        ("phone: 0599-43-0000", "phone: 0599-43", "too_short", "municipality.phone"),
        ("name: 花野町\n", "name: [花野町]\n", "string_type", "municipality.name"),
        ("population: 12400", "population: 多い", "int_type", "municipality.population"),
        ('consortium: "990001"', 'consortium: "990019"', "unknown_consortium", "municipality.consortium"),
        ("hours_en:", "hour_en:", "extra_forbidden", "municipality.hour_en"),
        ("login: hanano-clerk", "login: hanano-admin", "twice", "staff[1].login"),
        ("login: hanano-clerk", "login: oumi-clerk", "login_taken", "staff[1].login"),
        ("login: hanano-clerk", "login: Hanano Clerk", "login", "staff[1].login"),
        ("section: 総合窓口, post", "section: 総務課, post", "unknown_section", "staff[0].section"),
        ("role: decider", "role: consortium-admin", "literal_error", "staff[2].role"),
        (", general: true", "", "general", "sections"),
        ("kata: kansen-selfcheck", "kata: nothing-here", "unknown_kata", "kata[1].kata"),
        ("担当課: 子ども課", "担当の課: 子ども課", "parameter", "kata[0].parameters.担当の課"),
        ("補正期限日数: 10", "補正期限日数: 99", "parameter", "kata[0].parameters.補正期限日数"),
        ("補正期限日数: 10", "補正期限日数: 十日", "parameter", "kata[0].parameters.補正期限日数"),
        ("steps: [形式審査]", "steps: [形式審査, 決裁]", "forbidden", "mandates[0].form"),
        ("form: outsourcing", "form: delegation", "forbidden", "mandates[0].form"),
        ("steps: [形式審査]", "steps: [無い工程]", "unknown_word", "mandates[0].steps[0]"),
        ("masked: [住所]", "masked: [無い項目]", "unknown_word", "mandates[0].masked[0]"),
        ('taker: "7990001000001"', 'taker: "990019"', "unknown_taker", "mandates[0].taker"),
        ("file: kurashi.md", "file: ../kurashi.md", "outside", "documents[0].file"),
        ("file: kurashi.md", "file: missing.md", "no_file", "documents[0].file"),
        ("file: kurashi.md", "file: town.yaml", "unsupported", "documents[0].file"),
        ("public: true", "public: 'yes'", "bool_type", "public"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_and_nothing_written(
    write: Write, old: str, new: str, code: str, path: str
) -> None:
    file = write((old, new))
    found = refused(file)
    assert (code, path) in [(each, where) for each, where, _line in found], found


def test_a_fault_stands_at_its_line_and_all_faults_are_named_at_once(write: Write) -> None:
    file = write(
        ('code: "990043"', "code: 990044"),
        ("phone: 0599-43-0110", "phone: なし"),
        ("role: decider", "role: mayor"),
    )
    assert refused(file) == [
        ("check_digit", "municipality.code", line_of(file, "code:")),
        ("characters", "sections[1].phone", line_of(file, "住民課, name_en")),
        ("literal_error", "staff[2].role", line_of(file, "hanano-decider")),
    ]
    wrong_words = write(
        ("補正期限日数: 10", "補正期限日数: 99"), ("担当課: 子ども課", "担当の課: 子ども課"),
        ("login: hanano-clerk", "login: oumi-clerk"), ("kata: kansen-selfcheck", "kata: nothing-here"),
    )  # fmt: skip
    assert {path for _code, path, _line in refused(wrong_words)} == {
        "staff[1].login",
        "kata[0].parameters.補正期限日数",
        "kata[0].parameters.担当の課",
        "kata[1].kata",
    }


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"x: " + b"a" * 1_000_001, "too_large"),
        (b"- " * 30 + b"x", "too_deep"),
        (b"a: [" + b"1," * 30_001 + b"1]", "too_many_values"),
        (b"a: &b [1]\nc: *b", "anchor"),
        (b"a: !!python/object:os.system x", "tag"),
        (b"a: 1\na: 2", "duplicate_key"),
        (b"\xff\xfe", "not_utf8"),
        (b"name: \x00", "character"),
        (b"a: [", "yaml"),
        (b"", "model_type"),
        (b"- 1", "model_type"),
        (b"municipality: {}", "missing"),
    ],
)
def test_a_hostile_file_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    file = tmp_path / "hostile.yaml"
    file.write_bytes(content)
    assert code in {each for each, _path, _line in refused(file)}


def test_names_are_kept_byte_for_byte(write: Write) -> None:
    # か with a combining mark, half-width kana, an ideographic variation and a space at the end
    odd = "花野町か\u3099ﾊﾅ葛\U000e0100　"
    assert join(write(("name: 花野町\n", f'name: "{odd}"\n'))).exit_code == 0
    assert get_municipality(HANANO).name == odd


def test_a_file_overwrites_nothing(write: Write) -> None:
    assert join(write()).exit_code == 0
    for old, new, path in (
        ("address: 汐見県花野町中央2-1", "address: 汐見県花野町中央9-9", "municipality.address"),
        ("phone: 0599-43-0110", "phone: 0599-43-0119", "sections[1].phone"),
        ("補正期限日数: 10", "補正期限日数: 12", "kata[0].parameters"),
        ("masked: [住所]", "masked: [氏名]", "mandates[0]"),
    ):
        found = refused(write((old, new)))
        assert [(code, where) for code, where, _line in found] == [("differs", path)]


def test_a_registered_town_of_somebody_else_is_not_taken_over(write: Write) -> None:
    found = refused(write(('code: "990043"', f'code: "{cast.OUMI}"')))
    assert {code for code, _path, _line in found} == {"differs"}


def test_what_is_missing_keeps_a_town_from_being_public(write: Write) -> None:
    assert [code for code, _path, _line in refused(write(("role: decider", "role: author")))] == ["not_ready"]


def test_a_link_out_of_the_folder_is_not_followed(write: Write, tmp_path: Path) -> None:
    file = write()
    secret = tmp_path / "secret.md"
    secret.write_text("# 秘密\n\n内部の文書です。\n", encoding="utf-8")
    (file.parent / "kurashi.md").unlink()
    (file.parent / "kurashi.md").symlink_to(secret)
    assert [code for code, _path, _line in refused(file)] == ["no_file"]


def test_an_unknown_file_is_wrong_input(tmp_path: Path) -> None:
    result = join(tmp_path / "nothing.yaml")
    assert result.exit_code == 2
    assert "読めません" in result.stderr
    assert join(tmp_path).exit_code == 2


def test_people_read_it_in_words(write: Write) -> None:
    told = CliRunner().invoke(municipality, ["join", str(write(("kind: town", "kind: 町")))])
    assert told.exit_code == 1
    assert "town.yaml:8：municipality.kind：次のどれか" in told.stdout
    done = CliRunner().invoke(municipality, ["join", str(write())])
    assert (
        "登録しました（団体 1、所属 3、職員 3、型の採用 2、受委託の定め 1、文書 1、公開 1）。" in done.stdout
    )
    assert done.stdout.count("/accounts/first/") == 3
    assert "変更はありません" in CliRunner().invoke(municipality, ["join", str(write())]).stdout


def test_the_first_person_of_a_new_installation(var: Path) -> None:
    assert run("add", "990060", "--name", "花野県共同利用団体", "--kind", "consortium").exit_code == 0
    told = run("admin", "990060", "--login", "hanano-lead", "--name", "上原 灯")
    assert told.exit_code == 0, told.output
    address = json.loads(told.stdout)["address"]
    again = json.loads(run("admin", "990060", "--login", "hanano-lead", "--name", "上原 灯").stdout)[
        "address"
    ]
    chosen = {"password": "川と海と空と山の歌声", "again": "川と海と空と山の歌声"}
    assert Client().post(again, chosen).status_code == 302
    assert Client().get(address).status_code == 404, "one of them was used"
    for arguments in (
        ("admin", "990060", "--login", "hanano-lead", "--name", "上原 灯"),
        ("admin", "990060", "--login", "oumi-admin", "--name", "松尾 健"),
        ("admin", "990060", "--login", "Admin", "--name", "松尾 健"),
        ("admin", "990078", "--login", "somebody", "--name", "松尾 健"),
    ):
        result = run(*arguments)
        assert result.exit_code == 2, result.output
        assert " / " in result.stderr
