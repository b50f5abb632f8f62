"""Addresses of this room: `staff` under /b/<body>/, `public` from the root."""

from django.urls import URLPattern, path

from gongkai.review import views

staff: list[URLPattern] = [
    path("reviews/<int:review>/", views.course, name="review_course"),
    path("reviews/steps/<int:step>/remind/", views.remind, name="review_remind"),
    path("chains/", views.chains, name="review_chains"),
    path("chains/usual/", views.adopt, name="review_chains_adopt"),
    path("chains/new/", views.chain, name="review_chain_new"),
    path("chains/<int:chain>/", views.chain, name="review_chain"),
    path("chains/<int:chain>/end/", views.end, name="review_chain_end"),
]
public: list[URLPattern] = []
