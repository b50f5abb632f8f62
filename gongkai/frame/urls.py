"""Route the one address of the frame room: the link that changes how pages look."""

from django.urls import path

from gongkai.frame.views import choose_look

app_name = "frame"
urlpatterns = [path("look/<str:look>/", choose_look, name="look")]
