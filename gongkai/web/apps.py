from importlib import import_module

from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "gongkai.web"
    label = "web"
    verbose_name = "网站"

    def ready(self) -> None:
        # By name: the projections need models, which stand only when every room's configuration is loaded.
        import_module("gongkai.web.projections").wire_all()
        import_module("gongkai.web.calendars").point()
