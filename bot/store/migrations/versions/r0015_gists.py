"""What articles are found by has more in it: gists of before are made anew from their articles."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Forget all gists; the desk makes those of stories that may go on when it next places an article."""
    op.execute(sa.text("DELETE FROM gists"))
