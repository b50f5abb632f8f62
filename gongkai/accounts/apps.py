from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "gongkai.accounts"
    label = "accounts"
    verbose_name = "人员与登录"
