"""What the server does by itself once a day."""

from datetime import UTC, datetime
from typing import Any

from newsroom import Newsroom
from structlog.testing import capture_logs

from ombud.store import log
from ombud.web.nightly import Nightly


def entered(api: Newsroom) -> list[str]:
    """Return when something was forgotten, as the log says."""
    with api.store.reading() as tx:
        return [f"{one.at:%d %H}" for one in log.since(tx, 0) if one.deed == "forgot"]


def test_it_forgets_once_a_day_from_the_hour_on(api: Newsroom) -> None:
    """Not before the hour, not twice, not on another replica too, and again the next day."""
    app: Any = api.client.app
    times = [datetime(2199, 3, 1, 3, 59, tzinfo=UTC)]
    one, other = (Nightly(app.state.office, lambda: times[-1]) for _ in range(2))

    def look(nightly: Nightly, day: int, hour: int) -> list[str]:
        times.append(datetime(2199, 3, day, hour, tzinfo=UTC))
        assert api.client.portal is not None
        api.client.portal.call(nightly.look)
        return entered(api)

    assert look(one, 1, 3) == []
    with capture_logs() as logs:
        assert look(one, 1, 4) == ["01 04"]
    assert [line["event"] for line in logs] == ["forgot"]
    assert look(one, 1, 5) == look(other, 1, 6) == ["01 04"]
    assert look(other, 2, 7) == look(one, 2, 8) == ["01 04", "02 07"]
