"""What Slack allows, as figures (docs.slack.dev: rate limits, Block Kit reference, chat.postMessage)."""

from datetime import timedelta


#: Signs of a section's text, of a header, of a button's label and value, of an option's label and value.
SECTION = 3000
HEADER = 150
LABEL = 75
BUTTON_VALUE = 2000
OPTION_VALUE = 150
PLACEHOLDER = 150
#: Elements of one actions block, options of one select, blocks of one message.
ELEMENTS = 25
OPTIONS = 100
BLOCKS = 50
#: All blocks of a message together: about 13,200 signs are refused (slackapi/bolt-js#2509), so fewer.
MESSAGE = 12_000
#: `text` beside the blocks; chat.update takes no more than 4,000.
FALLBACK = 3000
#: People in one group conversation besides the bot.
ROOM = 8
#: A channel's name.
CHANNEL_NAME = 80
TOPIC = 250

#: Between two messages into one conversation.
CHAT_EVERY = timedelta(seconds=1)
