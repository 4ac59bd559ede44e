"""The pages say what the code has: pure text against text, so that a new word cannot land without its entry."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "yuimaru"
REFERENCE = ROOT / "docs" / "reference"
DECISIONS = ROOT / "docs" / "decisions"
TABLE_BASES = {"Model", "Owned", "AbstractBaseUser"}
# Put together here, so that this file does not hold what it looks for.
FORBIDDEN = re.compile("|".join((r"(?<![\w.])/" + "work/", r"(?<![\w.])/" + "farm/", r"\bTO" + r"DO\b")))
ENDS = {".pdf", ".docx", ".xlsx", ".png", ".jpg", ".mo"}


def _read(*parts: str) -> str:
    return ROOT.joinpath(*parts).read_text(encoding="utf-8")


def _parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _classes(path: Path) -> Iterator[ast.ClassDef]:
    return (node for node in ast.walk(_parse(path)) if isinstance(node, ast.ClassDef))


def _base_names(node: ast.ClassDef) -> set[str]:
    return {ast.unparse(base).partition("[")[0].rpartition(".")[2] for base in node.bases}


def _model_files() -> list[Path]:
    found = [*SOURCE.glob("foundation/*/models.py"), *SOURCE.glob("services/*/models.py")]
    return sorted([*found, *SOURCE.glob("services/*/models/*.py")])


def _tables() -> list[str]:
    return [
        node.name for path in _model_files() for node in _classes(path) if _base_names(node) & TABLE_BASES
    ]


def _states() -> set[str]:
    """The stored values of every closed choice of a table."""
    return {
        str(ast.literal_eval(line.value)[0])
        for path in _model_files()
        for node in _classes(path)
        if "TextChoices" in _base_names(node)
        for line in node.body
        if isinstance(line, ast.Assign)
    }


def _members(path: Path, name: str) -> set[str]:
    """The values of an enumeration."""
    [node] = [node for node in _classes(path) if node.name == name]
    return {ast.literal_eval(line.value) for line in node.body if isinstance(line, ast.Assign)}


def _is_kind(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[a-z_]+\.[a-z_]+", value) is not None


def _events() -> set[str]:
    """Kinds of events: constants in events.py and the first argument of every call that records one."""
    kinds = {
        node.value
        for path in SOURCE.glob("*/*/events.py")
        for node in ast.walk(_parse(path))
        if isinstance(node, ast.Constant) and _is_kind(node.value)
    }
    for path in [*SOURCE.glob("foundation/**/*.py"), *SOURCE.glob("services/**/*.py")]:
        for node in ast.walk(_parse(path)):
            if isinstance(node, ast.Call) and "record" in ast.unparse(node.func) and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and _is_kind(first.value):
                    kinds.add(str(first.value))
    return {str(kind) for kind in kinds}


def _commands() -> dict[str, str]:
    """Command name → module:function, from the one table of commands."""
    for node in ast.walk(_parse(SOURCE / "config" / "commandline.py")):
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "COMMANDS" and node.value:
            table: dict[str, tuple[str, str]] = ast.literal_eval(node.value)
            return {name: place for name, (place, _) in table.items()}
    raise AssertionError("config/commandline.py has no table COMMANDS")


def _command_files(place: str) -> list[Path]:
    """The file of a command or group, and those of the same beginning that add commands to the group."""
    module = SOURCE.parent.joinpath(*place.partition(":")[0].split("."))
    if module.is_dir():
        return [module / "__init__.py"]
    first = module.name.partition("_")[0]
    return [module.with_suffix(".py"), *sorted(module.parent.glob(f"{first}.py"))]


def _decorated(path: Path) -> Iterator[tuple[str, str, ast.Call]]:
    """Function, decorator and call of every click decorator that stands with arguments."""
    functions = (node for node in ast.walk(_parse(path)) if isinstance(node, ast.FunctionDef))
    for function in functions:
        for decorator in function.decorator_list:
            if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Attribute):
                yield function.name, ast.unparse(decorator.func), decorator


def _subcommands(path: Path) -> set[str]:
    """`group name` of every command of a group."""
    found = set()
    for function, decorator, call in _decorated(path):
        group, _, kind = decorator.partition(".")
        if kind == "command" and group != "click":
            given = [ast.literal_eval(each) for each in call.args]
            found.add(f"{group} {given[0] if given else function.replace('_', '-')}")
    return found


def _options(path: Path) -> set[str]:
    calls = (node for node in ast.walk(_parse(path)) if isinstance(node, ast.Call))
    return {
        str(each.value)
        for call in calls
        if ast.unparse(call.func) == "click.option"
        for each in call.args
        if isinstance(each, ast.Constant) and str(each.value).startswith("--")
    }


def _kata_words() -> set[str]:
    """Every word that may stand in a kata: the fields of its models, by the name that authors write."""
    words = set()
    modules = sorted((SOURCE / "core" / "kata" / "models").glob("*.py"))
    for node in (each for module in modules for each in _classes(module)):
        for line in node.body:
            if isinstance(line, ast.AnnAssign):
                alias = re.search(r"alias='(\w+)'", ast.unparse(line))
                words.add(alias[1] if alias else ast.unparse(line.target))
    return words


def _files() -> list[Path]:
    """The files of the repository, as git lists them."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    names = listed.stdout.decode().split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def _missing(words: set[str] | list[str], page: str) -> list[str]:
    return sorted(word for word in words if f"`{word}`" not in page)


