"""Addresses of this room: `staff` under /b/<body>/, `public` from the root."""

from django.urls import URLPattern, path

from gongkai.publishing import deciding_urls, posting_urls
from gongkai.publishing.views import editing, finding, gathering, kinds, listing, releasing, starting

drafting: list[URLPattern] = [
    path("publishing/", listing.disclosures, name="publishing_list"),
    path("publishing/new/", starting.start, name="publishing_new"),
    path("publishing/new/file/", starting.from_file, name="publishing_from_file"),
    path("publishing/new/collection/", starting.from_collection, name="publishing_from_collection"),
    path("publishing/editions/<int:edition>/", listing.edition, name="publishing_edition"),
    path("publishing/editions/<int:edition>/edit/", editing.edit, name="publishing_edit"),
    path("publishing/editions/<int:edition>/autosave/", editing.autosave, name="publishing_autosave"),
    path("publishing/editions/<int:edition>/preview/", editing.preview, name="publishing_preview"),
    path("publishing/editions/<int:edition>/findings/", finding.findings_of, name="publishing_findings"),
    path("publishing/editions/<int:edition>/send/", gathering.send, name="publishing_send"),
    path("publishing/editions/<int:edition>/take-out/", gathering.take_out, name="publishing_take_out"),
    path("publishing/editions/<int:edition>/discard/", releasing.discard, name="publishing_discard"),
    path("publishing/findings/<int:finding>/justify/", finding.justify, name="publishing_justify"),
    path("publishing/findings/<int:finding>/reopen/", finding.reopen, name="publishing_reopen"),
    path("publishing/attachments/<int:attachment>/", listing.attachment, name="publishing_attachment"),
    path("publishing/<int:disclosure>/", listing.disclosure, name="publishing_disclosure"),
    path("publishing/<int:disclosure>/<slug:verb>/", releasing.act_on, name="publishing_act"),
    path("settings/kinds/", kinds.kinds, name="publishing_kinds"),
    path("publishing/issues/", gathering.issues, name="publishing_issues"),
    path("publishing/issues/<int:issue>/", gathering.issue, name="publishing_issue"),
]
staff: list[URLPattern] = [*drafting, *deciding_urls.staff, *posting_urls.staff]
public: list[URLPattern] = []
