"""Staff addresses of postings, boards, meetings, imports, archive and filing."""

from django.urls import path

from gongkai.publishing.views import archive, boards, imports, postings

staff = [
    path("postings/", postings.postings, name="postings"),
    path("postings/new/", postings.posting_new, name="posting_new"),
    path("postings/export/", postings.postings_export, name="postings_export"),
    path("postings/<int:posting>/", postings.posting, name="posting"),
    path("postings/proofs/<int:proof>/", postings.proof, name="proof"),
    path("boards/", boards.boards, name="boards"),
    path("boards/new/", boards.board_edit, name="board_new"),
    path("boards/<int:board>/", boards.board_edit, name="board_edit"),
    path("boards/<int:board>/clear/", boards.board_clear, name="board_clear"),
    path("boards/sheet/<int:disclosure>/", boards.sheet, name="board_sheet"),
    path("congresses/", boards.congresses, name="congresses"),
    path("congresses/new/", boards.congress_edit, name="congress_new"),
    path("congresses/<int:congress>/", boards.congress_edit, name="congress_edit"),
    path("import/", imports.imports, name="imports"),
    path("import/<slug:kind>/", imports.import_list, name="import_list"),
    path("import/<slug:kind>/sample/", imports.import_sample, name="import_sample"),
    path("archive/", archive.archive, name="archive"),
    path("archive/issues/<int:issue>/", archive.archive_issue, name="archive_issue"),
    path("archive/issues/<int:issue>/booklet/", archive.archive_booklet, name="archive_booklet"),
    path("archive/<int:year>/register/", archive.archive_register, name="archive_register"),
    path("filing/", archive.filed, name="publishing_filings"),
    path("filing/<int:issue>/send/", archive.send_up, name="issue_send_up"),
    path("filing/receive/", archive.receive, name="issues_receive"),
]
