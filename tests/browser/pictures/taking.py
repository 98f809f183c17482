"""Takes the pictures: plants, serves, signs in, opens, and writes what was taken into `pages.json`."""

import base64
import contextlib
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

from tests.browser.chromium import chromium_path
from tests.browser.pictures import addresses, house, records

WIDTHS = {1440: 900, 390: 844}
THEMES = ("light", "dark")
SIGN_INS = "demo-sign-ins"
SETTLED = """async () => {
    await document.fonts.ready;
    await Promise.all([...document.images].map(image => image.decode().catch(() => null)));
    await new Promise(go => requestAnimationFrame(() => requestAnimationFrame(go)));
    const page = document.documentElement;
    return [page.scrollWidth, page.scrollHeight];
}"""
STILL = """() => {
    const still = new CSSStyleSheet();
    still.replaceSync(`*, *::before, *::after { animation-duration: 0s !important; animation-delay: 0s !important;
        transition-duration: 0s !important; transition-delay: 0s !important; caret-color: transparent !important; }`);
    document.adoptedStyleSheets.push(still);
}"""
UNFOLD = """() => {
    const folded = [...document.querySelectorAll('details:not([open])')];
    folded.forEach(part => { part.removeAttribute('name'); part.open = true; });
    return folded.length;
}"""


def _run(tree, instance, act, **more):
    script = Path(house.__file__)
    return subprocess.Popen(
        [sys.executable, script, act], cwd=tree, env=house.environment(tree, instance), text=True, **more
    )


def plant(tree, instance):
    """The demo in a new folder, told by the tree's own code."""
    if _run(tree, instance, "plant").wait() != 0:
        raise SystemExit("The demo could not be planted.")
    records.furnish(instance / "recruiter.db")


