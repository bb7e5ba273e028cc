"""A stage on a platform that has forms: forms are opened, filled in and closed."""

from dataclasses import dataclass, field, replace

from bot.conversations import next_form
from bot.events import Dismissed, Event, Filled, HomeOpened, Sender, Tapped
from bot.forms import Field, Form
from bot.markup import plain
from bot.messages import Message, OpenForm, ShowHome
from bot.snapshots import Turn
from tests.conversations.stage import ANA, NOW, OPEN, Stage, program


BIA = replace(ANA, platform="slack", account="T1/U7", chat="T1/D7", zone="America/Sao_Paulo", language="pt")
#: Every page of the built-in application, filled in.
PAGES: tuple[dict[str, tuple[str, ...]], ...] = (
    {"privacy": ("yes",), "conduct": ("yes",)},
    {
        "name": ("Bia",),
        "country": ("Brasil",),
        "zone": ("America/Sao_Paulo",),
        "languages": ("pt", "es"),
        "languages+": ("English",),
        "sector": ("public",),
        "stage": ("early",),
    },
    {
        "years": (),
        "interests": ("coding",),
        "interests+": ("zines",),
        "goals": ("friendship",),
        "goals+": (),
        "hours": ("weekday-evenings",),
        "hours+": ("Sat 9-11",),
    },
    {"wishes": (), "wishes+": (), "about": ("I like maps.",), "share": ("country", "about")},
)


@dataclass
class Office(Stage):
    """A stage of one person in Slack."""

    turn: Turn = field(default_factory=lambda: Turn(NOW, BIA, open_round=OPEN))
    #: What takes the place of the page that was sent in last; None when the form has closed.
    following: Form | None = None

    def happen(self, event: Event) -> str:
        """Decide about the event, and give a form its answer."""
        said = super().happen(event)
        self.following = next_form(event, self.turn, program()) if isinstance(event, Filled) else None
        return said

    def press(self, label_or_value: str, **more: object) -> str:
        """Let the person tap a button that can open a form."""
        found = next((one.value for one in self.buttons if one.label == label_or_value), label_or_value)
        self.count += 1
        given: dict[str, object] = {"trigger": f"t{self.count}", "ref": f"m{self.count}", **more}
        return self.happen(Tapped(**self._base(), value=found, **given))  # type: ignore[arg-type]

    def fill(self, page: int = -1, form: str = "application", /, **values: tuple[str, ...]) -> str:
        """Let the person send in a page: the one that is shown, or another."""
        at = self.form.page if page < 0 else page
        self.count += 1
        given = {name.replace("__own", "+"): value for name, value in values.items()}
        return self.happen(
            Filled(**self._base(), form=form, page=at, values=given, view="V1")  # type: ignore[arg-type]
        )

    def fill_in(self, *pages: int) -> str:
        """Let the person send in these pages of the application, one after the other, as they should be."""
        said = ""
        for at in pages:
            self.count += 1
            said = self.happen(
                Filled(**self._base(), form="application", page=at, values=PAGES[at], view="V1")  # type: ignore[arg-type]
            )
        return said

    def dismiss(self, form: str = "application") -> str:
        """Let the person close the form."""
        self.count += 1
        return self.happen(Dismissed(**self._base(), form=form))  # type: ignore[arg-type]

    def look(self) -> list[str]:
        """Let the person look at their own page; give its parts in plain words."""
        self.count += 1
        self.happen(HomeOpened(**self._base()))  # type: ignore[arg-type]
        return self.page

    @property
    def shown(self) -> OpenForm:
        """What the last reply showed."""
        body = self.replies[0].body
        assert isinstance(body, OpenForm)
        return body

    @property
    def form(self) -> Form:
        """The form that was shown last."""
        return self.following or self.shown.form

    @property
    def fields(self) -> dict[str, Field]:
        """The fields of the form that was shown last, but for its notes."""
        return {one.id: one for one in self.form.fields if one.id}

    @property
    def notes(self) -> str:
        """The notes of the form that was shown last."""
        return "\n".join(plain(one.label) for one in self.form.fields if not one.id)

    @property
    def home(self) -> tuple[Message, ...]:
        """The parts of the person's own page, as it was shown last."""
        return [one.body for one in self.sent if isinstance(one.body, ShowHome)][-1].parts

    @property
    def page(self) -> list[str]:
        """The person's own page in plain words."""
        return [plain(part.text) for part in self.home]

    def _base(self) -> dict[str, object]:
        sender = Sender("T1/U7", "Bia")
        return {
            "id": f"e{self.count}",
            "platform": "slack",
            "at": self.turn.now,
            "chat": "T1/D7",
            "sender": sender,
        }


def answers(stage: Office) -> dict[str, object]:
    """Give the answers as they are kept in the walk."""
    assert stage.turn.dialogue is not None
    return {name: one for name, one in stage.turn.dialogue.answers.items() if not name.startswith("~")}
