"""Who keeps a body's catalogue."""

from gongkai.bodies.models import Duty
from gongkai.bodies.policy import from_above, holds

KEEPERS = (Duty.CLERK, Duty.OFFICE_HEAD, Duty.MANAGER)
WITNESSES = (Duty.CLERK, Duty.OFFICE_HEAD, Duty.MANAGER, Duty.EDITOR, Duty.DEPARTMENT_HEAD)

keeps = holds(*KEEPERS)
witnesses = holds(*WITNESSES)
may_equip = from_above(keeps, only_unstaffed=True)