def test_every_table_role_verb_event_and_state_is_in_the_word_list() -> None:
    words = _read("docs", "reference", "words.md")
    tenancy = SOURCE / "foundation" / "tenancy"
    tables, events = _tables(), _events()
    assert {"Organisation", "Case", "Event"} <= set(tables)
    assert {"case.moved", "kata.adopted"} <= events
    assert _missing(tables, words) == []
    assert _missing(_members(tenancy / "actors.py", "Role"), words) == []
    assert _missing(_members(tenancy / "rules.py", "Verb"), words) == []
    assert _missing(events, words) == []
    assert _missing(_states(), words) == []


def test_every_command_and_option_is_documented() -> None:
    page = _read("docs", "reference", "commands.md")
    for name, place in _commands().items():
        paths = _command_files(place)
        assert re.search(rf"(^|`){name}\b", page, re.MULTILINE), name
        for command in {command for path in paths for command in _subcommands(path)}:
            assert re.search(rf"(^|`){command}\b", page, re.MULTILINE), command
        for option in {option for path in paths for option in _options(path)}:
            assert re.search(rf"{option}\b", page), f"{name} {option}"


def test_no_command_is_documented_that_does_not_exist() -> None:
    page = _read("docs", "reference", "commands.md")
    known = _commands()
    fenced = [block for block in page.split("```")[1::2] if block.startswith("\n")]
    lines = [line for block in fenced for line in block.splitlines() if line]
    groups = {
        name: {command for path in _command_files(place) for command in _subcommands(path)}
        for name, place in known.items()
    }
    for line in lines:
        name, *rest = line.split()
        assert name in known, line
        own = {command for command in groups[name] if command.startswith(f"{name} ")}
        assert not own or f"{name} {rest[0]}" in own, line


def test_every_setting_is_documented_and_no_other() -> None:
    code = (SOURCE / "config" / "env.py").read_text(encoding="utf-8") + _read("yuimaru")
    read = set(re.findall(r"YUIMARU_[A-Z_]+", code))
    written = set(re.findall(r"YUIMARU_[A-Z_]+", _read("docs", "reference", "settings.md")))
    assert "YUIMARU_VAR" in read
    assert read == written


def test_every_word_of_the_kata_language_is_documented() -> None:
    words = _kata_words()
    assert {"not_by", "if", "is"} <= words
    assert _missing(words, _read("docs", "reference", "kata.md")) == []


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads(_read("pyproject.toml"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    page = _read("docs", "decisions", "0014-dependencies.md")
    names = [re.split(r"[\[><=~! ]", each)[0] for each in wanted]
    assert [name for name in names if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", page)] == []
    rows = dict(re.findall(r"^\| ([\w.-]+) \| ([^|]+) \|", page, re.MULTILINE))
    ranges = {name: each.removeprefix(name) for name, each in zip(names, wanted, strict=True)}
    assert {name: row for name, row in rows.items() if name in ranges and ranges[name] != row} == {}


def test_readme_begins_with_the_two_commands() -> None:
    readme = _read("README.md")
    assert "./yuimaru demo" in readme
    assert "./yuimaru test" in readme


@pytest.mark.parametrize(
    ("name", "most"), [("README.md", 120), ("ARCHITECTURE.md", 150), ("CONTRIBUTING.md", 150)]
)
def test_pages_stay_short(name: str, most: int) -> None:
    assert len(_read(name).splitlines()) <= most


def test_decision_records_are_listed_and_fit_a_page() -> None:
    index = _read("docs", "decisions", "README.md")
    records = sorted(DECISIONS.glob("[0-9]*.md"))
    assert [int(record.name[:4]) for record in records] == list(range(1, len(records) + 1))
    for record in records:
        text = record.read_text(encoding="utf-8")
        assert f"]({record.name})" in index
        prose = [line for line in text.splitlines() if not line.startswith("| ")]
        assert len(prose) <= 50, record.name
        assert "\nStatus: " in text, record.name


def test_links_between_pages_lead_somewhere() -> None:
    pages = [path for path in _files() if path.suffix == ".md" and "documents" not in path.parts]
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not re.match(r"[a-z]+:|/", target) and not (page.parent / target).exists()
    ]
    assert broken == []


def test_no_file_names_a_machine_or_leaves_work_undone() -> None:
    files = _files()
    assert ROOT / "pyproject.toml" in files
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in files
        if path.suffix not in ENDS
        for match in [FORBIDDEN.search(path.read_text(encoding="utf-8", errors="replace"))]
        if match
    ]
    assert found == []
