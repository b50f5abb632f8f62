from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "gongkai.access"
    label = "access"
    verbose_name = "依申请公开"
