"""The facts of Block Kit: what each block and element holds, where it may stand, and every limit.

Facts from https://docs.slack.dev/reference/block-kit. A line lists fields; `name!` must be there; after the
colon stands the kind and after the slash the most characters (or, for a list, the most items). Kinds: `plain`
a plain_text object, `text` plain_text or mrkdwn, `str`, `bool`, `int`, `obj`, `[kind]` a list, `option`,
`group`, `confirm`, `style`, and elements by where they may stand: `accessory`, `action`, `context`, `input`.
"""

from __future__ import annotations


BLOCKS = {
    "actions": "elements!:[action]/25",
    "context": "elements!:[context]/10",
    "divider": "",
    "header": "text!:plain/150",
    "image": "alt_text!:str/2000 image_url:str/3000 slack_file:obj title:plain/2000",
    "input": "label!:plain/2000 element!:input hint:plain/2000 optional:bool dispatch_action:bool",
    "markdown": "text!:str/12000",
    "rich_text": "elements!:[rich]/1000",
    "section": "text:text/3000 fields:[text]/10 accessory:accessory expand:bool",
    "table": "rows!:[obj]/100 column_settings:[obj]/20",
}
ASKING = "confirm:confirm focus_on_load:bool"
MENU = f"placeholder:plain/150 {ASKING}"
MANY = "max_selected_items:int"
PAGED = f"{MENU} options:[option]/100 option_groups:[group]/100"
TYPED = "initial_value:str/3000 placeholder:plain/150 dispatch_action_config:obj focus_on_load:bool"
CHATS = "filter:obj default_to_current_conversation:bool"

ELEMENTS = {
    "button": (
        "text!:plain/75 url:str/3000 value:str/2000 style:style confirm:confirm accessibility_label:str/75"
    ),
    "channels_select": f"{MENU} initial_channel:str response_url_enabled:bool",
    "checkboxes": f"options!:[rich_option]/10 initial_options:[rich_option]/10 {ASKING}",
    "conversations_select": f"{MENU} {CHATS} initial_conversation:str response_url_enabled:bool",
    "datepicker": f"{MENU} initial_date:str/10",
    "datetimepicker": "initial_date_time:int confirm:confirm focus_on_load:bool",
    "email_text_input": TYPED,
    "external_select": f"{MENU} initial_option:option min_query_length:int",
    "image": "alt_text!:str/2000 image_url:str/3000 slack_file:obj",
    "multi_channels_select": f"{MENU} initial_channels:[str]/100 {MANY}",
    "multi_conversations_select": f"{MENU} {CHATS} initial_conversations:[str]/100 {MANY}",
    "multi_external_select": f"{MENU} initial_options:[option]/100 {MANY} min_query_length:int",
    "multi_static_select": f"{PAGED} initial_options:[option]/100 {MANY}",
    "multi_users_select": f"{MENU} initial_users:[str]/100 {MANY}",
    "number_input": f"is_decimal_allowed!:bool min_value:str max_value:str {TYPED}",
    "overflow": "options!:[option]/5 confirm:confirm",
    "plain_text_input": f"multiline:bool min_length:int max_length:int {TYPED}",
    "radio_buttons": f"options!:[rich_option]/10 initial_option:rich_option {ASKING}",
    "static_select": f"{PAGED} initial_option:option",
    "timepicker": f"{MENU} initial_time:str/5 timezone:str",
    "url_text_input": TYPED,
    "users_select": f"{MENU} initial_user:str",
}
MULTI = frozenset(name for name in ELEMENTS if name.startswith("multi_"))
SELECTS = frozenset(name for name in ELEMENTS if name.endswith("_select"))
CHOICES = SELECTS | {"checkboxes", "datepicker", "radio_buttons", "timepicker"}
WRITTEN = frozenset({"email_text_input", "number_input", "plain_text_input", "url_text_input"})
PLACES: dict[str, frozenset[str]] = {
    "action": (CHOICES | {"button", "datetimepicker", "overflow"}),
    "accessory": (CHOICES | {"button", "image", "overflow"}),
    "input": (CHOICES | WRITTEN | {"datetimepicker"}),
}

OBJECTS = {
    "option": "text!:plain/75 value!:str/150 description:plain/75 url:str/3000",
    "rich_option": "text!:text/75 value!:str/150 description:text/75",
    "group": "label!:plain/75 options!:[option]/100",
    "confirm": "title!:plain/100 text!:text/300 confirm!:plain/30 deny!:plain/30 style:style",
}
VIEWS = {
    "modal": (
        "title!:plain/24 blocks!:obj close:plain/24 submit:plain/24 private_metadata:str/3000"
        " callback_id:str/255 external_id:str/255 clear_on_close:bool"
        " notify_on_close:bool submit_disabled:bool"
    ),
    "home": "blocks!:obj private_metadata:str/3000 callback_id:str/255 external_id:str/255",
}
RICH = {
    "rich_text_section": "elements!:[inline]/1000",
    "rich_text_list": "elements!:[rich]/1000 style!:str indent:int offset:int border:int",
    "rich_text_quote": "elements!:[inline]/1000 border:int",
    "rich_text_preformatted": "elements!:[inline]/1000 border:int",
}
INLINE = {
    "text": "text!:str style:obj",
    "link": "url!:str/3000 text:str style:obj unsafe:bool",
    "user": "user_id!:str style:obj",
    "channel": "channel_id!:str style:obj",
    "emoji": "name!:str unicode:str style:obj",
    "date": "timestamp!:int format!:str fallback:str url:str style:obj",
    "usergroup": "usergroup_id!:str style:obj",
    "broadcast": "range!:str style:obj",
    "color": "value!:str style:obj",
}
MESSAGES_ONLY = frozenset({"markdown", "table"})
FIELD_LENGTH = 2000  # of each of a section's fields
EVERY_BLOCK = "type!:str block_id:str/255"
EVERY_ELEMENT = "type!:str action_id:str/255"
MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
MOST_CHARACTERS = 13_200  # of all blocks of a message; undocumented, slackapi/bolt-js#2509
LARGEST_VIEW = 250_000
