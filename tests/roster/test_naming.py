"""Who is whom by name, e-mail, account: nobody wrong, no guess applied, every exact match made."""

from __future__ import annotations

import pytest

from include.attendance.results import SessionPerson
from include.roster.grid import Cell
from include.roster.identity.matching import Matching
from include.roster.identity.persons import sightings
from include.roster.identity.suggested_members import SuggestedMembers
from include.roster.published import PublishedBook
from include.roster.roster import Tabs, read_roster
from tests.roster.made import TODAY, people, person, record

Row = dict[str, Cell]
Who = str | None

ANN: Row = {"name": "Ann Lee", "emails": "ann@x.org"}
MANY = ["Ann Lee", "Bob Kim", "Robert Roy", "Samuel Okafor", "Anna-Marie Schmidt", "José Núñez"]
MANY += [
    "王小明",
    "Иван Петров",
    "O'Brien, Tom",
    "Kofi Mensah",
    "محمد علي",
    "김민준",
    "Mary Ann Fox",
]

# what Zoom shows, and who that is exactly; members: MANY
EXACT = {
    "Ann Lee": "Ann Lee",
    "ann lee": "Ann Lee",
    "ANN  LEE ": "Ann Lee",
    "Ann\u200b Lee": "Ann Lee",
    "Ann\u00a0Lee": "Ann Lee",
    "Lee, Ann": "Ann Lee",
    "Lee# Ann": "Ann Lee",
    "LEE, ANN (she/her)": "Ann Lee",
    "Ann Lee (Sydney)": "Ann Lee",
    "Ann Lee [host]": "Ann Lee",
    "(Youth) Ann Lee": "Ann Lee",
    "Ann Lee she/her": "Ann Lee",
    "Ann Lee (She/Her/Hers)": "Ann Lee",
    "Ann Lee - they/them": "Ann Lee",
    "Ann Lee - iPad": "Ann Lee",
    "Ann Lee – iPhone 12": "Ann Lee",
    "Ann Lee | Galaxy S21": "Ann Lee",
    "Ann Lee (she/her) - iPad": "Ann Lee",
    "Tom O'Brien": "O'Brien, Tom",
    "Kofi Mensah": "Kofi Mensah",
    "anna-marie schmidt": "Anna-Marie Schmidt",
    "José Núñez": "José Núñez",
    "JOSE\u0301 NU\u0301N\u0303EZ": "José Núñez",
    "王小明": "王小明",
    "ИВАН ПЕТРОВ": "Иван Петров",
    "Петров, Иван": "Иван Петров",
    "محمد علي": "محمد علي",
    "محمـــد علـي": "محمد علي",
    "김민준": "김민준",
    "Mary Ann Fox": "Mary Ann Fox",
}

