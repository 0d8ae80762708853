-- Every measure a second time: one plain statement each, which runs on both engines.
-- Each tells its events: the lot, the case if any, how much counts, and an amount, which is the
-- days of a middle one, or out of how much a share is. `measured_days` numbers the days and the
-- working days, and knows when each begins in London.

-- with
holders AS (
    SELECT a.case_id, a.practitioner_id FROM allocations a
    WHERE a.role = 'primary' AND a.starts_on <= :last AND (a.ends_on IS NULL OR a.ends_on > :last)
),
standing AS (
    SELECT p.lot_id, p.case_id FROM ledger_postings p WHERE p.effective_on <= :last
    GROUP BY p.lot_id, p.case_id HAVING SUM(p.cases) > 0
),
today AS (SELECT * FROM measured_days WHERE day = :last),
authorised AS (
    SELECT e.*, t.nth FROM assessments e JOIN measured_days t ON t.day = e.authorised_on
    WHERE e.authorised_on BETWEEN :first AND :last
),
given AS (
    SELECT a.*, b.nth FROM allocations a JOIN measured_days b ON b.day = a.starts_on
    WHERE a.id IN (SELECT MIN(id) FROM allocations WHERE role = 'primary' GROUP BY case_id)
),
decided AS (
    SELECT e.lot_id, e.case_id, e.decision, t.nth - b.nth AS used
    FROM proposals e
    JOIN measured_days b
        ON b.begins = (SELECT MAX(begins) FROM measured_days WHERE begins <= e.proposed_at)
    JOIN measured_days t
        ON t.begins = (SELECT MAX(begins) FROM measured_days WHERE begins <= e.decided_at)
    WHERE t.day BETWEEN :first AND :last
),
posted AS (SELECT * FROM ledger_postings WHERE effective_on BETWEEN :first AND :last),
watched AS (
    SELECT e.lot_id, e.case_id, e.term, e.outcome, e.effective_on, l.day AS last_day
    FROM ledger_postings e
    JOIN measured_days b ON b.day = e.effective_on
    JOIN measured_days l ON l.number = b.number + :allowed
    WHERE l.day BETWEEN :first AND :last
),
raised AS (
    SELECT f.*, b.number FROM safeguarding_flags f
    JOIN measured_days b
        ON b.begins = (SELECT MAX(begins) FROM measured_days WHERE begins <= f.raised_at)
    WHERE b.day BETWEEN :first AND :last
),
qualified AS (
    SELECT l.lot_id, p.id, p.starts_on FROM practitioner_lots l
    JOIN practitioners p ON p.id = l.practitioner_id
    WHERE p.qualified AND p.post <> 'team_manager'
        AND p.starts_on <= :last AND COALESCE(p.ends_on, :never) >= :last
        AND COALESCE(l.starts_on, :last) <= :last AND COALESCE(l.ends_on, :last) >= :last
),
last_counts AS (
    SELECT w.* FROM workforce_counts w JOIN measured_days b ON b.day = w.as_at, today t
    WHERE t.number - b.number BETWEEN 0 AND 366 AND NOT EXISTS (
        SELECT 1 FROM workforce_counts v
        WHERE v.lot_id = w.lot_id AND v.as_at > w.as_at AND v.as_at <= :last
    )
)

-- child-seen
SELECT lot_id, case_id, CASE WHEN seen_on IS NULL THEN 0 ELSE 1 END AS counted, 0 AS amount
FROM authorised

-- seen-soon
SELECT e.lot_id, e.case_id, CASE WHEN EXISTS (
    SELECT 1 FROM visits v
    WHERE v.case_id = e.case_id AND v.seen_on BETWEEN e.starts_on AND e.last_day
) THEN 1 ELSE 0 END AS counted, 0 AS amount
FROM (
    SELECT g.*, (SELECT MAX(day) FROM measured_days WHERE nth = g.nth + :allowed) AS last_day
    FROM given g
) e
WHERE e.last_day BETWEEN :first AND :last

-- seen-lately
SELECT s.lot_id, s.case_id, CASE WHEN EXISTS (
    SELECT 1 FROM visits v JOIN measured_days b ON b.day = v.seen_on, today t
    WHERE v.case_id = s.case_id AND v.seen_on <= :last AND t.nth - b.nth <= :allowed
) THEN 1 ELSE 0 END AS counted, 0 AS amount
FROM standing s WHERE s.case_id IN (SELECT case_id FROM holders)

