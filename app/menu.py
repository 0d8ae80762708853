"""What stands in the menu, by section; each reader sees what they may open."""

from app.kernel.acts import Act
from app.web.menu import Entry, Section

SAFEGUARDING = (
    "/flags",
    "/unresolved",
    "/section-47",
    "/protection-plans",
    "/pre-proceedings",
    "/thresholds",
)
MENU = (
    Section("Home", (Entry("Home", "home", Act.HOME_VIEW),)),
    Section(
        "Cases",
        (
            Entry(
                "Cases",
                "cases.index",
                Act.CASE_VIEW,
                ("/search", "/bulk", "/edit-sheets", "/ownership", *SAFEGUARDING),
            ),
            Entry("Saved views", "saved_views.index", Act.SAVED_VIEW_KEEP),
            Entry("Triage", "allocation.triage", Act.CASE_ALLOCATE, ("/allocate", "/allocations")),
            Entry("Waiting", "waiting.index", Act.WAITING_VIEW),
            Entry("Authorisation", "assessments.queue", Act.ASSESSMENT_QUEUE, ("/ageing",)),
            Entry("On hold", "holds.index", Act.HOLD_VIEW, ("/clock",)),
            Entry("Delays", "delays.index", Act.DELAY_VIEW, ("/escalations",)),
            Entry("Drift", "drift.index", Act.DRIFT_VIEW, ("/performance-meetings",)),
            Entry("Actions", "actions.index", Act.ACTION_VIEW),
            Entry("Import", "imports.index", Act.IMPORT_RUN, ("/mappings", "/spellings")),
            Entry("Differences", "differences.index", Act.DIFFERENCE_VIEW),
            Entry("Data quality", "quality.index", Act.QUALITY_VIEW, ("/pairs",)),
        ),
    ),
    Section(
        "Agreement",
        (
            Entry(
                "Agreement desk",
                "proposals.desk",
                Act.PROPOSAL_VIEW,
                ("/conditions", "/deputies", "/digests", "/disagreements"),
            ),
            Entry("Agreement meetings", "agenda.index", Act.PROPOSAL_VIEW),
            Entry("Handovers", "handovers.index", Act.PROPOSAL_VIEW, ("/contract",)),
        ),
    ),
    Section(
        "Safeguarding",
        (
            Entry("Safeguarding flags", "flags.index", Act.FLAG_VIEW, SAFEGUARDING),
            Entry("Cohorts", "cohorts.index", Act.SAFEGUARDING_REPORT),
            Entry("Flags by week", "flags.weeks", Act.SAFEGUARDING_REPORT),
        ),
    ),
    Section(
        "Practice",
        (
            Entry("Supervision", "supervision.index", Act.SUPERVISION_VIEW, ("/support",)),
            Entry("Supervision record", "supervision.counts", Act.SUPERVISION_COUNTS),
            Entry("Advice and training", "advice.index", Act.ADVICE_COUNTS, ("/training",)),
        ),
    ),
    Section(
        "Delivery",
        (
            Entry("Progress", "progress.burndown", Act.PROGRESS_VIEW),
            Entry("Measures", "measures.index", Act.PROGRESS_VIEW),
            Entry("Service levels", "service_levels.index", Act.PROGRESS_VIEW),
            Entry("Scope", "scope.ledger", Act.SCOPE_VIEW, ("/hand-backs",)),
            Entry("Then and now", "then_and_now.index", Act.PROGRESS_VIEW),
            Entry("Whose hold-up", "hold_ups.index", Act.PROGRESS_VIEW),
        ),
    ),
    Section(
        "Money",
        (
            Entry("Money", "finance.index", Act.MONEY_VIEW),
            Entry("Outlook", "outlook.index", Act.MONEY_VIEW),
            Entry("Earned value", "earned_value.index", Act.MONEY_VIEW),
            Entry("Invoices", "invoices.index", Act.MONEY_VIEW),
            Entry("Prices", "prices.index", Act.MONEY_VIEW),
            Entry("Milestones", "milestones.index", Act.MONEY_VIEW),
            Entry("Value", "value.index", Act.MONEY_VIEW),
        ),
    ),
    Section(
        "People",
        (
            Entry(
                "People",
                "people.index",
                Act.PEOPLE_VIEW,
                ("/practitioners", "/allocations/overrides"),
            ),
            Entry("Timesheets", "shifts.index", Act.SHIFT_VIEW, ("/expenses",)),
            Entry("My workload", "workload.own", Act.WORKLOAD_OWN, ("/people/points",)),
            Entry("My week", "shifts.own", Act.SHIFT_OWN, ("/expenses/own",)),
            # Others come to it from the pages about people.
            Entry(
                "Points",
                "points.index",
                Act.POINTS_AGREE,
                ("/people/return", "/people/staying"),
            ),
        ),
    ),
    Section(
        "Contract",
        (
            Entry("Contract", "contract.show", Act.CONTRACT_VIEW, ("/deputies",)),
            Entry("Exit", "exit.index", Act.EXIT_VIEW),
        ),
    ),
    Section(
        "Reports",
        (
            Entry("Packs", "packs.index", Act.PACK_VIEW),
            Entry("Meetings", "contract_meetings.index", Act.CONTRACT_MEETING_VIEW),
            Entry("Commentary", "commentary.index", Act.COMMENTARY_VIEW),
        ),
    ),
    Section("Users", (Entry("Users", "users.index", Act.USER_VIEW, ("/people/sign-ins",)),)),
    Section("Trail", (Entry("Trail", "trail.index", Act.TRAIL_VIEW),)),
)
