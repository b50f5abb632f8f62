"""What people do on the screen, as they do it: write, answer questions, decide."""

from playwright.sync_api import Page


def write(page: Page, text: str) -> None:
    """Type at the end of the first rich-text editor of the page."""
    editor = page.locator(".ProseMirror").first
    editor.wait_for()
    editor.click()
    page.keyboard.press("Control+End")
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


def hold_the_meeting(page: Page) -> None:
    """Enter the meeting that decides, where the step asks for one: five were due and came, all in favour."""
    if page.locator("#meeting").count():
        meeting = page.locator("#meeting")
        meeting.get_by_label("应到").fill("5")
        meeting.get_by_label("实到").fill("5")
        meeting.get_by_label("赞成").fill("5")
        meeting.locator("textarea").first.fill("逐条审议,同意公开。")
