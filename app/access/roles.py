"""The organisations and the eight roles."""

from enum import StrEnum


class Organisation(StrEnum):
    AGENCY = "agency"
    COUNCIL = "council"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class Role(StrEnum):
    AGENCY_PROJECT_MANAGER = "agency_project_manager"
    TEAM_MANAGER = "team_manager"
    PRACTITIONER = "practitioner"
    DISTRICT_MANAGER = "district_manager"
    COUNCIL_PROJECT_MANAGER = "council_project_manager"
    COMMISSIONER = "commissioner"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        if self is Role.DISTRICT_MANAGER:
            return "District Manager"
        return self.value.replace("_", " ").capitalize()

    @property
    def organisation(self) -> Organisation | None:
        """The organisation whose people hold this role; None where either may."""
        return _ORGANISATIONS.get(self)


_ORGANISATIONS = {
    Role.AGENCY_PROJECT_MANAGER: Organisation.AGENCY,
    Role.TEAM_MANAGER: Organisation.AGENCY,
    Role.PRACTITIONER: Organisation.AGENCY,
    Role.DISTRICT_MANAGER: Organisation.COUNCIL,
    Role.COUNCIL_PROJECT_MANAGER: Organisation.COUNCIL,
    Role.COMMISSIONER: Organisation.COUNCIL,
}
