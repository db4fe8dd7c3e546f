"""Short forms of first names that do not begin like the long ones. They only suggest."""

from __future__ import annotations

from collections import defaultdict

_FORMS = """
aleksandr: alexander alex aleks sasha sanya
aleksandra: alexandra alex sasha
alexander: alex sasha sandy xander lex
alexandra: alex sasha sandra lexi
andrew: andy drew
anthony: tony ant
antonio: toni tonio
barbara: barb babs barbie
benjamin: ben benny benji
catherine: katherine kathryn cathy cath kate katie katy kathy cat kit
charles: charlie chuck chas
charlotte: charlie lottie
christine: chris chrissie tina
christopher: chris kit topher
daniel: dan danny
david: dave davey
dmitri: dmitry dima mitya
deborah: deb debbie debby
dorothy: dot dottie dolly
edward: ed eddie ted teddy ned
eleanor: ellie nell nellie nora
elisabeth: elizabeth liz lizzie lisbeth lisa lisi elsbeth ilse else betty beth bettina
elizabeth: liz lizzie lisbeth beth betty betsy eliza ellie libby lisa
emily: em emmy millie
esther: essie
faith: fay faye
florence: flo flossie
francis: frank fran
francisco: paco pancho
frederick: fred freddie
friedrich: fritz fred
geoffrey: jeffrey geoff jeff
gerald: gerry jerry
giovanni: gianni
giuseppe: beppe peppe pino
grace: gracie
guillermo: memo
hannah: hanna
harold: harry hal
helen: nell nellie
heinrich: heinz heiner
henry: harry hank hal
hope: hopie
isabella: bella izzy isa
jacob: jake
james: jim jimmy jamie jem
jane: janey jenny
jennifer: jen jenny
johann: hans hannes
johannes: hannes hans jo
john: jack johnny jon
jonathan: jon jonny
jose: pepe
josef: sepp jupp
joseph: joe joey jo
joyce: joy
judith: judy
katherine: kathryn kathy kath kate katie katy kat kit
lawrence: larry laurie
leonard: len lenny leo
lillian: lily lil
louise: lou
luke: lucas
lydia: liddy
margaret: maggie meg peggy peg margie greta daisy
maria: mary mia
mark: marc marcus markus
martha: marty patty
mary: molly polly mae
matthew: matt matty
michael: mike mick micky mikey
mikhail: misha
muhammad: mohammed mohamed mohammad muhammed mohamad mo
nathaniel: nat nate
nicholas: nick nicky klaus
olivia: liv livvy
oliver: ollie
patricia: pat patty trish tricia
patrick: pat paddy
paul: paulo paolo pablo
peter: pete
philip: phil pip
rebecca: becky becca
richard: rick ricky dick rich
robert: bob bobby rob robbie bert
ronald: ron ronnie
ruth: ruthie
samantha: sam sammy
samuel: sam sammy
sarah: sally sadie
stephen: steven stefan steve stevie
steven: steve stevie
susan: sue susie suzy
theodore: ted teddy theo
theresa: terry tess tessa
thomas: tom tommy
timothy: tim timmy
victoria: vicky tori
vladimir: vova volodya
vincent: vince vinny
walter: walt wally
william: bill billy will willy liam
zachary: zack zach
"""


def _roots() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for line in _FORMS.split("\n"):
        long, _, forms = line.partition(":")
        for form in (long, *forms.split()):
            if form:
                found[form] += (long,)
    return dict(found)


ROOTS = _roots()
"""The long forms of a first name, by short form and by long."""
