"""A real IMAP server on loopback: Dovecot, where it is installed and may change its user (as root)."""

from __future__ import annotations

import imaplib
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from bot.domain.sourcing import Mailbox
from tests.doubles.smtp import CERTIFICATE

PROGRAM = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
WHY_NOT = "" if PROGRAM and os.geteuid() == 0 else "needs Dovecot, and root to start it"
USER, PASSWORD = "desk@courier.example", 'pä ss"wörd\\{5}'

_SETTINGS = """
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
protocols = imap
listen = 127.0.0.1, 127.0.0.2
ssl = yes
ssl_cert = <{home}/cert.pem
ssl_key = <{home}/cert.pem
disable_plaintext_auth = no
auth_mechanisms = {mechanisms}
imap_capability = {capability}
mail_location = maildir:{home}/mail/%u
mail_uid = mail
mail_gid = mail
first_valid_uid = 1
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {home}/users
}}
userdb {{
  driver = static
  args = uid=mail gid=mail home={home}/mail/%u
}}
service imap-login {{
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
  process_min_avail = 1
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@dataclass(frozen=True, slots=True)
class Dovecot:
    """A server that runs, with one user."""

    home: Path
    plain: int
    tls: int

    def mailbox(self, folder: str = "INBOX", **changed: object) -> Mailbox:
        told = {"port": self.plain, "tls": False, "password": PASSWORD, **changed}
        return Mailbox("localhost", USER, folder=folder, **told)  # type: ignore[arg-type]

    @contextmanager
    def client(self) -> Iterator[imaplib.IMAP4]:
        """The standard library's client, logged in."""
        with imaplib.IMAP4("127.0.0.1", self.plain, timeout=10) as client:
            client.authenticate("PLAIN", lambda _: f"\0{USER}\0{PASSWORD}".encode())
            yield client

    def put(self, folder: str, *letters: bytes) -> None:
        """Put the letters into a folder, which is made if it is not there."""
        with self.client() as client:
            client.create(f'"{folder}"')
            for one in letters:
                assert client.append(f'"{folder}"', "", "", one)[0] == "OK"

    def holds(self, folder: str, criterion: str = "ALL") -> int:
        """How many letters of a folder this holds for."""
        with self.client() as client:
            if client.select(f'"{folder}"', readonly=True)[0] != "OK":
                return 0
            return len(client.search(None, criterion)[1][0].split())

    def recreated(self, folder: str, *letters: bytes) -> None:
        """The same folder anew, with other numbers."""
        with self.client() as client:
            client.delete(f'"{folder}"')
        self.put(folder, *letters)


def letter(subject: str, sender: str = "news@courier.example", body: str = "") -> bytes:
    """A letter as it lies on a server."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"The Courier <{sender}>", USER, subject
    mail["Date"] = "Mon, 02 Nov 2026 08:00:00 +0000"
    mail.set_content(body or f"{subject}: what the council of the harbour town decided on Tuesday.")
    return mail.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


@contextmanager
def dovecot(mechanisms: str = "plain login", capability: str = "") -> Iterator[Dovecot]:
    """A server for the block; ``capability`` in place of what it says that it can."""
    assert PROGRAM
    home = Path(tempfile.mkdtemp(prefix="dovecot-"))
    try:
        home.chmod(0o755)
        server = Dovecot(home, *_free_ports())
        shutil.copy(CERTIFICATE, home / "cert.pem")
        (home / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n", encoding="utf-8")
        (home / "mail").mkdir()
        shutil.chown(home / "mail", "mail", "mail")
        settings = _SETTINGS.format(
            home=home, plain=server.plain, tls=server.tls, mechanisms=mechanisms, capability=capability
        )
        (home / "dovecot.conf").write_text(settings, encoding="utf-8")
        process = subprocess.Popen([PROGRAM, "-F", "-c", home / "dovecot.conf"])
        try:
            _await(server, process)
            yield server
        finally:
            process.terminate()
            process.wait(20)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as two:
        one.bind(("127.0.0.1", 0))
        two.bind(("127.0.0.1", 0))
        return one.getsockname()[1], two.getsockname()[1]


def _await(server: Dovecot, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        with (
            suppress(OSError, imaplib.IMAP4.abort),
            imaplib.IMAP4("127.0.0.1", server.plain, timeout=10) as client,
        ):
            client.noop()
            return
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
        raise RuntimeError((server.home / "log").read_text(encoding="utf-8"))
    raise RuntimeError("Dovecot does not answer")
