"""What deploy/ has, read as the tools read it that are not here: each path, command and option in it is there."""

from __future__ import annotations

import configparser
import fnmatch
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import zipfile
from datetime import timedelta
from importlib import metadata
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from bot import config
from bot.cli.commands import copydesk
from bot.runtime.closing import SPARE
from bot.runtime.health import Health, Queue, Seen
from bot.runtime.metrics import Counted, Metrics
from tests.fakes import FakeClock

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
STATE = PurePosixPath("/var/lib/copydesk")
CONFIG = "/etc/copydesk/config.toml"


def unit() -> configparser.ConfigParser:
    parsed = configparser.ConfigParser(strict=False, interpolation=None)
    parsed.optionxform = str  # type: ignore[assignment]
    parsed.read(DEPLOY / "copydesk.service")
    return parsed


def seconds(text: str) -> float:
    """A length of time as systemd and Compose write it."""
    found = re.fullmatch(r"(\d+)(s|min|ms)?", text)
    assert found
    return int(found[1]) * {"ms": 0.001, "s": 1, "min": 60, None: 1}[found[2]]


def runs(words: list[str]) -> None:
    """The words are a command line of the desk's that names the place of its configuration, and a command that is there."""
    option, path, command = words
    assert (option, path) == ("--config", CONFIG)
    assert command in copydesk.commands


# --- systemd ---------------------------------------------------------------------------------------


def test_the_unit_starts_the_desk_and_gives_it_time_to_end():
    service = unit()["Service"]
    program, *words = shlex.split(service["ExecStart"])
    assert PurePosixPath(program).name in PROJECT["scripts"]
    runs(words)
    assert service["Type"] == "notify"
    assert seconds(service["TimeoutStopSec"]) >= config.build({}, ROOT, {}).grace.seconds + SPARE + 1
    assert (
        STATE
        == PurePosixPath("/var/lib") / service["StateDirectory"]
        == PurePosixPath(service["WorkingDirectory"])
    )
    guide = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    for path in (CONFIG, service["EnvironmentFile"].lstrip("-"), str(PurePosixPath(program).parents[1])):
        assert path in guide or f"{PurePosixPath(path).parent}/" in guide, path


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
def test_systemd_knows_every_directive_of_the_unit_and_finds_it_closed(tmp_path):
    text = (DEPLOY / "copydesk.service").read_text(encoding="utf-8")
    here = tmp_path / "copydesk.service"
    here.write_text(text.replace("/opt/copydesk/bin/copydesk", sys.executable), encoding="utf-8")
    verified = subprocess.run(
        ["systemd-analyze", "verify", here], capture_output=True, text=True, check=False
    )
    about = [line for line in verified.stderr.splitlines() if "copydesk.service" in line]
    assert [line for line in about if "Unknown" in line or "Failed" in line or "Invalid" in line] == []
    told = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", here], capture_output=True, text=True, check=False
    )
    (exposure,) = re.findall(r"Overall exposure level for \S+ (\d+\.\d)", told.stdout)
    assert float(exposure) <= 1.5


# --- the image -------------------------------------------------------------------------------------


def dockerfile() -> list[tuple[str, str]]:
    """Its instructions, whole."""
    text = re.sub(r"^#.*\n", "", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines if line)]


def told(word: str) -> list[str]:
    return [rest for name, rest in dockerfile() if name == word]


