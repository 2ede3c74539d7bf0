"""The rules in force, one file each: law, check, help page and proof."""

from __future__ import annotations

from policy.facts import Facts
from policy.finding import HARD, HIGH, HINT, SOFT, Finding, Rule
from policy.rules.c01_contract_dates import C01
from policy.rules.c02_dispatch_as_service import C02
from policy.rules.c03_public_institution import C03
from policy.rules.c04_service_term import C04
from policy.rules.c05_supplements import C05
from policy.rules.c06_signed_late import C06
from policy.rules.c07_filing import C07
from policy.rules.c08_dispatch_licence import C08
from policy.rules.c09_dispatch_clauses import C09
from policy.rules.c10_short_dispatch import C10
from policy.rules.c11_outside_agreement import C11
from policy.rules.c12_own_dispatcher import C12
from policy.rules.c13_dispatch_share import C13
from policy.rules.c14_payments import C14
from policy.rules.c15_heads import C15
from policy.rules.c16_contract_pay import C16
from policy.rules.c17_directed_people import C17
from policy.rules.c18_government_decisions import C18
from policy.rules.c19_notices import C19
from policy.rules.c20_contract_amount import C20
from policy.rules.c21_payment_papers import C21
from policy.rules.f1_standard_below_floor import F1
from policy.rules.f2_paid_below_floor import F2
from policy.rules.f3_pay_month_missing import F3
from policy.rules.f4_standard_unequal import F4
from policy.rules.f5_below_minimum_wage import F5
from policy.rules.l01_no_written_contract import L01
from policy.rules.l02_dispatch_term import L02
from policy.rules.l03_probation_length import L03
from policy.rules.l04_probation_pay import L04
from policy.rules.l05_third_fixed_term import L05
from policy.rules.l06_ten_years import L06
from policy.rules.l07_expiry import L07
from policy.rules.l08_insurance import L08
from policy.rules.l09_leaving_record import L09
from policy.rules.l10_engagements_overlap import L10
from policy.rules.l11_assignments_exceed import L11
from policy.rules.l12_identity_number import L12
from policy.rules.l13_age import L13
from policy.rules.l14_contract_content import L14
from policy.rules.l15_pay_day import L15
from policy.rules.l16_post_nature import L16
from policy.rules.l17_equal_pay import L17
from policy.rules.n1_band_edge import N1
from policy.rules.p1_own_plan import P1
from policy.rules.q1_departments import Q1
from policy.rules.q2_duties import Q2
from policy.rules.q3_performance_pay import Q3
from policy.rules.q4_appraisal import Q4
from policy.rules.q5_supervision import Q5
from policy.rules.q6_three_parties import Q6
from policy.rules.q7_dimensions import Q7
from policy.rules.q8_publication import Q8
from policy.rules.q9_failed_supplier import Q9
from policy.rules.q10_publication_form import Q10
from policy.rules.r11_government_agenda import R11
from policy.rules.r12_city_measures import R12
from policy.rules.r13_approved_heads import R13
from policy.rules.r14_purchaser import R14
from policy.rules.r15_responsible_office import R15
from policy.rules.r21_fund_document import R21
from policy.rules.r22_work_fund import R22
from policy.rules.r23_received import R23
from policy.rules.r24_sources import R24
from policy.rules.r25_need_estimate import R25
from policy.rules.r32_county_staffing import R32
from policy.rules.r33_town_staffing import R33
from policy.rules.r34_caseload_missing import R34
from policy.rules.r35_caseload_old import R35
from policy.rules.r41_unassigned import R41
from policy.rules.r42_destination import R42
from policy.rules.r45_pay_scale import R45
from policy.rules.r46_turnover import R46
from policy.rules.s1_survey import S1
from policy.rules.s2_joint_meeting import S2
from policy.rules.s3_operating_plan import S3
from policy.rules.s4_induction import S4
from policy.rules.s5_self_check import S5
from policy.rules.w1_service_window import W1

RULES: tuple[Rule, ...] = (
    R11, R12, R13, R14, R15,
    R21, R22, R23, R24, R25,
    R32, R33, R34, R35, N1,
    F1, F2, F3, F4, F5,
    R41, R42, R45, R46,
    S1, S2, S3, S4, S5,
    Q1, Q2, Q3, Q4, Q5, Q6, Q7, Q8, Q9, Q10, P1, W1,
    C01, C02, C03, C04, C05, C06, C07, C08, C09, C10, C11, C12, C13, C14, C15, C16, C17, C18, C19, C20, C21,
    L01, L02, L03, L04, L05, L06, L07, L08, L09, L10, L11, L12, L13, L14, L15, L16, L17,
)  # fmt: skip
"""Every rule, in the order of the notice and then of the ledger's own checks."""

_LEVELS = (HARD, SOFT, HINT)


def check(facts: Facts) -> tuple[Finding, ...]:
    """What all rules that are switched on find: 强制性 first, then 核实性 (优先 before the rest), then 提示; within a level by rule,
    then in return order."""
    on = [rule for rule in RULES if rule.id not in facts.parameters.switched_off]
    return tuple(sorted((finding for rule in on for finding in rule.find(rule, facts)), key=lambda f: (_LEVELS.index(f.severity), f.priority != HIGH)))
