"""`python -m tests.browser.pictures take …` and `… compare …`; the package says how."""

import argparse
import sys
from pathlib import Path

from tests.browser.pictures import __doc__ as how_to
from tests.browser.pictures import comparing


def _take(chosen):
    from tests.browser.pictures import taking

    roles = [None if role == "nobody" else role for role in chosen.roles.split(",")] if chosen.roles else None
    more = {"roles": roles} if roles else {}
    pages = taking.take(chosen.folder, chosen.tree.resolve(), pages_file=chosen.pages, instance=chosen.instance, **more)
    faults = [page for page in pages if not 0 < page["status"] < 500]
    for page in faults:
        print(f"status {page['status']}: {page['role']} {page['address']}")
    print(f"{len(pages)} pages in {chosen.folder}")
    return 1 if faults else 0


def _compare(chosen):
    differences = None
    if chosen.report:
        differences = chosen.report.with_suffix(".differences")
        differences.mkdir(parents=True, exist_ok=True)
    verdicts = comparing.compare_sets(chosen.before, chosen.after, differences)
    statuses = comparing.status_changes(chosen.before, chosen.after)
    if chosen.report:
        comparing.write_report(chosen.report, chosen.before, chosen.after, verdicts, statuses, differences)
    print(comparing.summary(verdicts, statuses))
    return 1 if statuses or any(verdict.state != comparing.EQUAL for verdict in verdicts) else 0


def main():
    """Read the command and do it; the exit status says whether all is well."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.browser.pictures",
        description=how_to,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(required=True)
    take = commands.add_parser("take", help="take all pages into a folder")
    take.add_argument("folder", type=Path)
    take.add_argument(
        "--tree", type=Path, default=Path.cwd(), help="the checkout whose code is served (default: this one)"
    )
    take.add_argument("--pages", type=Path, help="take the pages of this pages.json instead of finding them")
    take.add_argument("--instance", type=Path, help="a planted folder to copy instead of planting")
    take.add_argument("--roles", help="only these, with commas; `nobody` is signed out")
    take.set_defaults(act=_take)
    compare = commands.add_parser("compare", help="say what differs between two folders")
    compare.add_argument("before", type=Path)
    compare.add_argument("after", type=Path)
    compare.add_argument("--report", type=Path, help="an HTML file; a .txt and the differences are written beside it")
    compare.set_defaults(act=_compare)
    chosen = parser.parse_args()
    return chosen.act(chosen)


if __name__ == "__main__":
    sys.exit(main())
