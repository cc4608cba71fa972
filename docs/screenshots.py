"""
Take the pictures of the README from the demo, with the Chromium of this machine.

    python docs/screenshots.py

It starts `ombud demo`, waits until its newsroom is filled, and writes desk.png, widget.png and
phone.png into this folder.
"""

import argparse
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import re2
from playwright.sync_api import Browser, Page, sync_playwright

from ombud.demo import invented

FOLDER = Path(__file__).parent
WIDE = {"width": 1280, "height": 860}
PAGE = {"width": 960, "height": 860}
PHONE = {"width": 390, "height": 844}
_PATIENCE = 120_000
_SHOWN = "Write to the director"
_ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars")
_OPENED = re2.compile(r"http://[0-9.]+:\d+")


def main() -> None:
    """Take all pictures."""
    argparse.ArgumentParser(description=__doc__.strip().splitlines()[0]).parse_args()
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        sys.exit("there is no Chromium on this machine")
    with _demo() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=_ARGUMENTS)
        _article(browser, url, PAGE, "widget.png")
        _desk(browser, url, WIDE, "desk.png")
        _desk(browser, url, PHONE, "phone.png")
        browser.close()


@contextmanager
def _demo() -> Iterator[str]:
    """Run the demo until it is filled, and yield its address."""
    command = [sys.executable, "-m", "ombud", "demo", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603
        said = ""
        for line in process.stderr or ():
            said += line
            if "comments arrive" in line:
                break
        address = _OPENED.search(said)
        if address is None:
            sys.exit(f"the demo did not start:\n{said}")
        try:
            yield address[0]
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate()


@contextmanager
def _opened(browser: Browser, url: str, size: dict[str, int]) -> Iterator[Page]:
    """Open a page as a reader in Central Europe would."""
    context = browser.new_context(
        viewport=size,  # type: ignore[arg-type]
        device_scale_factor=2 if size is PHONE else 1,
        locale="en-GB",
        timezone_id="Europe/Berlin",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(_PATIENCE)
    page.goto(url)
    yield page
    context.close()


def _article(browser: Browser, url: str, size: dict[str, int], name: str) -> None:
    """Picture the comments under an article."""
    path = invented().stories["noodle-stand"].path
    with _opened(browser, f"{url}{path}", size) as page:
        widget = page.locator("ombud-comments")
        widget.scroll_into_view_if_needed()
        widget.get_by_role("button", name="Oldest").click()
        widget.locator("article").first.wait_for()
        widget.evaluate("e => scrollTo(0, scrollY + e.getBoundingClientRect().top - 160)")
        page.screenshot(path=FOLDER / name)


def _desk(browser: Browser, url: str, size: dict[str, int], name: str) -> None:
    """Picture a held comment at the desk, with its marks and clauses."""
    with _opened(browser, f"{url}/desk", size) as page:
        page.get_by_label("Name").fill("mira")
        page.get_by_label("Password").fill(invented().password)
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Queue").wait_for()
        if size is PHONE:
            page.goto(f"{url}/desk?clause=personal_data")
        else:
            page.get_by_text(_SHOWN).first.click()
        page.locator("mark").first.wait_for(state="attached")
        page.screenshot(path=FOLDER / name)


if __name__ == "__main__":
    main()