-- needs-met
SELECT e.lot_id, e.case_id, CASE e.achieved WHEN 'declined' THEN 0 ELSE 1 END AS counted,
    0 AS amount
FROM closures e
JOIN measured_days t
    ON t.begins = (SELECT MAX(begins) FROM measured_days WHERE begins <= e.closed_at)
WHERE t.day BETWEEN :first AND :last AND e.achieved IN ('met', 'partly', 'declined')

-- no-further-action
SELECT lot_id, case_id, CASE outcome WHEN 'close_nfa' THEN 1 ELSE 0 END AS counted, 0 AS amount
FROM posted WHERE term = 'cleared'

-- re-referred
SELECT e.lot_id, e.case_id, CASE WHEN EXISTS (
    SELECT 1 FROM re_referrals r
    WHERE r.case_id = e.case_id AND r.closed_on = e.effective_on AND r.referred_on <= e.last_day
) OR EXISTS (
    SELECT 1 FROM reopenings r
    WHERE r.case_id = e.case_id AND r.ended_on = e.effective_on AND r.reason = 're_referral'
        AND r.reopened_on <= e.last_day
) THEN 1 ELSE 0 END AS counted, 0 AS amount
FROM watched e WHERE e.term = 'cleared' AND e.outcome IN ('close_nfa', 'close_early_help')

-- conference-timeliness
SELECT e.lot_id, e.case_id, CASE WHEN t.nth - b.nth <= :allowed THEN 1 ELSE 0 END AS counted,
    0 AS amount
FROM section_47_enquiries e
JOIN measured_days b ON b.day = e.strategy_on
JOIN measured_days t ON t.day = e.conference_on
WHERE e.conference_on BETWEEN :first AND :last AND e.result IS NOT NULL

-- flags-raised
SELECT lot_id, case_id, 1 AS counted, 0 AS amount FROM raised

-- flags-acknowledged
SELECT e.lot_id, e.case_id, CASE WHEN e.acknowledged_at < (
    SELECT begins FROM measured_days WHERE number = e.number + :allowed + 1
) THEN 1 ELSE 0 END AS counted, 0 AS amount
FROM raised e

-- enquiries-started
SELECT lot_id, case_id, 1 AS counted, 0 AS amount
FROM section_47_enquiries WHERE strategy_on BETWEEN :first AND :last

-- plans-reviewed
SELECT s.lot_id, s.case_id, CASE WHEN COALESCE((
    SELECT MIN(held_on) FROM review_conferences WHERE plan_id = p.id
), :never) <= p.review_due_on AND NOT EXISTS (
    SELECT 1 FROM review_conferences r
    WHERE r.plan_id = p.id AND r.next_due_on <= :last AND COALESCE((
        SELECT MIN(n.held_on) FROM review_conferences n
        WHERE n.plan_id = p.id AND n.held_on > r.held_on
    ), :never) > r.next_due_on
) THEN 1 ELSE 0 END AS counted, 0 AS amount
FROM standing s JOIN protection_plans p ON p.case_id = s.case_id
WHERE p.review_due_on <= :last AND COALESCE(p.ended_on, :never) > :last

-- risk-reviewed
SELECT e.lot_id, e.case_id, CASE WHEN EXISTS (
    SELECT 1 FROM risk_reviews r WHERE r.case_id = e.case_id AND r.reviewed_on <= e.last_day
) THEN 1 ELSE 0 END AS counted, 0 AS amount
FROM watched e JOIN cases c ON c.id = e.case_id
WHERE e.term IN ('opening', 'received') AND COALESCE(c.ended_on, :never) > e.last_day
    AND NOT EXISTS (
        SELECT 1 FROM allocations a
        WHERE a.case_id = e.case_id AND a.role = 'primary' AND a.starts_on <= e.last_day
    )

-- assessment-timeliness
SELECT c.lot_id, c.id AS case_id,
    CASE WHEN c.authorised_on <= c.due_on THEN 1 ELSE 0 END AS counted, 0 AS amount
FROM cases c
WHERE c.due_on BETWEEN :first AND :last AND c.state <> 'withdrawn' AND NOT (
    COALESCE(c.ended_on, :never) <= c.due_on AND COALESCE(c.authorised_on, :never) > c.ended_on
)

-- assessment-duration
SELECT e.lot_id, e.case_id, CASE WHEN e.nth - b.nth <= :allowed THEN 1 ELSE 0 END AS counted,
    0 AS amount
FROM authorised e JOIN measured_days b ON b.day = e.started_on

