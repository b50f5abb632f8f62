"""What people do on the screen, as they do it: write, answer questions, decide."""

from playwright.sync_api import Page


def write(page: Page, label: str, text: str) -> None:
    """Type into the rich-text editor (or the plain field it grew out of)."""
    editor = page.locator(".ProseMirror").first
    editor.wait_for()
    editor.click()
    page.keyboard.type(text)


def open_what_waits(page: Page, words: str) -> None:
    """Open the line of the desk that waits for this person and names these words."""
    line = page.locator(".todo > li", has_text=words).first
    line.locator(".go a").click()


def approve_what_waits(page: Page, opinion: str = "") -> None:
    """Answer what the form asks with 'no trouble' and approve."""
    if page.locator("#checklist").count():
        answer_without_trouble(page)
    if opinion:
        page.get_by_label("意见").last.fill(opinion)
    page.get_by_role("button", name="同意").click()
    page.wait_for_load_state()
    assert not page.locator(".error-summary").count(), page.locator(".error-summary").inner_text()


def answer_without_trouble(page: Page) -> None:
    """Give the calm answer, which stands first, to every question of the secrecy review; it may be public."""
    for question in page.locator("#checklist .question").all():
        question.locator("input[type=radio]").first.check()
    page.get_by_label("公开", exact=True).check()
