from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "gongkai.publishing"
    label = "publishing"
    verbose_name = "信息公开"
