from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "gongkai.feedback"
    label = "feedback"
    verbose_name = "意见反馈"
