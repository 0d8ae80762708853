"""What every page owes its readers, checked on each page that any test fetches."""

import re
from collections import Counter
from html.parser import HTMLParser

VOID = {"input", "br", "img", "hr", "meta", "link", "path", "circle", "rect", "line", "use"}


class Reader(HTMLParser):
    """Gathers what the checks need of one document."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.title = ""
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self._in_title = tag == "title" and not self.title

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False

    def all(self, *names: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.tags if tag in names]


def faults(html: str) -> list[str]:
    """Everything wrong with a whole page; an empty list for a good one."""
    page = Reader()
    page.feed(html)
    found = []
    if not page.title.strip(" –\n").removesuffix("Clearway").strip(" –\n"):
        found.append("the page has no title")
    if len(page.all("h1")) != 1:
        found.append(f"{len(page.all('h1'))} first headings")
    ids = Counter(a["id"] for _, a in page.tags if "id" in a)
    found += [f"the id {name} stands {number} times" for name, number in ids.items() if number > 1]
    found += _inline(page) + _unlabelled(page)
    found += [
        "a form without an action"
        for a in page.all("form")
        if not a.get("action") and a.get("method") != "dialog"
    ]
    targets = {a["for"] for a in page.all("label") if "for" in a}
    found += [f"a label for {name}, which is not there" for name in targets - ids.keys()]
    described = {
        name for _, a in page.tags for name in a.get("aria-describedby", "").split() if name
    }
    found += [f"described by {name}, which is not there" for name in described - ids.keys()]
    return found + _summary_out_of_order(html, list(ids))


def _summary_out_of_order(html: str, ids: list[str]) -> list[str]:
    """A summary of errors names the fields from the top of the page to its end."""
    found = re.search(r'(?s)<div class="govuk-error-summary".*?</ul>', html)
    named = [one for one in re.findall(r'href="#([^"]+)"', found[0]) if one in ids] if found else []
    in_order = sorted(named, key=ids.index)
    return [] if named == in_order else [f"the errors stand as {named}, the fields as {in_order}"]


def _inline(page: Reader) -> list[str]:
    found = [
        f"<{tag}> has {name}"
        for tag, a in page.tags
        for name in a
        if name.startswith(("on", "hx-on"))
    ]
    found += [f"<{tag}> has a style" for tag, a in page.tags if "style" in a]
    found += ["a script without src" for a in page.all("script") if "src" not in a]
    return found + ["an inline style sheet" for _ in page.all("style")]


def _unlabelled(page: Reader) -> list[str]:
    targets = {a["for"] for a in page.all("label") if "for" in a}
    return [
        f"the field {a.get('name')} has no label"
        for a in page.all("input", "select", "textarea")
        if a.get("type") not in {"hidden", "submit"}
        and a.get("id") not in targets
        and "aria-label" not in a
        and "aria-labelledby" not in a
    ]
