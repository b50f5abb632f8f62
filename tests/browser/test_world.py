"""The small district can be built (without a browser)."""

import pytest

from gongkai.publishing.models import Disclosure, Standing
from tests.browser.world import district


@pytest.mark.django_db
def test_the_small_district_holds_disclosures_in_every_state():
    district()
    standings = set(Disclosure.objects.values_list("standing", flat=True))
    assert standings == {Standing.DRAFT, Standing.PUBLISHED, Standing.WITHDRAWN}