# what only looks like somebody, or like nobody: members: MANY
GUESSES: dict[str, set[str]] = {
    "Annie L": {"Ann Lee"},
    "Ann L.": {"Ann Lee"},
    "A. Lee": {"Ann Lee"},
    "Ann": {"Ann Lee", "Anna-Marie Schmidt", "Mary Ann Fox"},
    "Lee": {"Ann Lee"},
    "Lee Ann": {"Ann Lee"},
    "Ann Leee": {"Ann Lee"},
    "Anne Lee": {"Ann Lee"},
    "Pastor Ann Lee": {"Ann Lee"},
    "Ann Lee iPad": {"Ann Lee"},
    "Ann's iPhone": {"Ann Lee", "Anna-Marie Schmidt", "Mary Ann Fox"},
    "Ann Lee’s iPad": {"Ann Lee"},
    "Lee family": {"Ann Lee"},
    "The Kims": {"Bob Kim"},
    "Bob": {"Bob Kim", "Robert Roy"},
    "Bobby Roy": {"Robert Roy"},
    "Rob R": {"Robert Roy"},
    "Sam O": {"Samuel Okafor"},
    "Sammy Okafor": {"Samuel Okafor"},
    "S Okafor": {"Samuel Okafor"},
    "Anna Marie Schmidt": {"Anna-Marie Schmidt"},
    "Marie Schmidt": {"Anna-Marie Schmidt"},
    "Jose Nunez": {"José Núñez"},
    "小明": {"王小明"},
    "Иван": {"Иван Петров"},
    "Tom OBrien": {"O'Brien, Tom"},
    "Ann & Bob": {"Ann Lee", "Anna-Marie Schmidt", "Bob Kim", "Mary Ann Fox", "Robert Roy"},
    "Samuel, Bob": {"Samuel Okafor", "Bob Kim", "Robert Roy"},
    "Bob, 2 kids": {"Bob Kim", "Robert Roy"},
    "Okafor, Sam": {"Samuel Okafor"},
    "Tiger, Bob": set(),
    "Ann Lee & Bob Kim": {"Ann Lee", "Bob Kim"},
    "Mary Fox": {"Mary Ann Fox"},
    "Ann Smith": set(),
    "Zoe Park": set(),
    "iPhone": set(),
    "iPad (2)": set(),
    "Galaxy S21": set(),
    "Zoom user": set(),
    "Guest": set(),
    "+61 4** *** 123": set(),
    "Otter.ai Notetaker": set(),
    "read.ai meeting notes": set(),
    "Ann Lee (Otter.ai)": {"Ann Lee"},
    "Ann Lee [Notetaker]": {"Ann Lee"},
    "=Ann Lee": {"Ann Lee"},
    '"Ann Lee"': {"Ann Lee"},
    "🌸": set(),
    "Ann Lee 🌸": {"Ann Lee"},
}


# what Zoom shows, whoever the member is
LOOKS = {
    "Ann Lee ": "Fam. Lee|Fam Lee|Ehepaar Lee|Eheleute Lee|Hr. u. Fr. Lee|Frau Lee|Herr Lee|"
    "Madame Lee|Sra. Lee|Sr. Ann|Schwester Ann|Br. Ann|Oma Ann|Oma Lee|Grandma Lee|Ann Sr.|"
    "Grandma Ann's iPad|Ann's mom|Youth - Ann|Youth Ann|Ann Youth|Leader: Ann|"
    "Ann (Leader)|Host Ann|Anns Handy|Ann's Fire|Mama Ann & Tim|AnnLee|LeeAnn|alee|annl|Ann @ home",
    "Elisabeth Roy": "Liz|Lisbeth Roy",
    "Catherine Roy": "Katy|Katy Roy",
    "Aleksandr Roy": "Alex|Alex R",
    "Friedrich Roy": "Fritz|Fritz Roy",
    "Giuseppe Roy": "Beppe",
    "Jean-Pierre Roux": "JP|J.P.|JP Roux|J-P Roux",
    "Anne-Marie Dupont": "AM Dupont|AnneMarie Dupont",
    "Mohammed Roy": "Muhammad Roy|Muhammad R|Mo",
    "Kim Min-jun": "Minjun Kim|Min Jun|MinjunKim|Kim Minjun",
    "Olena Kovalenko": "Олена Коваленко|Олена|Олена К|Коваленко Олена|О. Коваленко",
    "Иван Петров": "Ivan Petrov|Ivan|Ivan P.|Петров",
    "Γιώργος Παππάς": "Giorgos Pappas|Giorgos",
    "Wang Wei (王伟)": "王伟|王伟 iPad",
    "Ann Lee": "Ann's iPad Pro|Ann’s MacBook Air|Anns-MacBook-Pro|Ann's Galaxy S21|Ann's S21|"
    "Ann iPad Pro|iPad Air de Ann|Ann's Note20 Ultra|Miss Ann|Sister Ann|Mrs. Lee|Pastor Lee|"
    "Dr. A. Lee|Lee A.|Lee, A.|A.L.|AL|Lee, Annie|Annie and Rob|Ann & Rob|Ann en Robert|"
    "Ann, Robert|Robert, Ann|Ann; Robert|Zoe, Ann, Max|Bob, Ann (kids too)|Ann, Bob & Max",
    "Robert Roy": "Ann & Rob|Annie and Rob|Ann og Robert|Rob & Ann Lee|Bobby + Ann",
    "Michael Brown": "Micheal|Micheal B",
    "Steven Park": "Stephen|Stephen P",
    "Mohammed Ali": "Mohamed|Mohamed A",
    "John Smith": "Jhon S",
    "Catherine Fox": "Katherine|Katherine F|Kathryn Fox",
    "Łukasz Nowak": "Lukasz|Lukasz N|Lukasz Nowak",
    "Søren Lund": "Soren L|Soeren Lund",
    "Jürgen Müller": "Juergen M|Juergen Mueller|Jurgen Muller",
    "Juergen Mueller": "Jürgen Müller|Jürgen",
    "Li Wei Te Rangi": "Wei T|Wei R",
    "Juan Carlos Ruiz": "Carlos R|Juan Ruiz|Carlos|Carlos's iPad",
    "Ann Marie Lee": "Marie L|Marie|Mari|Ann M|Marie; Tom Fox",
    "Zoe Smith-Jones": "Zoe S.|Zoe J",
    "Jürgen van der Berg": "Jürgen v.|Jürgen B|Juergen, Kwame's iPad",
    "Łukasz Fox": "Łukasz, Kwame's iPad|Kwame; Łukasz",
    "王伟 (Grace Wang)": "Grace Wang|Grace|Grace W",
    "Wei (Grace) Wang": "Grace Wang|Grace|Gracie Wang",
    "Wei Wang (Grace)": "Grace Wang|Grace W.",
    "王伟 (Grace)": "Grace|Grace's iPad",
    "Ann Roy (Ann Lee)": "Ann Lee|Annie Lee",
    "Ann Lee (Roy)": "Ann Roy|Ann R",
    "Ann Roy (née Lee)": "Ann Lee|Lee|A. Lee",
    "Lee, Ann (Grace)": "Grace Lee",
    "Anna-Marie Roy": "Anna-Marie, Max's iPad|Anna-Marie Roy, Bob",
    # Words of theirs are a device's or nobody's, too.
    "Poly Kostas": "Poly|Poly K",
    "Moto Sato": "Moto S",
    "Edgar Guest": "Guest|E Guest|E. Guest|Mr Guest",
    "Ann Gast": "Gast|A Gast|Frau Gast|Familie Gast",
    "Tim Host": "T Host|Host T|host 2",
    "Paul Caller": "Caller",
}


