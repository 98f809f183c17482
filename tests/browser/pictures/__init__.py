"""Pictures of all pages, and what differs between two sets of them: what a change of the presentation has changed.

How to look at what a change did to the pages:

    # before: a checkout of the old code, e.g. `git worktree add ../before main`
    python -m tests.browser.pictures take before-set --tree ../before
    # after: the code you stand in, the same pages as before (new pages are found without --pages)
    python -m tests.browser.pictures take after-set --pages before-set/pages.json
    python -m tests.browser.pictures compare before-set after-set --report report.html

`take` plants the demo with that tree's own code (or copies a planted one: --instance), for a clock that stands still,
serves it, signs in as each role and opens every page that the application's own list of addresses has. Addresses with
arguments are filled with records of the story, chosen in several states; pages that are linked with a filter or an order
are taken too. What is no page (downloads, the API) and what leads elsewhere is left out. Each page is taken in whole at
1440 and 390 pixels, light and dark; the first page of each kind and records' own pages once more with all that folds
open. `pages.json` lists what was taken. A part that sticks to the window lies across a long page: that is no fault.

`compare` says of each picture whether it is equal, differs (share of the pixels, where, other size) or is missing,
writes the same as `report.txt` and as a page with before, after and difference side by side, and ends with 1 when
anything differs. Nothing of the code under test is imported here but `recruiter.app.create_app` and the commands, in a
process of its own: the same script takes old code and new. It needs the `test` extra and Chromium.
"""
