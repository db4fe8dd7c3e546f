"""UUIDs in paths: Zoom wants some of them encoded twice, and must read back the very same one."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest

from tests.zoom_provider.invented_hour import START, add_hour
from zoom_provider.hooks.zoom import ZoomHook, path_segment

AWKWARD = {
    "plain": "4444AAAiAAAAAiAiAiiAii==",
    "plus": "44+4AAAiAAAA+iAiAiiAii==",
    "one slash": "i6KKhn7/QNGLiZVJKyW1gQ==",
    "leading slash": "/nkCCDfXSdi2Ev3oEspNxQ==",
    "two slashes": "nkCC//fXSdi2Ev3oEspNxQ==",
    "everything": "//CC+DfX/di2Ev3o++pNx/==",
}


@pytest.mark.parametrize(
    ("kind", "segment"),
    [
        ("plain", "4444AAAiAAAAAiAiAiiAii%3D%3D"),
        ("one slash", "i6KKhn7%2FQNGLiZVJKyW1gQ%3D%3D"),
        ("leading slash", "%252FnkCCDfXSdi2Ev3oEspNxQ%253D%253D"),
        ("two slashes", "nkCC%252F%252FfXSdi2Ev3oEspNxQ%253D%253D"),
    ],
)
def test_the_path_holds_what_zoom_documents(kind, segment):
    assert path_segment(AWKWARD[kind]) == segment


@pytest.mark.parametrize("kind", AWKWARD)
def test_the_report_is_that_of_the_instance_asked_for(kind, hook, empty_sandbox):
    for week, (name, uuid) in enumerate(AWKWARD.items()):
        add_hour(empty_sandbox.zoom.world, START + timedelta(weeks=week), name, uuid=uuid)
    (page,) = hook.iter_report_pages(AWKWARD[kind])
    assert page.rows[0]["name"] == kind


def test_zoom_reads_back_every_uuid(empty_sandbox, hook_to):
    rng = Random(7)
    uuids = {"".join(rng.choices("aZ9/+", k=22)) + "==" for _ in range(300)}
    for uuid in uuids:
        add_hour(empty_sandbox.zoom.world, START, uuid=uuid)
    empty_sandbox.zoom.limits.per_second["LIGHT"] = 200
    hook: ZoomHook = hook_to(empty_sandbox.url, heavy_per_second=100)
    assert [uuid for uuid in uuids if hook.get_past_meeting(uuid)["uuid"] != uuid] == []
