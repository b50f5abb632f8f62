"""What people do on the screen, as they do it: press, write, answer questions, decide."""

from playwright.sync_api import Locator, Page, expect


def press(page: Page, name: str, *, within: Locator | None = None, exact: bool = False) -> None:
    """Press a button that leads to another page, and wait until that page stands."""
    with page.expect_navigation():
        (within or page).get_by_role("button", name=name, exact=exact).first.click()


def follow(link: Locator) -> None:
    """Click the first of these links, and wait until the page it leads to stands (a bare click does not)."""
    with link.page.expect_navigation():
        link.first.click()


def write(page: Page, text: str) -> None:
    """Type at the end of the first paragraph of the page's first rich-text editor."""
    editor = page.locator(".ProseMirror").first
    editor.wait_for()
    page.wait_for_load_state()
    editor.locator("p").first.click()
    page.keyboard.press("End")
    page.keyboard.type(text)
    expect(editor).to_contain_text(text)


def open_what_waits(page: Page, words: str) -> None:
    """Open the line of the desk that waits for this person and names these words."""
    follow(page.locator(".todo > li", has_text=words).first.locator(".go a"))


def approve_what_waits(page: Page) -> None:
    """Answer what the form asks with 'no trouble' and approve."""
    page.wait_for_load_state()
    if page.locator("#checklist").count():
        answer_without_trouble(page)
    press(page, "同意")
    no_fault(page)


def no_fault(page: Page) -> None:
    """Fail with the page's own words when it refused what was sent."""
    refused = page.locator(".error-summary")
    assert not refused.count(), refused.first.inner_text()


def answer_without_trouble(page: Page) -> None:
    """Give the calm answer, which stands first, to every question of the secrecy review; it may be public."""
    for question in page.locator("#checklist .question").all():
        question.locator("input[type=radio]").first.check()
    page.get_by_label("公开", exact=True).check()


def hold_the_meeting(page: Page) -> None:
    """Enter the meeting that decides, where the step asks for one: five were due and came, all in favour."""
    page.wait_for_load_state()
    if page.locator("#meeting").count():
        meeting = page.locator("#meeting")
        meeting.get_by_label("应到").fill("5")
        meeting.get_by_label("实到").fill("5")
        meeting.get_by_label("赞成").fill("5")
        meeting.locator("textarea").first.fill("逐条审议,同意公开。")