@pytest.mark.parametrize(
    ("member", "name"), [(one, name) for one, all_ in LOOKS.items() for name in all_.split("|")]
)
def test_a_name_looks_like_a_member(member: str, name: str) -> None:
    (one,) = read_roster(Tabs(people=people(member)), TODAY, PublishedBook()).members
    (seen,) = sightings([record(0, person(name))])
    (said,) = SuggestedMembers(Matching([seen], [one], ())).of(seen)
    assert said.member == one.id


@pytest.mark.parametrize(
    "name",
    [
        "Ann Smith",
        "Zoe Lam",
        "Max",
        "Pastor",
        "Ms",
        "A",
        "Jan Lamb",
        "Anton",
        "Youth",
        "Oma",
        "王伟",
    ]
    + ["Youth Leader", "Grandma's iPad", "Oma Zoe", "Fam. Kim", "Handy", "Олена"],
)
def test_a_name_looks_like_nobody(name: str) -> None:
    (seen,) = sightings([record(0, person(name))])
    members = read_roster(Tabs(people=people("Ann Lee")), TODAY, PublishedBook()).members
    assert SuggestedMembers(Matching([seen], members, ())).of(seen) == []


@pytest.mark.parametrize("name", ["iPhone", "Ann Host", "Ann's iPhone", "Host Meier", "Guest"])
def test_a_device_or_another_name_with_the_word_of_one_is_not_like_them(name: str) -> None:
    (seen,) = sightings([record(0, person(name))])
    members = read_roster(Tabs(people=people("Tim Host")), TODAY, PublishedBook()).members
    assert SuggestedMembers(Matching([seen], members, ())).of(seen) == []


