"""The one table of who may do what; route guard, commands, pages and README all read it."""

from app.access.roles import Role
from app.kernel.acts import Act

PM, TM, PR = Role.AGENCY_PROJECT_MANAGER, Role.TEAM_MANAGER, Role.PRACTITIONER
DM, HOS, COM = Role.DISTRICT_MANAGER, Role.COUNCIL_PROJECT_MANAGER, Role.COMMISSIONER
AUD, ADM = Role.AUDITOR, Role.ADMINISTRATOR

EVERYONE = frozenset(Role)
CASEWORK = frozenset({PM, TM, PR, DM, HOS})

GRANTED: dict[Act, frozenset[Role]] = {
    Act.HOME_VIEW: EVERYONE,
    Act.ACCOUNT_MANAGE: EVERYONE,
    Act.GRANTS_VIEW: EVERYONE,
    Act.SIGN_OUT: EVERYONE,
    Act.USER_VIEW: frozenset({ADM}),
    Act.USER_INVITE: frozenset({ADM}),
    Act.USER_EDIT: frozenset({ADM}),
    Act.USER_DISABLE: frozenset({ADM}),
    Act.USER_RESET: frozenset({ADM}),
    Act.TRAIL_VIEW: frozenset({AUD}),
    Act.CONTRACT_VIEW: frozenset({PM, TM, DM, HOS, COM, AUD}),
    Act.CONTRACT_EDIT: frozenset({HOS}),
    Act.DEPUTY_NAME: frozenset({DM, HOS}),
    Act.PEOPLE_VIEW: frozenset({PM, TM}),
    Act.PEOPLE_EDIT: frozenset({PM}),
    Act.WORKLOAD_OWN: frozenset({PR}),
    Act.CHECKS_VIEW: frozenset({PM, TM}),
    Act.CHECKS_RECORD: frozenset({PM}),
    Act.RETURN_RECORD: frozenset({PM}),
    Act.RETURN_EXPORT: frozenset({PM, HOS}),
    Act.STAYING_VIEW: frozenset({PM, HOS}),
    Act.STAYING_RECORD: frozenset({PM}),
    Act.POINTS_VIEW: frozenset({PM, TM, PR, HOS}),
    Act.POINTS_DRAFT: frozenset({PM}),
    Act.POINTS_AGREE: frozenset({HOS}),
    Act.IMPORT_RUN: frozenset({PM}),
    Act.IMPORT_UNDO: frozenset({PM}),
    Act.DIFFERENCE_VIEW: frozenset({PM, TM, DM, HOS}),
    Act.DIFFERENCE_SETTLE: frozenset({PM, TM}),
    Act.SPELLING_MAP: frozenset({PM}),
    Act.MAPPING_FORGET: frozenset({PM}),
    Act.QUALITY_VIEW: frozenset({PM, TM, DM, HOS}),
    Act.QUALITY_ACCEPT: frozenset({PM, TM}),
    Act.PAIR_VIEW: frozenset({PM, TM, DM, HOS}),
    Act.PAIR_DECIDE: frozenset({PM, TM}),
    Act.SCOPE_VIEW: frozenset({PM, TM, DM, HOS, COM}),
    Act.SCOPE_CASES: frozenset({PM, TM, DM, HOS}),
    Act.SCOPE_FREEZE: frozenset({PM}),
    Act.STATEMENT_ISSUE: frozenset({PM}),
    Act.STATEMENT_SIGN: frozenset({PM, DM, HOS}),
    Act.CASE_VIEW: CASEWORK,
    Act.CASE_EXPORT: frozenset({PM, TM, DM, HOS}),
    Act.CASE_ALLOCATE: frozenset({PM, TM}),
    Act.CASE_REALLOCATE: frozenset({PM, TM}),
    Act.CASE_PRIORITISE: frozenset({PM, TM}),
    Act.CASE_TRANSFER: frozenset({PM}),
    Act.CASE_REOPEN: frozenset({PM, TM, DM}),
    Act.CASE_CORRECT: frozenset({PM, TM}),
    Act.CASE_BULK: frozenset({PM, TM}),
    Act.SAVED_VIEW_KEEP: CASEWORK,
    Act.SAVED_VIEW_SHARE: frozenset({PM, TM, DM, HOS}),
    Act.OWNERSHIP_CHECK: frozenset({PM, TM}),
    Act.TRIAGE_ORDER: frozenset({PM}),
    Act.WAITING_VIEW: frozenset({PM, TM, DM, HOS}),
    Act.WAITING_REVIEW: frozenset({TM}),
    Act.ESCALATION_ACKNOWLEDGE: frozenset({TM, DM, HOS}),
    Act.ESCALATION_DECIDE: frozenset({TM, DM, HOS}),
    Act.ACTION_VIEW: CASEWORK,
    Act.ACTION_SET: frozenset({TM, DM}),
    Act.ACTION_DONE: CASEWORK,
    Act.ACTION_CHANGE: frozenset({PM, TM, DM, HOS}),
    Act.ASSESSMENT_START: frozenset({PR}),
    Act.ASSESSMENT_SEEN: frozenset({PR, TM}),
    Act.ASSESSMENT_SUBMIT: frozenset({PR}),
    Act.ASSESSMENT_AUTHORISE: frozenset({TM}),
    Act.ASSESSMENT_RETURN: frozenset({TM}),
    Act.FLAG_RAISE: CASEWORK,
    Act.FLAG_VIEW: frozenset({PM, TM, DM, HOS}),
    Act.FLAG_ACKNOWLEDGE: frozenset({DM, HOS}),
    Act.FLAG_RESOLVE: frozenset({DM, HOS}),
    Act.PROTECTION_VIEW: frozenset({PM, TM, DM, HOS}),
    Act.ISSUE_RAISE: frozenset({PR, TM, DM}),
    Act.ISSUE_COVER: frozenset({PR, TM, DM}),
    Act.ISSUE_RESOLVE: frozenset({TM, DM, HOS}),
    Act.PLAN_WRITE: frozenset({PR, TM}),
    Act.PROPOSAL_VIEW: frozenset({PM, TM, PR, DM, HOS}),
    Act.PROPOSAL_PROPOSE: frozenset({PR, TM}),
    Act.PROPOSAL_AGREE: frozenset({DM}),
    Act.PROPOSAL_RETURN: frozenset({DM}),
    Act.PROPOSAL_REFUSE: frozenset({DM}),
    Act.HANDOVER_PREPARE: frozenset({PR, TM}),
    Act.HANDOVER_ACCEPT: frozenset({DM, HOS}),
    Act.CLOSURE_WRITE: frozenset({PR, TM}),
    Act.CLOSURE_CLOSE: frozenset({TM}),
    Act.CASE_HAND_BACK: frozenset({DM}),
    Act.PROGRESS_VIEW: frozenset({PM, TM, DM, HOS, COM}),
    Act.MONEY_VIEW: frozenset({PM, HOS, COM}),
    Act.MONEY_RECORD: frozenset({PM}),
    Act.EXIT_VIEW: frozenset({PM, TM, DM, HOS, COM}),
    Act.EXIT_EDIT: frozenset({PM, HOS}),
    Act.EXIT_RESIDUAL: frozenset({PM, DM, HOS}),
    Act.EXIT_AGREE_AGENCY: frozenset({PM}),
    Act.EXIT_AGREE_COUNCIL: frozenset({HOS}),
    Act.EXIT_RECEIVE: frozenset({DM, HOS}),
}

GRANTS: dict[Role, frozenset[Act]] = {
    role: frozenset(act for act, roles in GRANTED.items() if role in roles) for role in Role
}

# Acts nobody is granted by role: they belong to signing in, to a page view or to the command line.
NOBODYS = frozenset({Act.SIGN_IN, Act.PASSWORD_CHOOSE, Act.CASE_SEE, Act.MAIL_SEND})
COMMAND_LINE = frozenset(
    {
        Act.IMPORT_RUN,
        Act.SCOPE_FREEZE,
        Act.DEMO_SEED,
        Act.CONTRACT_CREATE,
        Act.COUNTERS_REBUILD,
        Act.OWNERSHIP_CHECK,
        Act.QUALITY_CHECK,
        Act.USER_INVITE,
        Act.CASE_EXPORT,
    }
)
