"""WSGI entry point: the files of the public site first, then Django, which only ever sees whole requests."""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from gongkai.web.static_site import StaticSite
from gongkai.web.whole_body import WholeBody

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings")
_django = WholeBody(get_wsgi_application())
application = StaticSite(Path(settings.PUBLIC_ROOT), _django)