@pytest.mark.parametrize("name", ["Youth", "Youth Kim", "Tim Youth", "Kids"])
def test_a_class_in_brackets_is_no_name_of_theirs(name: str) -> None:
    (seen,) = sightings([record(0, person(name))])
    rows = people("Ann Lee (Youth)", "Ann Lee (Choir)", "Ann Roy (she/her)", "Ann Fox (Otter.ai)")
    members = read_roster(Tabs(people=rows), TODAY, PublishedBook()).members
    assert SuggestedMembers(Matching([seen], members, ())).of(seen) == []


OTHERS: dict[str, tuple[str, str]] = {
    "a first name that a class has": ("Grace Young", "Grace"),
    "one in a longer class": ("John Young", "Class of John"),
    "one of a member": ("Ivan Young", "Ivan"),
    "a first name that is a role elsewhere": ("Tia Young", "Youth"),
    "another": ("Nan Young", "Youth"),
    "an initial": ("Ben U. Young", "Youth"),
    "a short name": ("Ko U Young", "Youth"),
}


@pytest.mark.parametrize(("name", "class_"), OTHERS.values(), ids=OTHERS)
def test_somebody_of_the_same_family_is_nobody_else(name: str, class_: str) -> None:
    (seen,) = sightings([record(0, person(name))])
    rows = people(
        {"name": "Rosa Young", "classes": class_}, {"name": "Ivan Fox", "classes": class_}
    )
    members = read_roster(Tabs(people=rows), TODAY, PublishedBook()).members
    rosa = members[0].id
    assert rosa not in {
        said.member for said in SuggestedMembers(Matching([seen], members, ())).of(seen)
    }


@pytest.mark.parametrize("name", ["Tim u. Ben", "Oma u. Opa Young", "Rosa u. Ivan", "Max u. Rosa"])
def test_u_between_two_is_and(name: str) -> None:
    (seen,) = sightings([record(0, person(name))])
    members = read_roster(Tabs(people=people("Ben Young", "Rosa Young")), TODAY, PublishedBook())
    assert SuggestedMembers(Matching([seen], members.members, ())).of(seen)


def _matched(rows: list[Row | str], *weeks: list[SessionPerson]) -> list[dict[str, Who]]:
    roster = read_roster(Tabs(people=people(*rows)), TODAY, PublishedBook())
    names = {member.id: member.name for member in roster.members}
    seen = sightings([record(week, *persons) for week, persons in enumerate(weeks)])
    matching = Matching(seen, roster.members, roster.answers)
    found: list[dict[str, Who]] = [{} for _ in weeks]
    for one, match in zip(seen, matching.matches, strict=True):
        who = "+".join(names[id_] for id_ in match.members) if match else None
        found[int(one.session[5:8])][one.person.shown] = who
    return found


@pytest.mark.parametrize(("name", "member"), EXACT.items())
def test_an_exact_name_is_matched(name: str, member: str) -> None:
    assert _matched([*MANY], [person(name)]) == [{name: member}]


@pytest.mark.parametrize(("name", "looks_like"), GUESSES.items())
def test_a_guess_is_shown_and_never_applied(name: str, looks_like: set[str]) -> None:
    assert _matched([*MANY], [person(name)]) == [{name: None}]
    roster = read_roster(Tabs(people=people(*MANY)), TODAY, PublishedBook())
    names = {member.id: member.name for member in roster.members}
    seen = sightings([record(0, person(name))])
    suggested = SuggestedMembers(Matching(seen, roster.members, ())).of(seen[0])
    assert {names[said.member] for said in suggested} == looks_like
    assert all(said.reason for said in suggested)


