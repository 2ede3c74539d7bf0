"""折合年工资: what a year would come to if it went on as it has gone so far."""

from __future__ import annotations

from fractions import Fraction

from policy.facts import Engagement
from policy.parameters import Parameters
from policy.pay import paid_by_caliber, service_by_month
from policy.period import Period


def annualised(engagement: Engagement, period: Period, parameters: Parameters) -> Fraction | None:
    """折合年工资 in 分, exact: pay of the period by the caliber × 12 ÷ months in service that have pay, each month by its share in
    service (月折算 etc., unpaid absence off); None before there is any.

    Of a year to date it is held against the floor as F2 holds its two sides: pay × 12 ÷ months ≥ floor ⟺ pay ≥ floor × months ÷ 12,
    so its verdict is F2's. Pay of months without a day in service is left out; a served month without pay shortens the service here,
    and makes the verdict 数据不足.
    """
    sums = [one for one in engagement.pay if not one.outside]
    paid_months = 0
    for one in sums:
        paid_months |= one.months
    shares = service_by_month(engagement, period.first, period.flow_last, parameters)
    served = sum((share for (_, month), share in shares.items() if paid_months >> month & 1), Fraction(0))
    if not served:
        return None
    return sum(paid_by_caliber(one, parameters.pay_caliber) for one in sums) * 12 / served
