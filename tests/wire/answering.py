"""How a person answers a question of the application: by its words, as a reader knows it; typed or tapped."""

from dataclasses import dataclass

from tests.wire.cast import Part


@dataclass(frozen=True, slots=True)
class Reply:
    """What a question is known by, and the two ways to answer it."""

    asked: str
    #: Typed; {name}, {country}, {city} and {tongues} are the person's. Empty: it is tapped.
    words: str
    #: Tapped, one after the other; "*" is the first option there is. Empty: it can only be typed.
    taps: tuple[str, ...] = ()

    def typed(self, part: Part) -> str:
        """Give the answer in words."""
        return self.words.format(name=part.name, country=part.country, city=part.city, tongues=part.tongues)


QUESTIONS = (
    Reply("how your answers are used", "yes", ("I agree",)),
    Reply("how we treat each other", "I agree", ("I agree",)),
    Reply("What should your partner call you", "{name}"),
    Reply("Which country do you live in", "{country}"),
    Reply("I do not know a country called", "{country}"),
    Reply("Which city do you live in or near", "{city}", ("*",)),
    Reply("I could not find", "", ("*",)),
    Reply("In which languages can you hold", "{tongues}", ("English", "Done")),
    Reply("Where do you work or study", "public library", ("University or college",)),
    Reply("Where are you in your career", "very experienced", ("In the middle",)),
    Reply("How many years have you worked", "about 7 years", ("Skip",)),
    Reply("What would you like to talk about", "open access, AI and cataloguing", ("*", "Done")),
    Reply("What do you hope to get out of it", "learn from others, friends", ("*", "Done")),
    Reply("When are you usually free", "weekday evenings and Sat morning", ("Weekday evenings", "Done")),
    Reply("Do you have a wish about your partner", "someone senior", ("Skip",)),
    Reply("write a few lines about yourself", "I look after maps and love questions.", ("Skip",)),
    Reply("what may your partner see", "all", ("All of it",)),
    Reply("Please check your answers", "send it", ("Send",)),
)


def reply_to(text: str) -> Reply | None:
    """Give how to answer what the bot wrote; None when it is none of these questions."""
    return next((reply for reply in QUESTIONS if reply.asked in text), None)