TWO_ANNS: list[Row | str] = [
    {"name": "Ann Lee (Youth)", "emails": "ann@x.org"},
    {"name": "Ann Lee (Choir)"},
]
MORE: dict[str, tuple[list[Row | str], list[list[SessionPerson]], list[dict[str, Who]]]] = {
    "e-mail": ([ANN], [[person("Nana", email="ann@x.org")]], [{"Nana": "Ann Lee"}]),
    "e-mail before name": (
        [ANN, "Bob Kim"],
        [[person("Bob Kim", email="ann@x.org")]],
        [{"Bob Kim": "Ann Lee"}],
    ),
    "e-mail of two": (
        [ANN, {"name": "Bob Lee", "emails": "ann@x.org"}],
        [[person("iPad", email="ann@x.org")]],
        [{"iPad": None}],
    ),
    "e-mail of two, name of one": (
        [ANN, {"name": "Bob Lee", "emails": "ann@x.org"}],
        [[person("Bob Lee", email="ann@x.org")]],
        [{"Bob Lee": "Bob Lee"}],
    ),
    "an account intervals theirs": (
        ["Ann Lee"],
        [[person("Ann Lee", account="a")], [person("Grandma", account="a")]],
        [{"Ann Lee": "Ann Lee"}, {"Grandma": "Ann Lee"}],
    ),
    "also before": (
        ["Ann Lee"],
        [[person("iPad", account="a")], [person("Ann Lee", account="a")]],
        [{"iPad": "Ann Lee"}, {"Ann Lee": "Ann Lee"}],
    ),
    "a registrant intervals theirs": (
        [ANN],
        [[person("x", registrant="r", email="ann@x.org")], [person("iPhone", registrant="r")]],
        [{"x": "Ann Lee"}, {"iPhone": "Ann Lee"}],
    ),
    "two names, one account": (
        ["Ann Lee", "Bob Lee"],
        [[person("Ann Lee", account="a")], [person("Bob Lee", account="a")]],
        [{"Ann Lee": "Ann Lee"}, {"Bob Lee": "Bob Lee"}],
    ),
    "then a device on it": (
        ["Ann Lee", "Bob Lee"],
        [
            [person("Ann Lee", account="a")],
            [person("Bob Lee", account="a")],
            [person("iPad", account="a")],
        ],
        [{"Ann Lee": "Ann Lee"}, {"Bob Lee": "Bob Lee"}, {"iPad": None}],
    ),
    "somebody else's short name on it": (
        ["Ann Lee", "Bob Lee"],
        [[person("Ann Lee", account="a")], [person("Bobby", account="a")]],
        [{"Ann Lee": "Ann Lee"}, {"Bobby": None}],
    ),
    "both names in one session": (
        ["Ann Lee", "Bob Lee"],
        [[person("Ann Lee", "Bob Lee", account="a")]],
        [{"Ann Lee": None}],
    ),
    "namesakes": (TWO_ANNS, [[person("Ann Lee")]], [{"Ann Lee": None}]),
    "a namesake with an e-mail": (
        TWO_ANNS,
        [[person("Ann Lee", email="ann@x.org"), person("Ann Lee", number=2)]],
        [{"Ann Lee": "Ann Lee (Youth)", "Ann Lee (2)": None}],
    ),
    "two of the name in the session": (
        ["Ann Lee"],
        [[person("Ann Lee"), person("Ann Lee", number=2)]],
        [{"Ann Lee": None, "Ann Lee (2)": None}],
    ),
    "an account and a guest of the name": (
        ["Ann Lee"],
        [[person("Ann Lee", account="a"), person("Ann Lee - iPad")]],
        [{"Ann Lee": None, "Ann Lee - iPad": None}],
    ),
    "two lines for one member": (
        ["Ann Lee", "Lee, Ann"],
        [[person("Ann Lee")]],
        [{"Ann Lee": None}],
    ),
    "renamed in the session": (
        ["Ann Lee"],
        [[person("iPhone", "Ann Lee", account="a")]],
        [{"iPhone": "Ann Lee"}],
    ),
    "a member called like a device": (
        [{"name": "iPhone"}],
        [[person("iPhone")]],
        [{"iPhone": None}],
    ),
    "no name": (["Ann Lee"], [[person(account="b")]], [{"(no name)": None}]),
}


@pytest.mark.parametrize(("rows", "weeks", "truth"), MORE.values(), ids=MORE)
def test_more_than_names(
    rows: list[Row | str], weeks: list[list[SessionPerson]], truth: list[dict[str, Who]]
) -> None:
    assert _matched(rows, *weeks) == truth
    backwards = _matched(rows, *reversed(weeks))
    assert backwards == truth[::-1]
