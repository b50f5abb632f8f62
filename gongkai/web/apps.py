from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "gongkai.web"
    label = "web"
    verbose_name = "网站"
