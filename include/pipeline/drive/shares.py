"""What was done for the leaders of classes: whom the pipeline let into which own sheet."""

from __future__ import annotations

from airflow.sdk.exceptions import AirflowFailException
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from include.pipeline.files.attendance_records import RecordsFolder
from include.roster.members.classes import class_key

FILE = "leaders.json"


class Share(BaseModel):
    """What was done for the leaders of a class.

    :param name: the class's, when its spreadsheet was first written; its tabs are known by it.
    :param sheet: the id of the class's own spreadsheet; "" if it has none any more.
    :param given: whom the pipeline let into it: address, and id of the Drive permission; "" for one
        that was about to be given when the run ended.
    :param told: the session of which they were told last, which began at ``told_start``.
    :param refused: how many addresses Google does not let in.
    :param closed: the spreadsheet could not be opened, or holds something else of the pipeline's.
    :param left: former spreadsheets, with those who are to be let out of them, as in ``given``.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = ""
    sheet: str
    given: dict[str, str] = Field(default_factory=dict)
    told: str = ""
    told_start: AwareDatetime | None = None
    refused: int = 0
    closed: bool = False
    left: dict[str, dict[str, str]] = Field(default_factory=dict)


Shares = dict[str, Share]
_SHARES: TypeAdapter[Shares] = TypeAdapter(Shares)


def read_shares(folder: RecordsFolder) -> Shares:
    """Return what was done, by the class's key. Raises AirflowFailException if it is torn."""
    content = folder.read_if_there(FILE)
    if content is None:
        return {}
    try:
        found = _SHARES.validate_json(content)
    except ValidationError:
        # Going on without it would leave the sheets open to those who lead no more.
        raise AirflowFailException(TORN.format(FILE, folder.path)) from None
    return {
        class_key(name): share if share.name else share.model_copy(update={"name": name})
        for name, share in found.items()
    }


def in_use(shares: Shares) -> bool:
    """Whether any class has a spreadsheet, or had one that somebody is still let into."""
    return any(share.sheet or share.left for share in shares.values())


def sheets_of_others(shares: Shares, name: str) -> set[str]:
    """Return the spreadsheets that are those of other classes, or were."""
    others = (share for key, share in shares.items() if key != class_key(name))
    return {sheet for share in others for sheet in (share.sheet, *share.left)}


TORN = (
    "The file {} in {}, which says whom the pipeline let into the classes' own sheets, cannot be "
    "read. Put a copy from before in its place. If there is none, delete it, and look in each "
    "class's own sheet under Share for people who lead the class no more: they are not taken away "
    "by themselves then. Then clear this task."
)


def write_shares(folder: RecordsFolder, shares: Shares) -> None:
    """Keep what was done, if it is not what is kept."""
    content = _SHARES.dump_json(shares)
    if content != folder.read_if_there(FILE):
        folder.write(FILE, content)