-- assessment-from-referral
SELECT e.lot_id, e.case_id, CASE WHEN e.nth - b.nth <= :allowed THEN 1 ELSE 0 END AS counted,
    0 AS amount
FROM authorised e
JOIN cases c ON c.id = e.case_id
JOIN measured_days b ON b.day = c.referred_on

-- assessment-days
SELECT e.lot_id, e.case_id, 1 AS counted, e.nth - b.nth AS amount
FROM authorised e JOIN measured_days b ON b.day = e.started_on

-- allocation-timeliness
SELECT e.lot_id, e.case_id, CASE WHEN e.nth - b.nth <= :allowed THEN 1 ELSE 0 END AS counted,
    0 AS amount
FROM given e
JOIN cases c ON c.id = e.case_id
JOIN measured_days b ON b.day = c.received_on
WHERE e.starts_on BETWEEN :first AND :last

-- allocation-days
SELECT e.lot_id, e.case_id, 1 AS counted, e.nth - b.nth AS amount
FROM given e
JOIN cases c ON c.id = e.case_id
JOIN measured_days b ON b.day = c.received_on
WHERE e.starts_on BETWEEN :first AND :last

-- authorisation-days
SELECT e.lot_id, e.case_id, 1 AS counted, e.nth - b.nth AS amount
FROM authorised e JOIN measured_days b ON b.day = e.submitted_on

-- authorised-first-time
SELECT lot_id, case_id,
    CASE WHEN id IN (SELECT assessment_id FROM assessment_returns) THEN 0 ELSE 1 END AS counted,
    0 AS amount
FROM authorised

-- decision-days
SELECT lot_id, case_id, 1 AS counted, used AS amount FROM decided

-- decision-timeliness
SELECT lot_id, case_id, CASE WHEN used <= :allowed THEN 1 ELSE 0 END AS counted, 0 AS amount
FROM decided

-- proposals-agreed
SELECT lot_id, case_id, CASE decision WHEN 'agreed' THEN 1 ELSE 0 END AS counted, 0 AS amount
FROM decided

-- handover-acceptance
SELECT e.lot_id, e.case_id, CASE WHEN EXISTS (
    SELECT 1 FROM handovers o
    WHERE o.case_id = e.case_id AND o.id < e.id AND o.rejected_at IS NOT NULL
) THEN 0 ELSE 1 END AS counted, 0 AS amount
FROM handovers e WHERE e.accepted_on BETWEEN :first AND :last
UNION ALL
SELECT e.lot_id, e.case_id, 0 AS counted, 0 AS amount
FROM handovers e
JOIN measured_days t
    ON t.begins = (SELECT MAX(begins) FROM measured_days WHERE begins <= e.rejected_at)
WHERE t.day BETWEEN :first AND :last

-- handover-days
SELECT e.lot_id, e.case_id, 1 AS counted, t.nth - b.nth AS amount
FROM handovers e
JOIN measured_days b
    ON b.begins = (SELECT MAX(begins) FROM measured_days WHERE begins <= e.requested_at)
JOIN measured_days t ON t.day = e.accepted_on
WHERE e.accepted_on BETWEEN :first AND :last

-- handover-stuck
SELECT lot_id, case_id, CASE WHEN allocated AND NOT returned THEN 1 ELSE 0 END AS counted,
    0 AS amount
FROM check_backs WHERE checked_on BETWEEN :first AND :last

-- audited-good
SELECT lot_id, case_id, CASE WHEN 'requires_improvement' IN (record, voice, risk, plan)
    OR 'inadequate' IN (record, voice, risk, plan) THEN 0 ELSE 1 END AS counted, 0 AS amount
FROM handover_audits WHERE audited_on BETWEEN :first AND :last

-- audited-inadequate
SELECT lot_id, case_id,
    CASE WHEN 'inadequate' IN (record, voice, risk, plan) THEN 1 ELSE 0 END AS counted, 0 AS amount
FROM handover_audits WHERE audited_on BETWEEN :first AND :last

-- audit-actions
SELECT lot_id, case_id,
    CASE WHEN ending = 'done' AND due_on >= ended_on THEN 1 ELSE 0 END AS counted, 0 AS amount
FROM case_actions WHERE source = 'file_audit' AND due_on BETWEEN :first AND :last
    AND NOT (COALESCE(ending, '') = 'dropped' AND due_on >= ended_on)

-- handed-back
SELECT lot_id, case_id, CASE term WHEN 'handed_back' THEN 1 ELSE 0 END AS counted, 0 AS amount
FROM posted WHERE term IN ('cleared', 'handed_back')

