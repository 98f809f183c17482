"""Which pages are taken: every address of the application's own list that answers with a page, for each role."""

import html
import re

from tests.browser.pictures import records

ROLES = ("recruiter", "hiring_manager", "interviewer", "approver", "admin", None)
MAIN = "recruiter"
RECORDS, RECORDS_OF_OTHERS = 2, 1  # of one kind of page, for the role that sees most and for the others
OWN_PAGE, OWN_PAGE_OF_OTHERS = {MAIN: 10, "interviewer": 3}, 1  # of a record's own page, which differs with its state
LINKED = {True: 3, False: 0}  # of one page with filters, orders and tabs
NO_PAGE = re.compile(r"\.(csv|xlsx|ics|css|json|pdf|docx|<form>)$")
NO_VIEW = re.compile(r"(cursor|back|next)=")  # the next records, and the way back
ARGUMENT = re.compile(r"<(?:[a-z]+:)?([a-z_]+)>")
LIKE_OTHERS = {"admin"}  # sees records as others do: only pages that nobody else has
LINK = re.compile(r'href="(/[^"#]*)')
NOWHERE = "/no-such-page"


class Visitor:
    """Somebody with a role who opens addresses without looking at them, and remembers which are pages and where they lead."""

    def __init__(self, role, email, get):
        self.role, self.email, self._get = role, email, get
        self.pages, self.links, self.refusals = {}, [], set()

    def visit(self, address, rule):
        """Whether the address is a page of this role; the first refusal of each kind is a page too."""
        if address in self.pages:
            return True
        answer = self._get(address)
        if "text/html" not in answer.headers.get("content-type", "") or 300 <= answer.status < 400:
            return False
        if answer.status != 200:
            if answer.status not in self.refusals:
                self.refusals.add(answer.status)
                self.pages[address] = {"status": answer.status, "rule": rule}
            return False
        self.pages[address] = {"status": answer.status, "rule": rule}
        self.links += [html.unescape(link) for link in LINK.findall(answer.text())]
        return True


def without_page(rules, pages):
    """The rules that could have pages and have none, to be looked at."""
    taken = {page["rule"] for page in pages}
    return [rule for rule, _ in rules if not NO_PAGE.search(rule) and rule not in taken]


def _fill(rule, values):
    return ARGUMENT.sub(lambda place: str(values[place[1]]), rule)


def _own_page(rule):
    return re.fullmatch(r"/[a-z-]+/<[^>]+>", rule) is not None


def _most(rule, role):
    if _own_page(rule):
        return OWN_PAGE.get(role, OWN_PAGE_OF_OTHERS)
    return RECORDS if role == MAIN else RECORDS_OF_OTHERS


def unfolded(pages):
    """Which pages are taken once more with all that folds: the first of each rule, and records' own pages."""
    first = {page["rule"]: page for page in reversed(pages)}
    return [first[page["rule"]] is page or (page["role"] in OWN_PAGE and _own_page(page["rule"])) for page in pages]


def _from_links(rule, links):
    """Addresses of a rule whose arguments no table has, as pages link to them."""
    fits = re.compile(ARGUMENT.sub("[A-Za-z0-9_-]+", rule))
    return sorted({link for link in links if fits.fullmatch(link)})


def _visit_rule(visitor, rule, arguments, database, taken):
    if arguments and visitor.role in LIKE_OTHERS and rule in taken:
        return
    if records.by_secret(arguments) and visitor.role:
        return  # a link from a mail, for somebody who has no account yet or none at all
    if not arguments:
        visitor.visit(rule, rule)
        return
    known = records.values(database, arguments, visitor.email)
    addresses = [_fill(rule, values) for values in known] or _from_links(rule, visitor.links)
    left = _most(rule, visitor.role) if known or visitor.role != MAIN else len(addresses)
    for address in addresses:
        if not left:
            break
        left -= visitor.visit(address, rule)


def _kind(path, rules):
    """The rule that a path fits, so that of each kind of page only a few are taken with filters."""
    return next((rule for rule in rules if re.fullmatch(ARGUMENT.sub("[^/]+", rule), path)), path)


def _visit_links(visitor, rules):
    """Pages with a filter, an order or a tab, as they are linked."""
    most, counts = LINKED[visitor.role == MAIN], {}
    for link in dict.fromkeys(visitor.links):
        path, _, query = link.partition("?")
        if not query or NO_PAGE.search(path) or NO_VIEW.search(query):
            continue
        kind = _kind(path, rules)
        if counts.get(kind, 0) < most and link not in visitor.pages:
            counts[kind] = counts.get(kind, 0) + visitor.visit(link, kind)


def pages_of(role, email, get, rules, database, taken):
    """All pages that are taken for a role, in a fixed order: role, address, status, rule. `taken` are rules that others have."""
    visitor = Visitor(role, email, get)
    for rule, arguments in sorted(rules, key=lambda entry: (len(entry[1]), entry[0])):
        if not NO_PAGE.search(rule):
            _visit_rule(visitor, rule, arguments, database, taken)
    visitor.visit(NOWHERE, NOWHERE)
    _visit_links(visitor, [rule for rule, _ in rules])
    return [{"role": role or "nobody", "address": address, **more} for address, more in visitor.pages.items()]
