"""月度结算 of a purchase contract: what must be there before a month may be paid."""

from __future__ import annotations
