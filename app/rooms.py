"""The routes of every room, in the order in which an address is looked for among them."""

from app.accounts.grants import pages as grants_pages
from app.accounts.links import pages as links_pages
from app.accounts.own import pages as own_pages
from app.accounts.sign_in import pages as sign_in_pages
from app.accounts.trail import pages as trail_pages
from app.accounts.users import pages as users_pages
from app.agreements.calendar import pages as calendar_pages
from app.agreements.check_backs import pages as check_backs_pages
from app.agreements.checklists import pages as checklists_pages
from app.agreements.closures import pages as closures_pages
from app.agreements.conditions import pages as conditions_pages
from app.agreements.disagreements import pages as disagreements_pages
from app.agreements.hand_backs import pages as hand_backs_pages
from app.agreements.handovers import pages as handovers_pages
from app.agreements.loads import pages as loads_pages
from app.agreements.meetings import pages as meetings_pages
from app.agreements.packs import pages as packs_pages
from app.agreements.proposals import pages as proposals_pages
from app.agreements.receiving import pages as receiving_pages
from app.agreements.reminders import pages as reminders_pages
from app.agreements.reopening import pages as reopening_pages
from app.agreements.watch import pages as watch_pages
from app.assurance.advice import pages as advice_pages
from app.assurance.compliance import pages as compliance_pages
from app.assurance.nightly import pages as nightly_pages
from app.assurance.oversight import pages as oversight_pages
from app.assurance.ownership import pages as ownership_pages
from app.assurance.performance_meetings import pages as performance_meetings_pages
from app.assurance.sessions import pages as sessions_pages
from app.assurance.supervision import pages as supervision_pages
from app.assurance.training import pages as training_pages
from app.cases.actions import pages as actions_pages
from app.cases.allocation import pages as allocation_pages
from app.cases.assessments import pages as assessments_pages
from app.cases.bulk import pages as bulk_pages
from app.cases.clock_statements import pages as clock_statements_pages
from app.cases.corrections import pages as corrections_pages
from app.cases.delays import pages as delays_pages
from app.cases.drift import pages as drift_pages
from app.cases.due_days import pages as due_days_pages
from app.cases.escalation import pages as escalation_pages
from app.cases.families import pages as families_pages
from app.cases.holds import pages as holds_pages
from app.cases.listing import pages as listing_pages
from app.cases.overrides import pages as overrides_pages
from app.cases.quality import pages as quality_pages
from app.cases.recalibration import pages as recalibration_pages
from app.cases.register import pages as register_pages
from app.cases.runs import pages as runs_pages
from app.cases.statements import pages as statements_pages
from app.cases.triage import pages as triage_pages
from app.cases.waiting import pages as waiting_pages
from app.contract import pages as contract_pages
from app.exchange.agency_return import pages as agency_return_pages
from app.exchange.comparisons import pages as comparisons_pages
from app.exchange.differences import pages as differences_pages
from app.exchange.editsheets import pages as editsheets_pages
from app.exchange.exports import pages as exports_pages
from app.exchange.imports import pages as imports_pages
from app.exchange.mappings import pages as mappings_pages
from app.exchange.spellings import pages as spellings_pages
from app.exit.account import pages as final_account_pages
from app.exit.data_return import pages as data_return_pages
from app.exit.readiness import pages as readiness_pages
from app.exit.residual import pages as residual_pages
from app.exit.steps import pages as exit_steps_pages
from app.exit.subject_access import pages as subject_access_pages
from app.exit.transition import pages as transition_pages
from app.finance import pages as finance_pages
from app.finance.earned_points import pages as earned_points_pages
from app.finance.earned_value import pages as earned_value_pages
from app.finance.expenses import pages as expenses_pages
from app.finance.invoices import pages as invoices_pages
from app.finance.lines import pages as lines_pages
from app.finance.milestones import pages as milestones_pages
from app.finance.outlook import pages as outlook_pages
from app.finance.prices import pages as prices_pages
from app.finance.shifts import pages as shifts_pages
from app.finance.track_record import pages as track_record_pages
from app.finance.value import pages as value_pages
from app.overview.casefile import pages as casefile_pages
from app.overview.feed import pages as feed_pages
from app.overview.home import pages as home_pages
from app.overview.people import pages as people_pages
from app.overview.scope import pages as scope_pages
from app.people.capacity import pages as capacity_pages
from app.people.checks import pages as checks_pages
from app.people.engagement import pages as engagement_pages
from app.people.points import pages as points_pages
from app.people.roster import pages as roster_pages
from app.people.sign_ins import pages as sign_ins_pages
from app.people.staying import pages as staying_pages
from app.performance import pages as performance_pages
from app.performance.benchmarks import pages as benchmarks_pages
from app.performance.failures import pages as failures_pages
from app.performance.guard import pages as guard_pages
from app.performance.measures import pages as measures_pages
from app.performance.options import pages as options_pages
from app.performance.service_levels import pages as service_levels_pages
from app.performance.signals import pages as signals_pages
from app.performance.variations import pages as variations_pages
from app.performance.workforce import pages as workforce_pages
from app.plans import pages as plans_pages
from app.reports.commentary import pages as commentary_pages
from app.reports.hold_ups import pages as hold_ups_pages
from app.reports.meetings import pages as contract_meetings_pages
from app.reports.packs import pages as report_packs_pages
from app.reports.then_and_now import pages as then_and_now_pages
from app.safeguarding.cohorts import pages as cohorts_pages
from app.safeguarding.enquiries import pages as enquiries_pages
from app.safeguarding.flags import pages as flags_pages
from app.safeguarding.issues import pages as issues_pages
from app.safeguarding.proceedings import pages as proceedings_pages
from app.safeguarding.protection import pages as protection_pages
from app.safeguarding.reviews import pages as reviews_pages
from app.safeguarding.thresholds import pages as thresholds_pages
from app.web.routes import Routes

