"""Addresses of this room: `staff` under /b/<body>/, `public` from the root."""

from django.urls import URLPattern, path

from gongkai.bodies.views import joining, people, standing_in

staff: list[URLPattern] = [
    path("settings/people/", people.people, name="bodies_people"),
    path("settings/people/add/", people.add_person, name="bodies_add_person"),
    path("settings/people/<int:person>/", people.person, name="bodies_person"),
    path("settings/people/<int:person>/slip/", people.issue_slip, name="bodies_slip"),
    path("settings/posts/<int:post>/end/", people.end_post, name="bodies_end_post"),
    path("settings/departments/", people.departments, name="bodies_departments"),
    path("settings/groups/", people.groups, name="bodies_groups"),
    path("settings/absences/", standing_in.absences, name="bodies_absences"),
    path("settings/absences/<int:absence>/end/", standing_in.end_absence, name="bodies_end_absence"),
    path("settings/exceptions/", standing_in.exceptions, name="bodies_exceptions"),
    path("settings/exceptions/<int:exception>/end/", standing_in.end_exception, name="bodies_end_exception"),
    path("settings/join-codes/", joining.join_codes, name="bodies_join_codes"),
]
public: list[URLPattern] = [
    path("join/", joining.join, name="join"),
]
