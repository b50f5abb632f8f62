from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "gongkai.review"
    label = "review"
    verbose_name = "审查"