@contextlib.contextmanager
def served(tree, instance):
    """The application on a copy of the instance, so that each serving begins with the same records: (address, rules)."""
    with tempfile.TemporaryDirectory(prefix="pictures-") as folder:
        copy = shutil.copytree(instance, Path(folder) / "instance")
        server = _run(tree, copy, "serve", stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        try:
            line = server.stdout.readline()
            if not line:
                raise SystemExit("The application did not start.")
            about = json.loads(line)
            yield f"http://127.0.0.1:{about['port']}", about["rules"]
        finally:
            server.terminate()
            server.wait()


def sign_ins(instance):
    """What the demo printed: role -> (email, password)."""
    lines = (instance / SIGN_INS).read_text().splitlines()
    return {role: (email, password) for role, email, password in (line.split() for line in lines)}


class Camera:
    """A browser window that is somebody. A page is loaded once; width and theme change while it is open, as they may in life."""

    def __init__(self, browser, site, credentials):
        self._context = browser.new_context(reduced_motion="reduce", locale="en-GB", timezone_id="UTC", base_url=site)
        self._tab = self._context.new_page()
        self._devtools = self._context.new_cdp_session(self._tab)
        self.close = self._context.close
        if credentials:
            self._sign_in(*credentials)

    def _sign_in(self, email, password):
        tab = self._tab
        tab.goto("/sign-in")
        tab.locator("input[type=email], input[name=email]").first.fill(email)
        tab.locator("input[type=password]").first.fill(password)
        tab.locator("form:has(input[type=password]) button").first.click()
        tab.wait_for_url(lambda address: "/sign-in" not in address)

    def get(self, address):
        """An answer without looking at it."""
        return self._context.request.get(address, max_redirects=0)

    def shoot(self, page, folder):
        """All pictures of one page; answers the status."""
        self._show(1440, "light")
        status = self._tab.goto(page["address"], wait_until="load").status
        self._tab.evaluate(STILL)
        for width in WIDTHS:
            for theme in THEMES:
                self._show(width, theme)
                self._picture(folder / f"{page['file']}-{width}-{theme}.png")
        if page["unfold"] and self._tab.evaluate(UNFOLD):
            for width in WIDTHS:
                self._show(width, "light")
                self._picture(folder / f"{page['file']}-{width}-unfolded.png")
        return status

    def _show(self, width, theme):
        self._tab.set_viewport_size({"width": width, "height": WIDTHS[width]})
        self._tab.emulate_media(color_scheme=theme)

    def _picture(self, path):
        """The page in whole, straight from the browser's tools: the same as a screenshot, in half the time."""
        width, height = self._tab.evaluate(SETTLED)
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
        options = {"format": "png", "captureBeyondViewport": True, "optimizeForSpeed": True, "clip": clip}
        path.write_bytes(base64.b64decode(self._devtools.send("Page.captureScreenshot", options)["data"]))


def file_name(page):
    """A short name for the pictures of a page that says which it is and is like no other."""
    plain = re.sub(r"[^a-z0-9]+", "-", page["address"].lower()).strip("-")[:60] or "start"
    return f"{page['role']}-{plain}-{hashlib.sha256(page['address'].encode()).hexdigest()[:6]}"


@contextlib.contextmanager
def _cameras(browser, site, people):
    """`camera(role)`: one at a time."""
    with contextlib.ExitStack() as stack:

        def camera(role):
            stack.pop_all().close()
            made = Camera(browser, site, people.get(role))
            stack.callback(made.close)
            return made

        yield camera


def derive(browser, tree, instance, roles):
    """The list of pages, as the tree's own addresses and records have it."""
    people, pages = sign_ins(instance), []
    with served(tree, instance) as (site, rules), _cameras(browser, site, people) as camera:
        for role in roles:
            email = people[role][0] if role in people else ""
            taken = {page["rule"] for page in pages}
            pages += addresses.pages_of(role, email, camera(role).get, rules, instance / "recruiter.db", taken)
            print(f"{role or 'nobody'}: {len(pages)} pages so far", flush=True)
    for rule in addresses.without_page(rules, pages) if tuple(roles) == addresses.ROLES else ():
        print(f"no page of {rule}: it leads elsewhere, or no record of the story fills it")
    unfolded = addresses.unfolded(pages)
    return [page | {"file": file_name(page), "unfold": also} for page, also in zip(pages, unfolded, strict=True)]


def shoot_all(browser, tree, instance, pages, folder):
    """Take every page of the list; a page that answers otherwise than before says so in the list."""
    people, seen_role = sign_ins(instance), object()
    with served(tree, instance) as (site, _), _cameras(browser, site, people) as camera:
        for number, page in enumerate(pages, 1):
            if page["role"] != seen_role:
                seen_role = page["role"]
                current = camera(seen_role)
            try:
                page["status"] = current.shoot(page, folder)
            except Error as error:
                page["status"] = 0
                print(f"not taken: {page['role']} {page['address']}: {error.message.splitlines()[0]}")
            if number % 25 == 0:
                print(f"{number} of {len(pages)} pages", flush=True)


def _write(folder, pages):
    (folder / "pages.json").write_text(json.dumps(pages, indent=1, ensure_ascii=False) + "\n")


def take(folder, tree, *, pages_file=None, instance=None, roles=addresses.ROLES):
    """Fill a folder with the pictures of all pages of a tree."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.glob("*.png")):
        raise SystemExit(f"{folder} holds pictures already: give a new folder.")
    with tempfile.TemporaryDirectory(prefix="pictures-") as temporary, sync_playwright() as play:
        if instance is None:
            instance = Path(temporary) / "planted"
            plant(tree, instance)
        browser = play.chromium.launch(
            executable_path=chromium_path(),
            args=["--no-sandbox", "--disable-dev-shm-usage", "--font-render-hinting=none"],
        )
        pages = json.loads(pages_file.read_text()) if pages_file else derive(browser, tree, instance, roles)
        _write(folder, pages)
        shoot_all(browser, tree, instance, pages, folder)
        _write(folder, pages)
        browser.close()
    return pages
