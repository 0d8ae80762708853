"""A form that was sent: parsed into its model, or kept as typed with a message for each fault."""

import hashlib
import re
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Generic, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, SecretStr, ValidationError
from pydantic.fields import FieldInfo
from starlette.datastructures import FormData, UploadFile

from app.kernel.days import show_date
from app.kernel.errors import Invalid
from app.kernel.identifiers import identifiers_in
from app.web.fields import FreeText, Hidden, Listed
from app.work.keys import FormKey, digest_of

Model = TypeVar("Model", bound=BaseModel)
KEY, VERSION, PROOF, AS_IT_IS = "_key", "_version", "_proof", "_as_it_is"
VERSIONS = re.compile(r"[0-9]{1,9}")
CHUNK = 1 << 20
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
CHOICES = {"enum", "literal_error", "bool_type"}
# Labels such as “Due on”, which no article goes before.
OF_A_DAY = re.compile(r".+ (on|by|for)$")
# A label that begins so needs no article.
OWN_WORDS = re.compile("(the|an?|your|who|whose|what|which|where|why|how|when|whether) ")


class Submission(Generic[Model]):
    """The answers of one form, before and after they were sent."""

    def __init__(self, model: type[Model], sent: FormData | None = None, to: str = "") -> None:
        self.model = model
        self.sent = sent is not None
        self.key = secrets.token_urlsafe(18)
        self.version: str | None = None
        # Whether the act asked for the version and none was sent.
        self.lacks_version = False
        self.proof = ""
        # Everything sent but secrets and files, so that a page can send it again.
        self.kept: list[tuple[str, str]] = []
        # Whether the free text is to be kept although it seems to tell who a child is.
        self.as_it_is = False
        self.tells = False
        self.files: dict[str, UploadFile] = {}
        self._typed: dict[str, list[str]] = {}
        self._called: dict[str, dict[str, str]] = {}
        self._errors: list[tuple[str, str]] = []
        self._valid: Model | None = None
        self._form_key: FormKey | None = None
        if sent is not None:
            self._read(sent, to)
            self._parse()

    @property
    def errors(self) -> list[tuple[str, str]]:
        return self._errors

    @property
    def valid(self) -> Model:
        """The parsed answers; a form with faults has none, and tells the first of them."""
        if self._errors:
            raise Invalid(*self._errors[0])
        if self._valid is None:
            raise RuntimeError("The form was not sent.")
        return self._valid

    @property
    def form_key(self) -> FormKey | None:
        return self._form_key

    def ask_version(self) -> int:
        """The version of the row that the form was made from, which the act asks for.

        0 where none was sent; the guard is told so, and shows the form again if that was the fault.
        """
        self.lacks_version = self.version is None
        version = self.version or ""
        return int(version) if VERSIONS.fullmatch(version) else 0

    def value(self, name: str) -> str:
        typed = self._typed.get(name)
        return typed[-1] if typed else ""

    def values(self, name: str) -> list[str]:
        return self._typed.get(name, [])

    def error(self, name: str) -> str | None:
        return next((message for field, message in self._errors if field == name), None)

    def fail(self, name: str, message: str) -> None:
        """Find fault with one field, as a rule does that knows more than the form."""
        self._errors.append((name if name in self.model.model_fields else "", message))

    def has_faults(self) -> bool:
        """Whether it is to be shown again: for an answer, or for what its free text gives away.

        Free text that could tell who a child is finds fault until its box is ticked; then the
        command that keeps it tells the trail.
        """
        found = {} if self._errors else self._identifiers()
        if self.as_it_is and self._form_key is not None:
            kept = "; ".join(f"{name}: {words}" for name, words in found.items())
            self._form_key = replace(self._form_key, kept=kept)
        else:
            self._warn(found)
        return bool(self._errors)

    def _warn(self, found: Mapping[str, str]) -> None:
        self.tells = bool(found)
        for name, words in found.items():
            label = _label(name, self.model.model_fields[name])
            take_out = "Take it out, or tick the box at the top to keep it as it is."
            self._errors.append((name, f"{label} seems to hold {words}. {take_out}"))

    def _identifiers(self) -> dict[str, str]:
        """What each free text seems to hold, by its field."""
        found = {
            name: identifiers_in(getattr(self.valid, name) or "")
            for name, field in self.model.model_fields.items()
            if any(isinstance(mark, FreeText) for mark in field.metadata)
        }
        return {name: " and ".join(kinds) for name, kinds in found.items() if kinds}

    def start(self, version: int | None = None, **initial: object) -> None:
        """What the form holds when first opened; a form that was sent keeps what was typed."""
        if self.sent:
            return
        self.version = str(version) if version is not None else None
        for name, value in initial.items():
            many = value if isinstance(value, list | tuple | frozenset) else [value]
            self._typed[name] = [_shown(item) for item in many if item is not None]

    def call(self, name: str, rows: Iterable[tuple[int | None, str]]) -> None:
        """Say what the rows are called that a field's answer was chosen from."""
        self._called[name] = {str(row_id): called for row_id, called in rows}

    def labelled(self) -> dict[str, str]:
        """What a person typed or chose, in words, under the names they know the fields by."""
        return {
            _label(name, field): self._told(name)
            for name, field in self.model.model_fields.items()
            if not (self._is_secret(name) or _is_hidden(field))
        }

    def _told(self, name: str) -> str:
        answer = getattr(self._valid, name, None)
        if isinstance(answer, date):
            return show_date(answer)
        called = self._called.get(name, {})
        typed = ", ".join(called.get(one, one) for one in self.values(name))
        return getattr(answer, "label", typed)

    def _read(self, sent: FormData, to: str) -> None:
        pairs: list[tuple[str, str]] = []
        for name, value in sent.multi_items():
            if isinstance(value, UploadFile):
                self.files[name] = value
                pairs.append((name, _digest_of_file(value)))
            else:
                self._typed.setdefault(name, []).append(value)
                if name != PROOF and not self._is_secret(name):
                    self.kept.append((name, value))
                pairs.append((name, value))
        self.version = self._typed.pop(VERSION, [None])[-1]
        key = self._typed.pop(KEY, [""])[-1]
        self.as_it_is = self._typed.pop(AS_IT_IS, [""])[-1] == "yes"
        self.proof = self._typed.pop(PROOF, [""])[-1]
        if key:
            kept = [
                pair
                for pair in pairs
                if pair[0] not in {KEY, PROOF} and not self._is_secret(pair[0])
            ]
            # The buttons of one page share a key, so it counts once for each address.
            # The key is kept only as a digest, so with it nobody can guess at what was typed.
            self._form_key = FormKey(digest_of([(to, key)]), digest_of([*kept, (KEY, key)]))

    def _is_secret(self, name: str) -> bool:
        field = self.model.model_fields.get(name)
        return field is not None and field.annotation is SecretStr

    def _parse(self) -> None:
        answers: dict[str, Any] = {}
        for name, typed in self._typed.items():
            field = self.model.model_fields.get(name)
            filled = [value for value in typed if value.strip().strip(INVISIBLE)]
            if field is None:
                self._errors.append(("", "The form held an answer it did not ask for."))
            elif filled:
                answers[name] = filled if _takes_many(field) else filled[-1]
        try:
            self._valid = self.model.model_validate(answers)
        except ValidationError as faults:
            for fault in faults.errors(include_url=False, include_input=False):
                name = str(fault["loc"][0]) if fault["loc"] else ""
                if self.error(name) is None or not name:
                    typed = answers.get(name, "")
                    self._errors.append((name, _sentence(self.model, name, fault, typed)))
            self._tell_apart()

    def _tell_apart(self) -> None:
        """What is said of several fields names the field each time."""
        said = Counter(message for _, message in self._errors)
        fields = self.model.model_fields
        self._errors = [
            (name, f"{_label(name, fields[name])}: {message}")
            if said[message] > 1 and name in fields
            else (name, message)
            for name, message in self._errors
        ]


