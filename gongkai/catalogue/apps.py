from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "gongkai.catalogue"
    label = "catalogue"
    verbose_name = "公开目录"
