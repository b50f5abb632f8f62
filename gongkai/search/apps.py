from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "gongkai.search"
    label = "search"
    verbose_name = "检索"
