"""Makes children in need censuses as councils export them; every child in them is invented."""

from collections.abc import Sequence


def an_episode(
    referred: str,
    *,
    nfa: str = "false",
    need: str = "N1",
    closed: str = "",
    reason: str = "",
    assessments: Sequence[str] = (),
    enquiries: Sequence[str] = (),
) -> str:
    """One episode; its assessments and enquiries are open."""
    ending = f"<CINclosureDate>{closed}</CINclosureDate>" if closed else ""
    ending += f"<ReasonForClosure>{reason}</ReasonForClosure>" if reason else ""
    work = "".join(
        f"<Assessments><AssessmentActualStartDate>{day}</AssessmentActualStartDate></Assessments>"
        for day in assessments
    )
    work += "".join(
        f"<Section47><S47ActualStartDate>{day}</S47ActualStartDate>"
        "<ICPCnotRequired>0</ICPCnotRequired></Section47>"
        for day in enquiries
    )
    return (
        f"<CINdetails><CINreferralDate>{referred}</CINreferralDate>"
        f"<ReferralSource>1A</ReferralSource><PrimaryNeedCode>{need}</PrimaryNeedCode>{ending}"
        f"{work}<ReferralNFA>{nfa}</ReferralNFA></CINdetails>"
    )


def a_child(reference: str, *inside: str, born: str = "", expected: str = "") -> str:
    """One child with what is inside of it."""
    dates = f"<PersonBirthDate>{born}</PersonBirthDate>" if born else ""
    dates += f"<ExpectedPersonBirthDate>{expected}</ExpectedPersonBirthDate>" if expected else ""
    return (
        f"<Child><ChildIdentifiers><LAchildID>{reference}</LAchildID>"
        f"<UPNunknown>UN1</UPNunknown>{dates}</ChildIdentifiers>"
        "<ChildCharacteristics><Ethnicity>WBRI</Ethnicity></ChildCharacteristics>"
        f"{''.join(inside)}</Child>"
    )


def a_census(*children: str, on: str = "2026-03-31") -> bytes:
    """A whole census of these children."""
    return (
        "<?xml version='1.0' encoding='utf-8'?><Message><Header><CollectionDetails>"
        f"<Collection>CIN</Collection><Year>2026</Year><ReferenceDate>{on}</ReferenceDate>"
        "</CollectionDetails><Source><LEA>999</LEA></Source></Header>"
        f"<Children>{''.join(children)}</Children></Message>"
    ).encode()
