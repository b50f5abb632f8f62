"""Addresses of the annual reports, under /b/<body>/."""

from django.urls import URLPattern, path, re_path

from gongkai.reporting.views import deciding, writing

staff: list[URLPattern] = [
    path("reports/", writing.reports, name="reporting_reports"),
    path("reports/<int:report>/", writing.report, name="reporting_report"),
    path("reports/<int:report>/section/<slug:section>/", writing.write, name="reporting_write"),
    path("reports/<int:report>/state/", writing.state, name="reporting_state"),
    path("reports/<int:report>/table/<str:key>/", writing.table, name="reporting_table"),
    path("reports/<int:report>/figure/<str:code>/", writing.figure, name="reporting_figure"),
    path("reports/<int:report>/decide/", deciding.decide, name="reporting_decide"),
    re_path(r"^reports/(?P<report>\d+)/paper\.(?P<form>docx|pdf)$", writing.paper, name="reporting_paper"),
    path("reports/<int:report>/<slug:step>/", writing.step, name="reporting_step"),
]
public: list[URLPattern] = []
