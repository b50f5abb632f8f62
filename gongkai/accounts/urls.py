"""Addresses of this room: sign-in, sign-out and passwords; the library's other pages are closed."""

from allauth.account.views import LogoutView
from django.urls import URLPattern, path

from gongkai.accounts import views

CLOSED = (
    "signup", "inactive", "reauthenticate", "email", "email_verification_sent", "set_password",
    "reset_password", "reset_password_done", "reset_password_from_key_done", "confirm_login_code",
)  # fmt: skip
staff: list[URLPattern] = []
public: list[URLPattern] = [
    path("accounts/login/", views.SignIn.as_view(), name="account_login"),
    path("accounts/logout/", LogoutView.as_view(template_name="accounts/logout.html"), name="account_logout"),
    path("accounts/first/", views.first_password, name="account_first_password"),
    path("accounts/password/", views.new_password, name="account_change_password"),
    *[path(f"accounts/closed/{name}/", views.closed, name=f"account_{name}") for name in CLOSED],
    path("accounts/closed/key/<str:key>/", views.closed, name="account_confirm_email"),
    path("accounts/closed/key/<str:uidb36>-<str:key>/", views.closed, name="account_reset_password_from_key"),
]
