"""Every act, named once: a route needs it, a role is granted it, the trail records it."""

from enum import StrEnum


class Act(StrEnum):
    """`thing.verb`; the sentence beside each is what the who-may-do-what page prints."""

    sentence: str

    def __new__(cls, value: str, sentence: str) -> "Act":
        act = str.__new__(cls, value)
        act._value_ = value
        act.sentence = sentence
        return act

    HOME_VIEW = "home.view", "See their own home page"
    ACCOUNT_MANAGE = "account.manage", "Change their own password and end their own sessions"
    FEED_KEEP = "feed.keep", "Keep a calendar feed of their own days"
    GRANTS_VIEW = "grants.view", "See who may do what"
    USER_VIEW = "user.view", "See the list of people who can sign in"
    USER_INVITE = "user.invite", "Invite a person by a one-time link"
    USER_EDIT = "user.edit", "Change a person’s role, lots and leaving date"
    USER_DISABLE = "user.disable", "Disable a person and end their sessions"
    USER_RESET = "user.reset", "Give a person a one-time link to choose a new password"
    TRAIL_VIEW = "trail.view", "Read the trail of every change and view"

    CONTRACT_VIEW = "contract.view", "See the contract, its lots, clock rules and targets"
    CONTRACT_EDIT = (
        "contract.edit",
        "Change targets, weekly intakes, the calendar and the rules for waiting children",
    )
    CLOCK_TERMS_DRAFT = (
        "clock_terms.draft",
        "Draft a change of the contract’s clocks and how decisions are chased",
    )
    CLOCK_TERMS_AGREE = "clock_terms.agree", "Agree the contract’s clocks for the council"
    DISTRICT_MANAGER_NAME = "district_manager.name", "Name another District Manager of a lot"
    DEPUTY_NAME = "deputy.name", "Name who decides for a District Manager"
    PEOPLE_VIEW = "people.view", "See practitioners and their caseloads"
    PEOPLE_EDIT = "people.edit", "Add a worker and change their terms, lots and time off"
    WORKLOAD_OWN = "workload.own", "See their own workload and why it counts so"
    CHECKS_VIEW = "checks.view", "See workers’ checks and what runs out"
    CHECKS_RECORD = "checks.record", "Record a worker’s checks and the steps of the induction"
    RETURN_RECORD = "return.record", "Record a worker’s pay and what else the return asks"
    RETURN_EXPORT = "return.export", "See and export the quarterly return of agency workers"
    STAYING_VIEW = "staying.view", "See who would stay with the council"
    STAYING_RECORD = "staying.record", "Record what a worker says about staying"
    POINTS_VIEW = "points.view", "See the points table and its versions"
    POINTS_DRAFT = "points.draft", "Draft a change of the points table"
    POINTS_AGREE = "points.agree", "Agree a points table for the council"

    IMPORT_RUN = "import.run", "Import the council’s case list"
    IMPORT_UNDO = "import.undo", "Undo an import while nothing was built on it"
    DIFFERENCE_VIEW = "difference.view", "See where the council’s list and the register differ"
    DIFFERENCE_SETTLE = (
        "difference.settle",
        "Settle where the council’s list and the register differ",
    )
    SPELLING_MAP = "spelling.map", "Say what an unknown spelling in the council’s lists means"
    MAPPING_FORGET = "mapping.forget", "Forget what the columns of a list were said to hold"
    QUALITY_VIEW = "quality.view", "See what is wrong or missing in cases"
    QUALITY_ACCEPT = "quality.accept", "Accept what is wrong or missing in a case, with a reason"
    PAIR_VIEW = "pair.view", "See cases that look like one child or one family"
    PAIR_DECIDE = "pair.decide", "Decide whether two cases are one child or one family"
    SCOPE_VIEW = "scope.view", "See the scope ledger"
    SCOPE_CASES = "scope.cases", "See the cases behind the scope ledger"
    SCOPE_FREEZE = "scope.freeze", "Freeze a lot’s opening list"
    STATEMENT_ISSUE = "statement.issue", "Issue a lot’s weekly statement of scope"
    STATEMENT_SIGN = "statement.sign", "Sign a statement of scope for their side"

    CASE_VIEW = "case.view", "See cases in their lots"
    CASE_EXPORT = "case.export", "Export a list of cases"
    CASE_ALLOCATE = "case.allocate", "Allocate a case to a practitioner"
    CASE_REALLOCATE = "case.reallocate", "Move a case to another practitioner, with a reason"
    CASE_PRIORITISE = "case.prioritise", "Set a case’s priority, with a reason and a next review"
    CASE_TRANSFER = "case.transfer", "Move a case to another lot"
    CASE_REOPEN = "case.reopen", "Reopen a case that was handed over or closed"

    CASE_CORRECT = "case.correct", "Correct a case’s facts, one by one or by an edit sheet"
    CASE_BULK = "case.bulk", "Act on many cases at once, each as its own act allows"

    SAVED_VIEW_KEEP = "saved_view.keep", "Keep views of the case list for themselves"
    SAVED_VIEW_SHARE = "saved_view.share", "Share a view of the case list with a role"

    OWNERSHIP_CHECK = "ownership.check", "Check that every open case has an owner and a next step"
    TRIAGE_ORDER = "triage.order", "Change the order of the triage queue"

    WAITING_VIEW = "waiting.view", "See the children without a named worker"
    WAITING_REVIEW = "waiting.review", "Review the risk to a child without a named worker"
    ESCALATION_ACKNOWLEDGE = "escalation.acknowledge", "Acknowledge an escalated case"
    ESCALATION_DECIDE = "escalation.decide", "End an escalation by a decision"
    ESCALATION_VIEW = "escalation.view", "See what is escalated, and to whom"
    ESCALATION_CLIMB = "escalation.climb", "Take escalations up a step and tell whoever must answer"

    DELAY_VIEW = "delay.view", "See why cases are late and what that costs in days"
    DELAY_RECORD = "delay.record", "Record, change and end a delay of a case"
    DELAY_REPLY = "delay.reply", "Reply to a delay for the council"
    DRIFT_VIEW = "drift.view", "See the cases that drift"
    DRIFT_ASIDE = "drift.aside", "Leave a drifting case off the list for a while, with a reason"
    DRIFT_LOOK = "drift.look", "Look over every open case for drift"

    PERFORMANCE_MEETING_VIEW = "performance_meeting.view", "Read performance meetings"
    PERFORMANCE_MEETING_HOLD = (
        "performance_meeting.hold",
        "Hold a performance meeting and write down what it decides",
    )

    ACTION_VIEW = "action.view", "See dated actions on cases"
    ACTION_SET = "action.set", "Give somebody a dated action on a case"
    ACTION_DONE = "action.done", "Mark a dated action done"
    ACTION_CHANGE = "action.change", "Drop a dated action, or give it to somebody else"

    ASSESSMENT_START = "assessment.start", "Start an assessment"
    ASSESSMENT_SEEN = "assessment.seen", "Record that the child was seen"
    ASSESSMENT_SUBMIT = "assessment.submit", "Submit an assessment for authorisation"
    ASSESSMENT_AUTHORISE = "assessment.authorise", "Authorise an assessment"
    ASSESSMENT_RETURN = "assessment.return", "Return an assessment with points to fix"

    ASSESSMENT_QUEUE = (
        "assessment.queue",
        "See the assessments that wait for authorisation and why some were returned",
    )
    ASSESSMENT_MILESTONE = (
        "assessment.milestone",
        "Record when an assessment was drafted, shared and entered on the council’s system",
    )
    ASSESSMENT_MIGRATE = (
        "assessment.migrate",
        "Turn an initial or core assessment into a single assessment",
    )

    HOLD_VIEW = "hold.view", "See which cases are on hold and whose clock it is"
    HOLD_PLACE = "hold.place", "Put a case on hold for somebody else"
    HOLD_RENEW = "hold.renew", "Look at a hold again and renew it"
    HOLD_END = "hold.end", "Take a case on hold back before its day"
    CLOCK_VIEW = "clock.view", "See the weekly statements of whose clock it was"
    CLOCK_ISSUE = "clock.issue", "Issue a lot’s weekly statement of whose clock it was"
    CLOCK_ANSWER_AGENCY = (
        "clock.answer_agency",
        "Accept or dispute a line of that statement for the agency",
    )
    CLOCK_ANSWER_COUNCIL = (
        "clock.answer_council",
        "Accept or dispute a line of that statement for the council",
    )

    FLAG_RAISE = "flag.raise", "Raise an immediate safeguarding flag"
    FLAG_VIEW = "flag.view", "See safeguarding flags in their lots"
    FLAG_ACKNOWLEDGE = "flag.acknowledge", "Acknowledge a safeguarding flag"
    FLAG_RESOLVE = "flag.resolve", "Resolve a safeguarding flag"
    FLAG_ATTACH = "flag.attach", "Say which case a flag without one is about"
    FLAG_CALL = "flag.call", "Log a telephone call about a safeguarding flag"
    SAFEGUARDING_REPORT = (
        "safeguarding.report",
        "See how many flags were raised and which cohorts cases belong to, by lot",
    )
    PROTECTION_VIEW = (
        "protection.view",
        "See enquiries, pre-proceedings and unresolved child-protection issues in their lots",
    )
    PROTECTION_REVIEW = (
        "protection.review",
        "Record a child protection plan and the conferences that review it",
    )
    ISSUE_RAISE = "issue.raise", "Put an unresolved child-protection issue on the register"
    ISSUE_COVER = "issue.cover", "Say who covers an unresolved child-protection issue tonight"
    ISSUE_RESOLVE = "issue.resolve", "Resolve a child-protection issue"
    ENQUIRY_OPEN = "enquiry.open", "Open a section 47 enquiry after a strategy discussion"
    ENQUIRY_CONCLUDE = "enquiry.conclude", "Record what a section 47 enquiry leads to"
    ENQUIRY_CONFER = "enquiry.confer", "Book a child protection conference and record its result"
    THRESHOLD_DECIDE = "threshold.decide", "Log whether a case meets a threshold"
    COHORT_SET = "cohort.set", "Say which cohorts a case belongs to"
    PROCEEDINGS_OPEN = "proceedings.open", "Begin pre-proceedings after a legal gateway meeting"
    PROCEEDINGS_RECORD = "proceedings.record", "Record the letter, meetings and reviews of them"
    PROCEEDINGS_DECIDE = "proceedings.decide", "End pre-proceedings by a decision on the next step"

    PLAN_WRITE = "plan.write", "Write a case outcome plan"
    PROPOSAL_VIEW = "proposal.view", "See proposals and decisions"
    PROPOSAL_PROPOSE = "proposal.propose", "Propose an outcome plan to the District Manager"
    PROPOSAL_AGREE = "proposal.agree", "Agree a proposal for the council"
    PROPOSAL_RETURN = "proposal.return", "Return a proposal with points to fix"
    PROPOSAL_REFUSE = "proposal.refuse", "Refuse a proposal"
    PROPOSAL_CONDITION = "proposal.condition", "Agree a proposal on conditions"
    PROPOSAL_UNDO = "proposal.undo", "Take their own decision back within a minute"
    AGENDA_PLAN = "agenda.plan", "Put proposals on the agenda of an agreement meeting"
    AGENDA_MINUTE = (
        "agenda.minute",
        "Record what was said in an agreement meeting, for the District Manager to confirm",
    )
    AGENDA_CONFIRM = "agenda.confirm", "Confirm what was recorded as agreed in a meeting"
    AGENDA_ISSUE = "agenda.issue", "Issue the minutes of an agreement meeting"
    DISAGREEMENT_RAISE = "disagreement.raise", "Disagree with a return or a refusal"
    DISAGREEMENT_ANSWER = "disagreement.answer", "Add their side’s position to a disagreement"
    DISAGREEMENT_ESCALATE = "disagreement.escalate", "Put a disagreement to the head of service"
    DISAGREEMENT_SETTLE = "disagreement.settle", "Settle a disagreement as the third view"
    DIGEST_SEND = "digest.send", "Send the day’s digest of what waits for a decision"
    CONDITION_MEET = "condition.meet", "Record that a condition of an agreement is met"
    HANDOVER_PREPARE = "handover.prepare", "Tick off a handover’s checklist"
    HANDOVER_AUDIT = "handover.audit", "Grade a case’s file before it is handed over"
    HANDOVER_REQUEST = "handover.request", "Ask a receiving team to take a case over"
    HANDOVER_ASK = "handover.ask", "Ask about a handover before answering the request"
    HANDOVER_ANSWER = "handover.answer", "Answer a question about a handover"
    HANDOVER_ACCEPT = "handover.accept", "Accept a handover for the receiving team"
    HANDOVER_REJECT = "handover.reject", "Reject a handover, with a reason"
    HANDOVER_CHECK = "handover.check", "Say two weeks after a handover whether it stuck"
    CHECKLIST_EDIT = "checklist.edit", "Change what is asked before a case is handed over"
    CALENDAR_VIEW = "calendar.view", "See the calendar of handovers"
    HANDOVER_BOOK = "handover.book", "Choose the week of a handover"
    INTAKE_PUBLISH = "intake.publish", "Publish what a receiving team takes and lock its weeks"
    SMOOTHING_MAKE = "smoothing.make", "Have weeks worked out that keep teams within their intake"
    SMOOTHING_ACCEPT = "smoothing.accept", "Accept the weeks that were worked out"
    CLOSURE_WRITE = "closure.write", "Write a closure"
    CLOSURE_CLOSE = "closure.close", "Close a case"
    CASE_HAND_BACK = "case.hand_back", "Hand an inappropriate case back to the council"

    SUPERVISION_VIEW = "supervision.view", "See when supervision of cases is due, and its agenda"
    SUPERVISION_HOLD = "supervision.hold", "Plan and hold supervision, and decide in it on cases"
    SUPERVISION_COUNTS = (
        "supervision.counts",
        "See how supervision keeps to the contract, in counts",
    )
    SUPERVISION_SAMPLE = "supervision.sample", "Draw the supervisions that are graded"
    SUPERVISION_GRADE = "supervision.grade", "Grade a supervision that somebody else held"

    SUPPORT_OWN = "support.own", "Read support sessions of their own, sealed to the two people"
    SUPPORT_RECORD = "support.record", "Write down and seal a support session they led"
    SUPPORT_VIEW = "support.view", "See that support sessions were held, and counts of themes"

    OVERSIGHT_VIEW = "oversight.view", "See what managers did on a case"

    TRAINING_VIEW = "training.view", "See training given and the list of system problems"
    TRAINING_RECORD = "training.record", "Write down training, report system problems, look again"
    PROBLEM_FIX = "problem.fix", "Say that a system problem is fixed"
    ADVICE_COUNTS = "advice.counts", "See what advice to council teams amounts to"
    ADVICE_VIEW = "advice.view", "Read the log of advice to council teams"
    ADVICE_RECORD = "advice.record", "Write down advice given to a council team"

    CONTRACT_MEETING_VIEW = "contract_meeting.view", "Read the meetings of a contract"
    CONTRACT_MEETING_HOLD = (
        "contract_meeting.hold",
        "Plan a meeting of a contract and write down what it decides",
    )
    CONTRACT_MEETING_ISSUE = (
        "contract_meeting.issue",
        "Issue the minutes of a meeting of a contract",
    )
    CONTRACT_MEETING_ACT = (
        "contract_meeting.act",
        "Mark an action from a meeting of a contract done",
    )
    COMMENTARY_VIEW = "commentary.view", "Read the commentary on a contract’s figures"
    COMMENTARY_WRITE = (
        "commentary.write",
        "Draft, edit and issue the commentary on a contract’s figures",
    )
    PACK_VIEW = "pack.view", "Read issued packs, each its own edition"
    PACK_BUILD = "pack.build", "Draft a pack, preview it and say something in it"
    PACK_ISSUE = "pack.issue", "Issue a pack, or issue it again with what changed"
    PACK_RECEIVE = "pack.receive", "Confirm for the council that a pack was received"
    PACK_SCHEDULE = "pack.schedule", "Say on which day packs are drafted by themselves"
    START_KEEP = "start.keep", "Keep a lot’s figures as they were when its contract began"

    PROGRESS_VIEW = "progress.view", "See the burn-down and the measures"
    SERVICE_LEVEL_DRAFT = "service_level.draft", "Draft a service level, or a change of one"
    SERVICE_LEVEL_SIGN = "service_level.sign", "Sign a service level for their side"
    RECTIFICATION_PLAN = (
        "rectification.plan",
        "Say why a service level failed and plan to put it right",
    )
    RECTIFICATION_DECIDE = (
        "rectification.decide",
        "Accept or reject a rectification plan, and close a failure",
    )
    CREDIT_WAIVE = "credit.waive", "Waive a service credit, with a reason"
    BENCHMARK_EDIT = "benchmark.edit", "Change the figures of others that measures stand beside"
    WORKFORCE_RECORD = (
        "workforce.record",
        "Record how the council’s own workforce of a lot was counted",
    )
    MEASURE_ROWS = "measure.rows", "See the cases and workers behind a measure"
    MEASURE_READ = "measure.read", "Read the measures of past periods again"
    MEASURE_DRAFT = "measure.draft", "Draft a version of what a measure means"
    MEASURE_SIGN_AGENCY = "measure.sign_agency", "Sign what a measure means for the agency"
    MEASURE_SIGN_COUNCIL = "measure.sign_council", "Sign what a measure means for the council"
    MONEY_VIEW = "money.view", "See budget, spend and forecast"
    MONEY_RECORD = "money.record", "Record a week’s cost"
    SHIFT_VIEW = "shift.view", "See the timesheets of their lots"
    SHIFT_OWN = "shift.own", "See their own weeks, and record how they went and what they spent"
    SHIFT_RECORD = "shift.record", "Record how a worker’s week went and what they spent"
    SHIFT_SIGN = "shift.sign", "Sign a week’s timesheet for the agency"
    SHIFT_CORRECT = "shift.correct", "Correct a signed timesheet by a further entry"
    SHIFT_ACCEPT = "shift.accept", "Accept a week’s timesheet for the council"
    EARNED_DRAFT = "earned.draft", "Draft what cases and milestones count in earned value"
    EARNED_AGREE = "earned.agree", "Agree for the council what they count in earned value"
    EARNED_COUNT = "earned.count", "Count what was earned since the last time"
    OUTLOOK_MAKE = "outlook.make", "Have it worked out what the work will have cost"
    PRICE_PARTS = "price.parts", "See what a day rate is made of"
    PRICE_SET = "price.set", "Set prices, caps and budgets, and say where invoices are booked"
    MILESTONE_SET = "milestone.set", "Agree a milestone and what is paid for it"
    MILESTONE_EVIDENCE = "milestone.evidence", "Say what shows that a milestone is achieved"
    MILESTONE_CERTIFY = "milestone.certify", "Certify that a milestone is achieved"
    INVOICE_DRAFT = "invoice.draft", "Draft an invoice from the evidence, and drop a draft"
    INVOICE_ISSUE = "invoice.issue", "Issue an invoice"
    INVOICE_ITEMS = "invoice.items", "See the cases and shifts behind a line of an invoice"
    INVOICE_ACCEPT = "invoice.accept", "Accept or query a line of an invoice, and settle a query"
    INVOICE_REPLY = "invoice.reply", "Reply to a query of an invoice"
    INVOICE_PAY = "invoice.pay", "Record a payment of an invoice"
    INVOICE_EXPORT = "invoice.export", "Export an invoice for a finance system"
    CREDIT_NOTE_ISSUE = "credit_note.issue", "Issue the credit note that is due"
    VALUE_COUNT = "value.count", "Count what each week’s money bought"
    EXIT_VIEW = "exit.view", "See the exit strategy"
    EXIT_EDIT = "exit.edit", "Change the exit strategy and mark its steps done"
    EXIT_LOT = "exit.lot", "Close a lot whose cases have all ended, and open it again"
    EXIT_RESIDUAL = "exit.residual", "See which open case would go to whom"
    EXIT_AGREE_AGENCY = "exit.agree_agency", "Agree a gate of the exit strategy for the agency"
    EXIT_AGREE_COUNCIL = "exit.agree_council", "Agree a gate of the exit strategy for the council"
    EXIT_RECEIVE = "exit.receive", "Name who takes over the cases that will be open at the end"
    FINAL_ACCOUNT_VIEW = "final_account.view", "See the final account of a contract"
    LESSON_ADD = "lesson.add", "Add a lesson to the final account"
    OFFER_RECORD = "offer.record", "Record what the council offered a worker, and the answer"
    DATA_VIEW = "data.view", "See what was returned of a contract’s data and what is to be erased"
    DATA_TERMS = "data.terms", "Say how long a contract’s data is kept, and hold it"
    DATA_RETURN = "data.return", "Write everything that is held of a contract to a file"
    DATA_RECEIVE = "data.receive", "Confirm that the council received a return of the data"
    DATA_SUBJECT = (
        "data.subject",
        "Take everything that is held on one reference, for whoever it is about",
    )
    ERASURE_ASK = "erasure.ask", "Ask for the erasure of a contract’s data for the council"
    ERASURE_AGREE = "erasure.agree", "Agree to the erasure of a contract’s data for the agency"
    ERASURE_WITHDRAW = "erasure.withdraw", "Withdraw an erasure before it is carried out"

    SIGN_IN = "session.start", "Sign in"
    SIGN_OUT = "session.end", "Sign out"
    PASSWORD_CHOOSE = "password.choose", "Choose a password by a one-time link"
    CASE_SEE = "case.seen", "Open a case page (recorded as a view)"
    MAIL_SEND = "mail.send", "Send a message that waited"
    DEMO_SEED = "demo.seed", "Load invented data"
    CONTRACT_CREATE = "contract.create", "Set up a contract and its lots"
    FLAG_ALERT = "flag.alert", "Alert again while nobody acknowledges a safeguarding flag"
    QUALITY_CHECK = "quality.check", "Look over every case again for what is wrong or missing"
    DATA_READ = "data.read", "Take a return of a contract’s data into an empty installation"
    ERASURE_CARRY_OUT = "erasure.carry_out", "Erase a contract’s data as both sides agreed"
    SERVICE_LEVEL_JUDGE = "service_level.judge", "Judge the periods of service levels that ended"
    COUNTERS_REBUILD = "counters.rebuild", "Count the ledger again"