def _digest_of_file(sent: UploadFile) -> str:
    digest = hashlib.sha256()
    while chunk := sent.file.read(CHUNK):
        digest.update(chunk)
    sent.file.seek(0)
    return digest.hexdigest()


def _label(name: str, field: FieldInfo) -> str:
    return field.title or name.replace("_", " ").capitalize()


def _takes_many(field: FieldInfo) -> bool:
    annotation = field.annotation
    inner = [annotation, *get_args(annotation)]
    return any(get_origin(part) in {list, tuple, set, frozenset} for part in inner)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return str(value)


def _sentence(model: type[BaseModel], name: str, fault: Mapping[str, Any], typed: Any) -> str:
    field = model.model_fields.get(name)
    label = _label(name, field) if field else name
    spoken = label[:1].lower() + label[1:]
    kind, context = str(fault["type"]), fault.get("ctx", {})
    if kind == "missing":
        chosen = field is not None and _is_choice(field)
        if field is not None and field.annotation is date and OF_A_DAY.match(label):
            return f"Enter a day for “{label}”."
        return f"{'Choose' if chosen else 'Enter'} {_with_article(spoken)}."
    if kind == "value_error":
        return str(context.get("error", "Check this answer."))
    if kind in {"string_too_long", "too_long"}:
        return (
            f"{label} must be {context['max_length']} characters or fewer. It has {len(typed):,}."
        )
    if kind in {"greater_than_equal", "less_than_equal", "greater_than", "less_than"}:
        words = {"ge": "or more", "le": "or less", "gt": "at least above", "lt": "below"}
        limit, bound = next(
            (word, context[code]) for code, word in words.items() if code in context
        )
        return f"{label} must be {bound} {limit}."
    if kind in CHOICES:
        return f"Choose {_with_article(spoken)} from the list."
    return f"Check {_with_article(spoken)}."


def _with_article(label: str) -> str:
    return label if OWN_WORDS.match(label) else f"the {label}"


def _is_hidden(field: FieldInfo) -> bool:
    return any(isinstance(mark, Hidden) for mark in field.metadata)


def _is_choice(field: FieldInfo) -> bool:
    kinds: Sequence[Any] = [field.annotation, *get_args(field.annotation)]
    listed = any(isinstance(mark, Listed) for mark in field.metadata)
    coded = any(kind is bool or hasattr(kind, "__members__") for kind in kinds)
    spelt = any(get_origin(kind) is Literal for kind in kinds)
    return bool(field.json_schema_extra) or listed or coded or spelt