-- supervised
SELECT s.lot_id, s.case_id, CASE WHEN EXISTS (
    SELECT 1 FROM case_discussions d JOIN measured_days b ON b.day = d.discussed_on, today t
    WHERE d.case_id = s.case_id AND t.number - b.number BETWEEN 0 AND :allowed
) THEN 1 ELSE 0 END AS counted, 0 AS amount
FROM standing s WHERE s.case_id IN (SELECT case_id FROM holders)

-- personal-supervision
SELECT q.lot_id, CAST(NULL AS INTEGER) AS case_id, CASE WHEN EXISTS (
    SELECT 1 FROM support_sessions s JOIN measured_days d ON d.day = s.held_on
    WHERE s.supervisee_id = u.id AND s.kind = 'personal'
        AND t.number - d.number BETWEEN 0 AND :allowed
) THEN 1 ELSE 0 END AS counted, 0 AS amount
FROM qualified q
JOIN users u ON u.practitioner_id = q.id
JOIN measured_days b ON b.day = q.starts_on, today t
WHERE t.number - b.number >= :allowed

-- in-post
SELECT lot_id, CAST(NULL AS INTEGER) AS case_id, 1 AS counted, 0 AS amount FROM qualified

-- contracted-filled
SELECT w.lot_id, CAST(NULL AS INTEGER) AS case_id,
    CASE WHEN COUNT(q.id) < w.contracted THEN COUNT(q.id) ELSE w.contracted END AS counted,
    w.contracted AS amount
FROM last_counts w LEFT JOIN qualified q ON q.lot_id = w.lot_id
WHERE w.contracted > 0 GROUP BY w.lot_id, w.contracted

-- agency-workers
SELECT lot_id, CAST(NULL AS INTEGER) AS case_id, agency AS counted, agency + staff AS amount
FROM last_counts WHERE agency + staff > 0

-- turnover
SELECT lot_id, CAST(NULL AS INTEGER) AS case_id, leavers AS counted, staff AS amount
FROM last_counts WHERE staff > 0

-- vacancies
SELECT lot_id, CAST(NULL AS INTEGER) AS case_id, vacancies AS counted, staff + vacancies AS amount
FROM last_counts WHERE staff + vacancies > 0

-- caseload
SELECT s.lot_id, CAST(NULL AS INTEGER) AS case_id, COUNT(*) AS counted, 0 AS amount
FROM standing s JOIN holders h ON h.case_id = s.case_id
GROUP BY s.lot_id, h.practitioner_id

-- caseload-full-time
SELECT s.lot_id, CAST(NULL AS INTEGER) AS case_id, 100 * COUNT(*) AS counted,
    CASE WHEN p.weekly_minutes > 2220 THEN 100 ELSE (10 * p.weekly_minutes + 111) / 222 END AS amount
FROM standing s JOIN holders h ON h.case_id = s.case_id
JOIN practitioners p ON p.id = h.practitioner_id
GROUP BY s.lot_id, p.id, p.weekly_minutes

-- open-cases
SELECT lot_id, case_id, 1 AS counted, 0 AS amount FROM standing

-- open-overdue
SELECT s.lot_id, s.case_id, 1 AS counted, 0 AS amount
FROM standing s JOIN cases c ON c.id = s.case_id
WHERE c.due_on < :last AND COALESCE((
    SELECT m.after FROM case_moves m WHERE m.id = (
        SELECT MAX(id) FROM case_moves WHERE case_id = c.id AND made_on <= :last
    )
), 'unallocated') IN ('unallocated', 'allocated', 'assessing', 'submitted')

-- unallocated
SELECT lot_id, case_id, 1 AS counted, 0 AS amount
FROM standing WHERE case_id NOT IN (SELECT case_id FROM holders)

-- on-hold
SELECT s.lot_id, s.case_id, 1 AS counted, 0 AS amount
FROM standing s WHERE EXISTS (
    SELECT 1 FROM holds h WHERE h.case_id = s.case_id AND h.began_on <= :last
        AND COALESCE(h.ended_on, h.until_on) > :last
)

-- cleared-cases
SELECT lot_id, case_id, -cases AS counted, 0 AS amount FROM posted WHERE term = 'cleared'

-- received-cases
SELECT lot_id, case_id, cases AS counted, 0 AS amount FROM posted WHERE term = 'received'

-- reopened-cases
SELECT lot_id, case_id, cases AS counted, 0 AS amount FROM posted WHERE term = 'reopened'