def is_sent(path: str) -> bool:
    """Whether the build gets the path, by the last line of the ignore file that matches it."""
    sent = True
    for line in (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines():
        pattern = line.lstrip("!")
        if line and not line.startswith("#") and fnmatch.fnmatch(path, pattern):
            sent = line.startswith("!")
    return sent


def test_the_image_is_made_of_what_is_there_for_a_python_that_fits():
    words = {
        "FROM",
        "ENV",
        "RUN",
        "COPY",
        "USER",
        "WORKDIR",
        "VOLUME",
        "EXPOSE",
        "HEALTHCHECK",
        "ENTRYPOINT",
        "CMD",
    }
    assert {word for word, _ in dockerfile()} == words
    for image in told("FROM"):
        assert image.split()[0] == f"python:{PROJECT['requires-python'].removeprefix('>=')}-slim"
    sources = [
        name for rest in told("COPY") if not rest.startswith("--from=built") for name in rest.split()[:-1]
    ]
    assert "bot" in sources
    assert [name for name in sources if not (ROOT / name).exists() or not is_sent(name)] == []
    assert [name for name in (".env", "inbox", "tests", ".git", "deploy/.env") if is_sent(name)] == []
    needed = {PROJECT["readme"], *PROJECT["license-files"], "pyproject.toml", "config.example.toml"}
    assert needed <= {*sources}, "the build of the wheel reads them"


def test_the_image_runs_the_desk_as_nobody_else_and_asks_for_its_life():
    (user,), (volume,), (place,) = told("USER"), told("VOLUME"), told("WORKDIR")
    assert user == "10001:10001"
    assert place == volume == str(STATE)
    (entry,), (command,) = (yaml.safe_load(told(word)[0]) for word in ("ENTRYPOINT",)), told("CMD")
    assert entry[0] in PROJECT["scripts"]
    runs([*entry[1:], *yaml.safe_load(command)])
    assert f"COPY deploy/container.toml {CONFIG}" in (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    (probe,) = told("HEALTHCHECK")
    options, _, words = probe.partition(" CMD ")
    assert set(re.findall(r"--([\w-]+)=", options)) <= {
        "interval",
        "timeout",
        "start-period",
        "start-interval",
        "retries",
    }
    python, _, program = yaml.safe_load(words)
    assert python == "python"
    compile(program, "the probe", "exec")
    loaded = config.load(DEPLOY / "container.toml", {})
    assert loaded.web.health
    assert f"127.0.0.1:{loaded.web.port}/healthz" in program
    assert told("EXPOSE") == [str(loaded.web.port)]


def test_each_module_that_the_image_enters_has_its_packages_there():
    """A module that needs what an extra brings, and that the try-out does not leave out, stops the build."""
    installed = set(
        re.findall(r"^([\w-]+)==", (DEPLOY / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)
    )
    of_package = metadata.packages_distributions()
    left_out = re.findall(r"m\.name != '([\w.]+)'", " ".join(told("RUN")))
    missing = {}
    for path in (ROOT / "bot").rglob("*.py"):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for package in re.findall(
            r"^(?:try:\n    )?(?:from|import) (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE
        ):
            names = {re.sub(r"[-_.]+", "-", name).lower() for name in of_package.get(package, ())}
            if names and not names & installed and package != "bot":
                missing[module] = package
    assert missing.keys() == set(left_out), missing


def test_all_that_the_image_writes_lies_in_its_volume():
    loaded = config.load(DEPLOY / "container.toml", {})
    store = loaded.store.url.removeprefix("sqlite:///")
    for path in (loaded.inbox.path, loaded.search.path, store):
        assert STATE in PurePosixPath(path).parents, path


def test_what_is_locked_for_the_image_is_what_is_locked_for_everybody():
    pins = {
        name: dict(
            re.findall(r"^([\w.-]+(?:\[\w+\])?)==(\S+)", (ROOT / name).read_text("utf-8"), re.MULTILINE)
        )
        for name in ("requirements.lock", "deploy/requirements.lock")
    }
    everybody, image = pins.values()
    assert len(image) > 60
    assert image.items() <= everybody.items(), "run `make lock`"
    for needed in PROJECT["dependencies"]:
        assert re.split(r"[>=<\[]", needed)[0] in {re.sub(r"\[.*", "", name) for name in image}
    assert not {"pytest", "mypy", "hatchling"} & {*image}


def test_what_is_pruned_from_the_image_is_still_where_its_packages_have_it():
    packages = Path(yaml.__file__).parents[1]
    text = (DEPLOY / "prune.sh").read_text(encoding="utf-8")
    pruned = [name for line in re.findall(r"^rm -r (.+)$", text, re.MULTILINE) for name in line.split()]
    assert len(pruned) > 1
    for name in (*pruned, *re.findall(r"^find (\w+/[\w-]+) ", text, re.MULTILINE)):
        assert (packages / name).exists(), name
    (kept,) = re.findall(r"! -name (\S+\.dat) ", text)
    assert (packages / "babel" / "locale-data" / kept).is_file()


# --- Compose ---------------------------------------------------------------------------------------

KNOWN = {
    "build", "image", "init", "restart", "read_only", "tmpfs", "cap_drop", "security_opt", "stop_grace_period",
    "env_file", "configs", "volumes", "ports", "environment", "depends_on", "healthcheck",
}  # fmt: skip
"""Of the Compose specification, what is used here."""


def composed(*names: str) -> dict[str, Any]:
    whole: dict[str, Any] = {}
    for name in names:
        one = yaml.safe_load((DEPLOY / name).read_text(encoding="utf-8"))
        assert {*one} <= {"name", "services", "configs", "volumes"}
        for service, options in one["services"].items():
            whole.setdefault("services", {}).setdefault(service, {}).update(options)
        for kind in ("configs", "volumes"):
            whole.setdefault(kind, {}).update(one.get(kind, {}))
    return whole


@pytest.mark.parametrize("names", [["compose.yaml"], ["compose.yaml", "compose.postgres.yaml"]], ids=len)
def test_what_compose_files_name_is_there(names):
    whole = composed(*names)
    for service in whole["services"].values():
        assert {*service} <= KNOWN
        for volume in service["volumes"]:
            source, target, *_ = volume.split(":")
            assert source in whole["volumes"] or source == "./inbox"
            assert target.startswith(("/var/lib/",))
        assert {*service.get("depends_on", {})} <= {*whole["services"]}
    desk = whole["services"]["desk"]
    build = desk["build"]
    assert (DEPLOY / build["context"]).resolve() == ROOT
    assert (DEPLOY / build["context"] / build["dockerfile"]).is_file()
    assert desk["read_only"]
    assert desk["cap_drop"] == ["ALL"]
    (one,) = desk["configs"]
    assert one["source"] in whole["configs"]
    assert one["target"] == CONFIG
    loaded = config.load(DEPLOY / "container.toml", {})
    assert {volume.split(":")[1] for volume in desk["volumes"]} == {str(STATE), str(loaded.inbox.path)}
    assert desk["ports"] == [f"127.0.0.1:{loaded.web.port}:{loaded.web.port}"]
    assert {*desk.get("environment", {})} <= {*config.SECRETS}
    assert seconds(desk["stop_grace_period"]) >= loaded.grace.seconds + SPARE + 1


def test_what_compose_says_of_a_worker_is_enough_for_it():
    whole = composed("compose.yaml", "compose.postgres.yaml", "compose.several.yaml")
    worker = whole["services"]["worker"]
    assert {*worker} <= KNOWN | {"command"}
    assert worker["command"] == [copydesk.commands["worker"].name]
    assert worker["image"] == whole["services"]["desk"]["image"]
    assert {*worker["depends_on"]} <= {*whole["services"]}
    (one,) = worker["configs"]
    assert one["target"] == CONFIG
    secrets = {name: re.sub(r"[$]{[^}]*}", "x", value) for name, value in worker["environment"].items()}
    loaded = config.load(DEPLOY / whole["configs"][one["source"]]["file"], secrets)
    assert loaded.queued
    assert seconds(worker["stop_grace_period"]) >= loaded.grace.seconds + SPARE + 1


def test_the_database_that_compose_starts_is_the_one_that_the_desk_asks():
    services = composed("compose.yaml", "compose.postgres.yaml")["services"]
    given = services["postgres"]["environment"]
    url = re.sub(r"\$\{(\w+)[^}]*\}", r"a-word-of-\1", services["desk"]["environment"]["DATABASE_URL"])
    assert url == (
        f"postgresql://{given['POSTGRES_USER']}:a-word-of-POSTGRES_PASSWORD@postgres/{given['POSTGRES_DB']}"
    )
    loaded = config.build({}, ROOT, {"DATABASE_URL": url})
    assert "a-word-of" not in f"{loaded}{loaded.store}"


# --- Procfile and wheel ----------------------------------------------------------------------------


def test_the_procfile_runs_the_desk():
    name, _, command = (ROOT / "Procfile").read_text(encoding="utf-8").strip().partition(": ")
    program, *words = shlex.split(command)
    assert name == "desk"
    assert PurePosixPath(program).name in PROJECT["scripts"]
    assert words[0] in copydesk.commands


def ran(words: list[str | Path], environ: dict[str, str] | None = None, cwd: Path = ROOT) -> str:
    """What the program said, which went well."""
    done = subprocess.run(
        words, check=False, capture_output=True, text=True, timeout=300, env=environ, cwd=cwd
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def test_the_wheel_works_where_nothing_else_of_the_project_is(tmp_path):
    """Built, installed into a new environment without any network, and run there; what it needs is lent to it."""
    ran([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path])
    (wheel,) = tmp_path.glob("*.whl")
    names = {*zipfile.ZipFile(wheel).namelist()}
    ours = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "bot").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {name for name in names if name.startswith("bot/")} == ours
    assert {name.split("/")[0] for name in names} == {"bot", f"copydesk-{PROJECT['version']}.dist-info"}
    place = tmp_path / "desk"
    ran([sys.executable, "-m", "venv", "--without-pip", place])
    (packages,) = place.glob("lib/python*/site-packages")
    pip = [sys.executable, "-m", "pip", "--python", place / "bin" / "python", "--disable-pip-version-check"]
    ran([*pip, "install", "--no-index", "--no-deps", "--no-compile", wheel])
    # Lent behind its own, and without what other packages begin: the project's own folder is not among them.
    lent = Path(yaml.__file__).parents[1]
    (packages / "lent.pth").write_text(f"{lent}\n", encoding="utf-8")
    environ = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    shown = ran([place / "bin" / "copydesk", "--version"], environ, tmp_path)
    assert PROJECT["version"] in shown
    where = ran([place / "bin" / "python", "-c", "import bot; print(bot.__file__)"], environ, tmp_path)
    assert Path(where.strip()).is_relative_to(packages)
    options = ran([place / "bin" / "copydesk", "init", "--example"], environ, tmp_path)
    assert options == (ROOT / "config.example.toml").read_text(encoding="utf-8")
    (tmp_path / "config.toml").write_text("[inbox]\nreaders = 1\n", encoding="utf-8")
    (tmp_path / "inbox").mkdir()
    shutil.copy(ROOT / "examples" / "inbox" / "storm-inga.txt", tmp_path / "inbox")
    ran([place / "bin" / "copydesk", "ingest", "inbox/storm-inga.txt"], environ, tmp_path)
    assert "Inga" in ran([place / "bin" / "copydesk", "search", "storm"], environ, tmp_path)


# --- what is watched -------------------------------------------------------------------------------


def exposed() -> dict[str, set[str]]:
    """Each number that a desk tells, and its labels."""
    metrics = Metrics()
    metrics.answer("slack", 1.0)
    metrics.unanswered("slack")
    known = Health(FakeClock())
    known.expect("ticks", timedelta(minutes=1))
    metrics.known_tasks(["reading"])
    counted = Counted({("slack", "sent"): 1}, 0.0, {"ok": 1}, Queue({("reading", "waiting"): 1}, 1.0, 1, 1.0))
    text = metrics.written(known.report(Seen({"slack": True})), counted)
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return {sample.name: {*sample.labels} for sample in samples}


@pytest.mark.skipif(not shutil.which("promtool"), reason="promtool is not installed")
def test_prometheus_takes_the_rules_and_they_fire_when_they_should():
    ran(["promtool", "check", "rules", DEPLOY / "alerts.yaml"])
    assert "SUCCESS" in ran(["promtool", "test", "rules", DEPLOY / "alerts.test.yaml"])


def test_rules_ask_for_numbers_that_there_are():
    rules = yaml.safe_load((DEPLOY / "alerts.yaml").read_text(encoding="utf-8"))
    (group,) = rules["groups"]
    found = exposed()
    for rule in group["rules"]:
        assert {*rule} <= {"alert", "expr", "for", "annotations"}
        names = re.findall(r"copydesk_\w+", rule["expr"])
        assert names
        assert {*names} <= {*found}, rule["alert"]
        labels = {*re.findall(r"(\w+)=", rule["expr"])} | {*re.findall(r"\$labels\.(\w+)", str(rule))}
        assert labels <= set().union(*(found[name] for name in names)), rule["alert"]


def test_each_rule_is_tested_with_numbers_that_a_desk_tells():
    tested = yaml.safe_load((DEPLOY / "alerts.test.yaml").read_text(encoding="utf-8"))["tests"]
    found = exposed()
    for series in (one["series"] for test in tested for one in test["input_series"]):
        name, _, labels = series.partition("{")
        assert {*re.findall(r"(\w+)=", labels)} == found[name], series
    fired = {
        rule["alertname"] for test in tested for rule in test.get("alert_rule_test", ()) if rule["exp_alerts"]
    } | {*re.findall(r'alertname="(\w+)"', str(tested))}
    (group,) = yaml.safe_load((DEPLOY / "alerts.yaml").read_text(encoding="utf-8"))["groups"]
    assert fired == {rule["alert"] for rule in group["rules"]}


def test_what_grows_is_told_from_naught_on_so_that_growth_is_seen():
    text = Metrics().written(Health(FakeClock()).report(Seen({"slack": True})), Counted())
    assert 'copydesk_unanswered_total{platform="slack"} 0.0' in text
    assert 'copydesk_answer_seconds_count{platform="slack"} 0.0' in text


def test_the_guide_has_every_number_with_its_labels_and_no_other():
    guide = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    table = guide.partition("## Numbers")[2].partition("\n## ")[0]
    named = {
        name: {*filter(None, labels.split(","))}
        for name, labels in re.findall(r"`(copydesk_\w+)(?:\{([\w,]+)\})?`", table)
    }
    there = {re.sub(r"_(bucket|count|sum)$", "", name): labels - {"le"} for name, labels in exposed().items()}
    assert named == there
    in_guide = re.search(r"```yaml\n(- alert.+?)```", guide, re.DOTALL)
    assert in_guide
    (rule,) = yaml.safe_load(in_guide[1])
    rules = yaml.safe_load((DEPLOY / "alerts.yaml").read_text(encoding="utf-8"))["groups"][0]["rules"]
    assert rule in [{name: value for name, value in one.items() if name != "annotations"} for one in rules]


def test_commands_and_files_in_the_guides_are_there():
    for name in ("operating.md", "releasing.md"):
        guide = (ROOT / "docs" / name).read_text(encoding="utf-8")
        words = {*re.findall(r"`copydesk (?:--config \S+ )?([a-z]+)", guide)}
        assert words <= {*copydesk.commands}, name
        makes = {target for line in re.findall(r"`make ([a-z -]+)", guide) for target in line.split()}
        targets = {*re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)}
        assert makes <= targets, name
        files = {*re.findall(r"\b((?:deploy|tests)/[\w./-]+\w)", guide)} - {
            "deploy/config.toml",
            "deploy/inbox",
            "deploy/.env",
        }
        assert [file for file in files if not (ROOT / file).exists()] == [], name
    anchors = {
        re.sub(r"[^\w -]", "", h).lower().replace(" ", "-")
        for h in re.findall(r"^## (.+)$", (ROOT / "docs" / "operating.md").read_text("utf-8"), re.MULTILINE)
    }
    links = re.findall(
        r"\]\((?:operating\.md|docs/operating\.md)?#([\w-]+)\)",
        "".join((ROOT / name).read_text("utf-8") for name in ("docs/operating.md", "docs/releasing.md")),
    )
    assert len(links) > 10
    assert {*links} <= anchors
