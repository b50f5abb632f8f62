import io
import os

import pytest

from gongkai.web.static_site import StaticSite


def django(environ, start_response):
    start_response("299 Django", [])
    return [environ["PATH_INFO"].encode("latin-1")]


@pytest.fixture
def root(tmp_path):
    public = tmp_path / "public"
    pages = {
        "index.html": "区首页",
        "404.html": "没有找到这个页面",
        "robots.txt": "User-agent: *",
        "assets/public.css": "body{}",
        "g/shiyan/index.html": "学校首页",
        "g/shiyan/feed.xml": "<rss/>",
        "g/shiyan/d/abc/index.html": "收费公示",
        "g/shiyan/d/abc/index.json": "{}",
        "g/shiyan/d/abc/qr.svg": "<svg/>",
        "g/shiyan/d/abc/files/收费 表.pdf": "%PDF",
        "g/shiyan/d/abc/files/图.svg": "<svg onload=x>",
        "g/shiyan/d/gone/410.html": "已经撤下",
        "g/shiyan/.hidden": "x",
    }
    for path, text in pages.items():
        place = public / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    (tmp_path / "secret.txt").write_text("秘密", encoding="utf-8")
    return public


@pytest.fixture
def get(root):
    site = StaticSite(root, django)

    def ask(path, method="GET", **headers):
        seen = {}

        def start_response(status, headers, exc_info=None):
            seen.update(status=status, headers=dict(headers))

        environ = {"PATH_INFO": path.encode().decode("latin-1"), "REQUEST_METHOD": method, "wsgi.input": io.BytesIO()}
        body = b"".join(site(environ | headers, start_response))
        return seen["status"], seen["headers"], body.decode()

    return ask


@pytest.mark.parametrize(
    ("path", "kind", "text"),
    [
        ("/", "text/html; charset=utf-8", "区首页"),
        ("/g/shiyan/", "text/html; charset=utf-8", "学校首页"),
        ("/g/shiyan/d/abc/", "text/html; charset=utf-8", "收费公示"),
        ("/g/shiyan/d/abc/index.json", "application/json; charset=utf-8", "{}"),
        ("/g/shiyan/feed.xml", "application/rss+xml; charset=utf-8", "<rss/>"),
        ("/g/shiyan/d/abc/qr.svg", "image/svg+xml", "<svg/>"),
        ("/assets/public.css", "text/css; charset=utf-8", "body{}"),
        ("/robots.txt", "text/plain; charset=utf-8", "User-agent: *"),
    ],
)
def test_a_page_is_served_with_its_type_and_may_not_be_guessed_at(get, path, kind, text):
    status, headers, body = get(path)
    assert (status, headers["Content-Type"], body) == ("200 OK", kind, text)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Content-Disposition" not in headers


def test_nothing_asks_to_be_cached_but_an_unchanged_page_is_not_sent_again(get):
    _, headers, _ = get("/g/shiyan/")
    assert not {"Cache-Control", "Expires", "Last-Modified", "Set-Cookie"} & set(headers)
    status, _, body = get("/g/shiyan/", HTTP_IF_NONE_MATCH=headers["ETag"])
    assert (status, body) == ("304 Not Modified", "")


def test_attachments_are_downloaded_under_their_chinese_name(get):
    status, headers, _ = get("/g/shiyan/d/abc/files/收费 表.pdf")
    assert (status, headers["Content-Type"]) == ("200 OK", "application/pdf")
    assert headers["Content-Disposition"] == (
        "attachment; filename=\"file.pdf\"; filename*=UTF-8''%E6%94%B6%E8%B4%B9%20%E8%A1%A8.pdf"
    )


def test_an_attachment_that_could_run_is_only_bytes(get):
    _, headers, _ = get("/g/shiyan/d/abc/files/图.svg")
    assert headers["Content-Type"] == "application/octet-stream"
    assert "sandbox" in headers["Content-Security-Policy"]


def test_what_was_taken_down_answers_gone_for_the_page_and_all_under_it(get):
    for path in ("/g/shiyan/d/gone/", "/g/shiyan/d/gone/410.html", "/g/shiyan/d/gone/files/表.pdf"):
        status, headers, body = get(path)
        assert (status, body, headers["Content-Type"]) == ("410 Gone", "已经撤下", "text/html; charset=utf-8")
    assert get("/g/shiyan/d/gone/index.json")[0] == "410 Gone"


@pytest.mark.parametrize(
    "path",
    ["/g/none/", "/g/../../secret.txt", "/g/shiyan/../../../secret.txt", "/g/shiyan/.hidden", "/favicon.ico",
     "/g/shiyan/d/abc/index.html/x", "/g/a\x00b/", "/g/shiyan/d/", "/assets/", "/g//etc/passwd"],
)  # fmt: skip
def test_nothing_outside_the_site_is_found(get, path):
    status, _, body = get(path)
    assert (status, body) == ("404 Not Found", "没有找到这个页面")


def test_symbolic_links_are_not_followed(root, get):
    os.symlink(root.parent / "secret.txt", root / "g" / "shiyan" / "link.txt")
    os.symlink(root.parent, root / "g" / "up")
    assert get("/g/shiyan/link.txt")[0] == "404 Not Found"
    assert get("/g/up/secret.txt")[0] == "404 Not Found"


def test_a_path_that_is_no_text_is_not_found(root):
    site = StaticSite(root, django)
    seen = []
    list(site({"PATH_INFO": "/g/\xff/", "REQUEST_METHOD": "GET"}, lambda status, headers: seen.append(status)))
    assert seen == ["404 Not Found"]


def test_a_folder_without_its_slash_leads_to_the_folder(get):
    status, headers, _ = get("/g/shiyan")
    assert (status, headers["Location"]) == ("302 Found", "/g/shiyan/")


def test_head_sends_the_length_and_nothing_else(get):
    status, headers, body = get("/g/shiyan/", "HEAD")
    assert (status, headers["Content-Length"], body) == ("200 OK", "12", "")


def test_pages_can_only_be_looked_at(get):
    status, headers, _ = get("/g/shiyan/", "POST")
    assert (status, headers["Allow"]) == ("405 Method Not Allowed", "GET, HEAD")


@pytest.mark.parametrize("path", ["/s/", "/b/shiyan/", "/o/shiyan/", "/g/shiyan/search/", "/accounts/login/"])
def test_everything_else_is_answered_by_django(get, path):
    assert get(path, "POST")[0] == "299 Django"
