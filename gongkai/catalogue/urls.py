"""Addresses of this room: `staff` under /b/<body>/, `public` from the root."""

from django.urls import URLPattern, path

from gongkai.catalogue import views

staff: list[URLPattern] = [
    path("catalogue/adopt/", views.adopt, name="catalogue_adopt"),
    path("catalogue/own/", views.own, name="catalogue_own"),
    path("catalogue/terms/", views.terms, name="catalogue_terms"),
    path("catalogue/terms/<int:term>/remove/", views.remove_term, name="catalogue_remove_term"),
    path("catalogue/rules/", views.rules, name="catalogue_rules"),
    path("catalogue/equivalences/", views.equivalences, name="catalogue_equivalences"),
    path("catalogue/<int:item>/adapt/", views.adapt, name="catalogue_adapt"),
    path("catalogue/<int:item>/formed/", views.formed, name="catalogue_formed"),
    path("catalogue/<int:item>/confirm/", views.confirm, name="catalogue_confirm"),
    path("catalogue/<int:item>/aside/", views.set_aside, name="catalogue_set_aside"),
    path("catalogue/<int:item>/retire/", views.set_aside, name="catalogue_retire"),
    path("catalogue/<int:item>/back/", views.take_back, name="catalogue_take_back"),
]
public: list[URLPattern] = []
