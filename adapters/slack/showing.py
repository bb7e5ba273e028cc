"""Shows forms and people's own pages: views.open, views.update, views.publish."""

from adapters.slack.calls import SlackCalls
from adapters.slack.forms import view_of
from adapters.slack.home import home_view
from adapters.slack.ids import place
from adapters.slack.text import Reader
from bot.messages import OpenForm, ShowHome
from bot.ports import Parcel, Rejected


#: A trigger lives three seconds and opens one form.
_TOO_LATE = ("expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id")
#: A form that was closed has nothing to be updated.
_GONE = ("not_found", "hash_conflict")


async def show_form(calls: SlackCalls, parcel: Parcel, body: OpenForm) -> bool:
    """Show a page; gives False when it is too late for that. Raises one of the ChatErrors."""
    team = place(parcel.chat).team
    view = view_of(body.form, Reader(team, parcel.accounts))
    try:
        if body.view:
            await calls.call(team, "views_update", view_id=body.view, view=view)
        else:
            await calls.call(team, "views_open", trigger_id=body.trigger, view=view)
    except Rejected as error:
        if parcel.attempts > 0 and error.why.startswith("exchanged_trigger_id"):
            return True  # the answer of the first try was lost, and the form is open
        if not error.why.startswith((*_TOO_LATE, *_GONE)):
            raise
        return False
    return True


async def show_home(calls: SlackCalls, parcel: Parcel, body: ShowHome) -> None:
    """Show somebody's own page; raises one of the ChatErrors."""
    at = place(body.account)
    await calls.call(
        at.team, "views_publish", user_id=at.id, view=home_view(body, Reader(at.team, parcel.accounts))
    )
