from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "gongkai.frame"
    label = "frame"
    verbose_name = "页面框架"
