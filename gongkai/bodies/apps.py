from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "gongkai.bodies"
    label = "bodies"
    verbose_name = "单位与岗位"