# Each with whether it exists in a demo only.
ROOMS: tuple[tuple[Routes, bool], ...] = (
    (sign_in_pages.routes, False),
    (sign_in_pages.demo_routes, True),
    (links_pages.routes, False),
    (own_pages.routes, False),
    (users_pages.routes, False),
    (grants_pages.routes, False),
    (trail_pages.routes, False),
    # Before the register, whose address of a case would take an export's for an id.
    (exports_pages.routes, False),
    (comparisons_pages.routes, False),
    (listing_pages.routes, False),
    (corrections_pages.routes, False),
    (bulk_pages.routes, False),
    (register_pages.routes, False),
    (triage_pages.routes, False),
    (allocation_pages.routes, False),
    # Before the runs, whose address would take it for a run's number.
    (overrides_pages.routes, False),
    (runs_pages.routes, False),
    (assessments_pages.routes, False),
    (assessments_pages.queue, False),
    (holds_pages.routes, False),
    (clock_statements_pages.routes, False),
    (waiting_pages.routes, False),
    (delays_pages.routes, False),
    (escalation_pages.routes, False),
    (drift_pages.routes, False),
    (nightly_pages.routes, False),
    (actions_pages.routes, False),
    (statements_pages.routes, False),
    (families_pages.routes, False),
    (quality_pages.routes, False),
    (casefile_pages.routes, False),
    (contract_pages.routes, False),
    (contract_pages.deputy_routes, False),
    (due_days_pages.routes, False),
    (due_days_pages.clock_routes, False),
    (plans_pages.routes, False),
    (flags_pages.routes, False),
    (issues_pages.routes, False),
    (enquiries_pages.routes, False),
    (proceedings_pages.routes, False),
    (reviews_pages.routes, False),
    (thresholds_pages.routes, False),
    (cohorts_pages.routes, False),
    (protection_pages.routes, False),
    (checklists_pages.routes, False),
    (calendar_pages.routes, False),
    (check_backs_pages.routes, False),
    (packs_pages.routes, False),
    (handovers_pages.routes, False),
    (receiving_pages.routes, False),
    (loads_pages.routes, False),
    (hand_backs_pages.routes, False),
    (closures_pages.routes, False),
    (closures_pages.template_routes, False),
    (proposals_pages.routes, False),
    (conditions_pages.routes, False),
    (meetings_pages.routes, False),
    (reminders_pages.routes, False),
    (disagreements_pages.routes, False),
    (reopening_pages.routes, False),
    (ownership_pages.routes, False),
    (performance_meetings_pages.routes, False),
    (supervision_pages.routes, False),
    (compliance_pages.routes, False),
    (sessions_pages.routes, False),
    (oversight_pages.routes, False),
    (training_pages.routes, False),
    (advice_pages.routes, False),
    (performance_pages.routes, False),
    (watch_pages.routes, False),
    (guard_pages.routes, False),
    (workforce_pages.routes, False),
    (measures_pages.routes, False),
    (variations_pages.routes, False),
    (options_pages.routes, False),
    # Before the service levels, whose address would take them for a level's number.
    (failures_pages.routes, False),
    (benchmarks_pages.routes, False),
    (service_levels_pages.routes, False),
    (signals_pages.routes, False),
    (finance_pages.routes, False),
    (prices_pages.routes, False),
    (milestones_pages.routes, False),
    (invoices_pages.routes, False),
    (invoices_pages.price_routes, False),
    (lines_pages.routes, False),
    (value_pages.routes, False),
    (shifts_pages.routes, False),
    (expenses_pages.routes, False),
    (earned_points_pages.routes, False),
    (earned_value_pages.routes, False),
    (outlook_pages.routes, False),
    (track_record_pages.routes, False),
    (readiness_pages.routes, False),
    (exit_steps_pages.routes, False),
    (residual_pages.routes, False),
    (residual_pages.outlook_routes, False),
    (data_return_pages.routes, False),
    (subject_access_pages.routes, False),
    (transition_pages.routes, False),
    (final_account_pages.routes, False),
    (scope_pages.routes, False),
    (people_pages.routes, False),
    (points_pages.routes, False),
    (recalibration_pages.routes, False),
    (checks_pages.routes, False),
    (agency_return_pages.routes, False),
    (capacity_pages.routes, False),
    (engagement_pages.routes, False),
    (staying_pages.routes, False),
    (sign_ins_pages.routes, False),
    # After the others about people, whose addresses it would take for a worker's id.
    (roster_pages.routes, False),
    (contract_meetings_pages.routes, False),
    (commentary_pages.routes, False),
    (hold_ups_pages.routes, False),
    (then_and_now_pages.routes, False),
    (report_packs_pages.routes, False),
    (home_pages.routes, False),
    (feed_pages.routes, False),
    (imports_pages.routes, False),
    (differences_pages.routes, False),
    (editsheets_pages.routes, False),
    (spellings_pages.routes, False),
    (mappings_pages.routes, False),
)
