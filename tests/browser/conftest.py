"""A real browser on the real application: Debian's Chromium (or RECRUITER_CHROMIUM) on a server of this process."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from tests.browser.chromium import chromium_path
from tests.conftest import PASSWORD

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def _chromium():
    browser_path = chromium_path()
    if browser_path is None and os.environ.get("RECRUITER_BROWSER_TESTS") == "required":
        pytest.fail("no Chromium was found, and RECRUITER_BROWSER_TESTS says that it is required")
    if browser_path is None:
        pytest.skip("no Chromium on this machine; install it, or name one in RECRUITER_CHROMIUM")
    return browser_path


WITHOUT_NOTES = """addEventListener("DOMContentLoaded", () => {
  for (const shell of document.querySelectorAll("[data-activity]")) shell.removeAttribute("data-activity");
});"""


@pytest.fixture(scope="session")
def chromium():
    path = _chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


@pytest.fixture
def site(app):
    """The address of the application, served while a test runs."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


def _patient(page):
    """Going on waits for a form that is on its way: before it leaves, the page asks whether the server can be reached."""

    def after_sending(act):
        def waiting(*given, **more):
            page.wait_for_function("() => !document.querySelector('form[data-sent]')")
            return act(*given, **more)

        return waiting

    page.goto, page.wait_for_load_state = after_sending(page.goto), after_sending(page.wait_for_load_state)
    return page


@pytest.fixture
def seat(chromium, site):
    """`seat("ruth")`: a browser window in which Ruth has signed in through the form; `seat(None)` is somebody from outside.

    Console errors and pages that load something from elsewhere fail the test at its end.
    """
    contexts, faults = [], []

    def sit(name, *, width=1280, height=900, scheme="light", scripts=True, notes=False):
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            reduced_motion="reduce",
            java_script_enabled=scripts,
            bypass_csp=False,
            accept_downloads=True,
            base_url=site,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        # tests write beside the page: its note that somebody is at work would be in their way now and then
        if not notes:
            context.add_init_script(WITHOUT_NOTES)
        page = _patient(context.new_page()) if scripts else context.new_page()
        page.on(
            "console",
            lambda message: (
                faults.append(message.text) if message.type == "error" and "status of 4" not in message.text else None
            ),
        )
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "request",
            lambda sent: faults.append(sent.url) if not sent.url.startswith((site, "data:", "blob:")) else None,
        )
        if name:
            email, password = name if isinstance(name, tuple) else (f"{name}@example.com", PASSWORD)
            page.goto("/sign-in")
            page.get_by_label("E-mail").fill(email)
            page.get_by_label("Password").fill(password)
            page.get_by_role("button", name="Sign in").click()
            page.wait_for_url("**/")
        return page

    yield sit
    for context in contexts:
        context.close()
    assert not faults, faults


@pytest.fixture(scope="session")
def check_axe():
    """`check_axe(page)`: no violation of WCAG 2.2 AA or of good practice, and nothing wider than the window."""
    source = AXE.read_text()

    def check(page, where="", *, colour=True, only=None):
        page.evaluate(source)
        options = {"runOnly": only or RULES, "resultTypes": ["violations"]}
        if not colour:
            options["rules"] = {"color-contrast": {"enabled": False}}
        outcome = page.evaluate(
            "asked => axe.run(document, asked).then(all => ({violations: all.violations}))", options
        )
        faults = [
            f"{where}: {violation['id']}: {node['target']} {node['failureSummary']}"
            for violation in outcome["violations"]
            for node in violation["nodes"]
        ]
        assert not faults, "\n".join(faults)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{where} is {wide} pixels too wide"

    return check
