"""Simple facts: capitals, colours, opposites, animals, days and months."""

from phrasing import ask, framed

CAPITALS = dict(
    line.split("=") for line in """France=Paris
Germany=Berlin
Italy=Rome
Spain=Madrid
Portugal=Lisbon
England=London
Ireland=Dublin
Scotland=Edinburgh
Wales=Cardiff
Austria=Vienna
Switzerland=Bern
Belgium=Brussels
the Netherlands=Amsterdam
Denmark=Copenhagen
Norway=Oslo
Sweden=Stockholm
Finland=Helsinki
Iceland=Reykjavik
Poland=Warsaw
Hungary=Budapest
Greece=Athens
Turkey=Ankara
Russia=Moscow
Ukraine=Kyiv
Romania=Bucharest
Bulgaria=Sofia
Croatia=Zagreb
Serbia=Belgrade
Egypt=Cairo
Kenya=Nairobi
Morocco=Rabat
Nigeria=Abuja
Ghana=Accra
Ethiopia=Addis Ababa
India=New Delhi
China=Beijing
Japan=Tokyo
Thailand=Bangkok
Vietnam=Hanoi
Indonesia=Jakarta
South Korea=Seoul
Nepal=Kathmandu
Iran=Tehran
Iraq=Baghdad
Canada=Ottawa
Mexico=Mexico City
Cuba=Havana
Brazil=Brasilia
Argentina=Buenos Aires
Chile=Santiago
Peru=Lima
Colombia=Bogota
Australia=Canberra
New Zealand=Wellington
the United States=Washington""".splitlines())

COLOURS = {
    "the sky": "blue", "grass": "green", "snow": "white", "blood": "red", "the sun": "yellow", "a banana": "yellow", "a lemon": "yellow",
    "coal": "black", "milk": "white", "a strawberry": "red", "a tomato": "red", "an elephant": "grey", "chocolate": "brown", "the sea": "blue",
    "a carrot": "orange", "a frog": "green", "a raven": "black", "a swan": "white", "a flamingo": "pink", "a cucumber": "green", "salt": "white",
    "a leaf": "green", "a polar bear": "white", "a cherry": "red", "an orange": "orange", "a mouse": "grey", "rice": "white", "the night": "black", "a pumpkin": "orange",
}

OPPOSITES = [pair.split("-") for pair in (
    "hot-cold big-small fast-slow day-night up-down left-right open-closed rich-poor old-young good-bad light-dark high-low wet-dry "
    "happy-sad long-short early-late hard-soft full-empty strong-weak black-white near-far loud-quiet clean-dirty thick-thin easy-difficult "
    "first-last true-false inside-outside begin-end buy-sell win-lose love-hate yes-no always-never push-pull").split()]

YOUNG = {"dog": "puppy", "cat": "kitten", "cow": "calf", "horse": "foal", "sheep": "lamb", "pig": "piglet", "bear": "cub", "hen": "chick", "duck": "duckling", "goat": "kid", "lion": "cub", "frog": "tadpole"}
SAYS = {"dog": "barks", "cat": "meows", "cow": "moos", "horse": "neighs", "sheep": "bleats", "pig": "grunts", "lion": "roars", "duck": "quacks", "frog": "croaks", "bee": "buzzes", "wolf": "howls", "snake": "hisses", "rooster": "crows"}
LEGS = {"a spider": "eight", "a dog": "four", "a cat": "four", "a bird": "two", "an ant": "six", "a bee": "six", "a horse": "four", "a cow": "four", "a human": "two", "a hen": "two", "a snake": "no", "a fish": "no", "an elephant": "four", "a fly": "six"}
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()

CAPITAL = [
    "(What is|What's|Name|Tell me|Say|Give me) the capital(| city) of {x}(?|.)", "(What|Which) city is the capital of {x}?", "(Do you know|Can you tell me|Could you tell me|I want to know|Please tell me|Can you say) the capital of {x}(?|.)", "(Do you know|Can you tell me|Please tell me) what the capital of {x} is(?|.)", "Capital of {x}(?|.)", "(The |the )capital of {x}(?| is?|, please.)", "(What|Which) is the capital(| city) of {x}?", "Of {x}, what is the capital?", "{x}: what is (its|the) capital?", "What is {x}'s capital?", "(Which|What) city (governs|is the seat of government of|has the government of) {x}?", "Which capital does {x} have?", "What capital (city |)(has|does) {x}( have|)?", "I need (to know |)the capital of {x}.", "What do you know about the capital of {x}?", "How is the capital of {x} called?", "Where is the government of {x}?",
    "~What is the name of the capital of {x}?", "~I forgot the capital of {x}.", "~May I ask what {x}'s capital is?", "~Which city is {x}'s capital?", "~What is the capital city called in {x}?",
]
COUNTRY = [
    "(Which|What) country is {x} the capital of?", "(Of which|Of what) country is {x} the capital?", "{x} is the capital of (which|what) country?", "(In which|In what) country is {x}?", "(Where is|Where's|Where can I find|Where lies) {x}?", "(Which|What) country (does {x} belong to|is {x} in|has the capital {x})?", "To which country does {x} belong?", "(Tell me|Say|Do you know) where {x} is(.|?)", "{x}, in (which|what) country is (it|that)?", "(Do you know|Can you tell me) the country of {x}?",
    "(In what|In which|What|Which) country (would you|can I|do I|do you|could one) (find|look for|see|visit) {x}(?| in?)", "(Finding|To find|To visit) {x}, (which|what) country (do I go to|must I visit)?", "~{x} lies in which country?", "~What country would I find {x} in?", "~Please tell me where {x} is.",
]
COLOUR = [
    "(What|Which) (colour|color) (is|has) {x}?", "(What is|What's|Tell me|Name|Say) the (colour|color) of {x}(?|.)", "(Do you know|Can you tell me|Could you tell me) (what|which) (colour|color) {x} (is|has)?", "(Do you know|Can you tell me|I want to know) the (colour|color) of {x}(?|.)", "(Colour|Color) of {x}(?|.)", "How is {x} coloured?", "Of (what|which) (colour|color) is {x}?", "{x}: (what|which) (colour|color)(| is it)?", "(What|Which) (colour|color) does {x} (usually |normally |)have?", "(What|Which) (colour|color) would you say {x} (is|has)?", "In (which|what) (colour|color) (do I|should I|must I) paint {x}?", "What does {x} look like, which (colour|color)?",
    "(What|Which) (colour|color) (do you see|do we see|is seen|would I see) (on|at|when looking at|if you look at) {x}?", "(Looking at|When I look at|If one looks at) {x}, (what|which) (colour|color) (is it|do I see|is there)?", "~(Which|What) colour does one see on {x}?", "~What is {x}'s (colour|color)?", "~What (colour|color) do you see when you look at {x}?",
]
OPPOSITE = [
    "(What is|What's|Tell me|Name|Say|Give me) the opposite of {x}(?|.)", "(Which|What) (word |)(is the opposite of|means the opposite of) {x}?", "(Do you know|Can you tell me|Could you tell me|I need|I want to know) the opposite of {x}(?|.)", "Opposite of {x}(?|.)", "The opposite of {x}(?| is?| is what?|, please.)", "{x}: what is the opposite?", "What is not {x}, but the opposite?", "What is the (contrary|reverse) of {x}?", "(What|Which) (word |)is opposite to {x}?", "What do you call the opposite of {x}?", "If something is not {x}, what is its opposite?", "What would be the opposite of {x}?", "An antonym (of|for) {x}(?|, please.)", "(What is|Tell me|Give me) an antonym (of|for) {x}(?|.)",
    "(Which|What) (word |)(is the contrary of|has the opposite meaning of|means the reverse of) {x}?", "(The|An) opposite (for|to|of) (the word |){x}(?|, what would it be?|, please.|: which word is it?)", "~Which word is opposite in meaning to {x}?", "~The opposite of the word {x}, what is it?", "~I am looking for the opposite of {x}.",
]
BABY = [
    "(What is|What's) (a young|a baby) {x} (called|named)?", "(What do you call|How do you call|What do we call) a (young|baby) {x}?", "(What is|Tell me) the (name|word) (of|for) a (young|baby) {x}(?|.)", "(Which|What) (word|name) is there for a (young|baby) {x}?", "How is a (young|baby|little) {x} called?", "A (young|baby) {x} is called what?", "(What is|Tell me|Name) the young of a {x}(?|.)", "(What|How) (is|do you call) the (baby|child|young) of a {x}( called|)?",
    "~People call a (young|baby) {x} what?", "~The (baby|young) of a {x} has what name?",
]
SOUND = [
    "(What|Which) (sound|noise) does a {x} make?", "(What does|How does) a {x} (say|sound|go)?", "(Tell me|Do you know) (what|which) (sound|noise) a {x} makes(.|?)", "(What is|Describe) the (sound|noise) of a {x}(?|.)", "How does a {x} speak?", "(Which|What) (sounds|noises) do {x}s make?", "What (sound|noise) (do we|can we|do I) hear from a {x}?", "A {x} makes (which|what) (sound|noise)?",
    "~What noise comes from a {x}?", "~With which (sound|noise) does a {x} greet us?",
]
LEG = [
    "How many legs does {x} have?", "How many legs has {x}(| got)?", "(What is|Tell me) the number of legs of {x}(?|.)", "(Do you know|Can you tell me|Tell me) how many legs {x} has(?|.)", "(Number|Count) of legs of {x}(?|.)", "On how many legs does {x} (walk|stand|go)?", "Legs of {x}: how many?", "{x} has how many legs?", "How many legs are there on {x}?", "How many legs do you count on {x}?",
    "~What number of legs does {x} have?", "~{x}, how many legs does it have?",
]
DAY_AFTER = ["(What|Which) day (comes|is|follows) after {x}?", "(What|Which) (day |)(is the day after|is the next day after|follows) {x}?", "(What|Which) day follows (|on ){x}?", "(Tell me|Name|Say) the day after {x}(.|)", "The day after {x}(?| is?| is what?)", "Today is {x}. (What|Which) day is (it |)tomorrow?", "If today is {x}, (what|which) day is (it |)tomorrow?", "After {x} comes (what|which day)?", "(It is|It's) {x}. What is tomorrow?", "What comes after {x}?", "What is the day that follows {x}?", "(When|As) (it is|today is) {x}, (which day|what) (is it tomorrow|comes next|will tomorrow be|do we have tomorrow)?", "{x} is followed by what?", "(By|With) (which|what) day is {x} followed?", "{x} is (what|which) day's yesterday?", "~Which day do we have after {x}?", "~When today is {x}, what is tomorrow?", "~{x} is followed by which day?"]
DAY_BEFORE = ["(What|Which) day (comes|is) before {x}?", "(What|Which) (day |)(is the day before|is right before|precedes) {x}?", "(Tell me|Name|Say) the day before {x}(.|)", "The day before {x}(?| is?| is what?)", "Today is {x}. (What|Which) day was (it |)yesterday?", "If today is {x}, (what|which) day was (it |)yesterday?", "Before {x} comes (what|which day)?", "(It is|It's) {x}. What was yesterday?", "What comes before {x}?", "(Which|What) day (has|sees) {x} (right |)after it?", "(Which|What) day's next day is {x}?", "(When|As) (it is|it was|today is) {x}, (which day|what) (was it yesterday|came before|did we have yesterday)?", "~Which day do we have before {x}?", "~When today is {x}, what was yesterday?", "~Which day is followed by {x}?"]
MONTH_AFTER = ["(What|Which) month (comes|is|follows) after {x}?", "(What|Which) (month |)(is the month after|is the next month after|follows) {x}?", "(Tell me|Name|Say) the month after {x}(.|)", "The month after {x}(?| is?| is what?)", "After {x} comes (what|which month)?", "(It is|It's) {x}. What is next month?", "What month follows (|on ){x}?", "{x} is followed by what?", "(By|With) (which|what) month is {x} followed?", "~Which month do we have after {x}?", "~{x} is followed by which month?"]
MONTH_BEFORE = ["(What|Which) month (comes|is) before {x}?", "(What|Which) (month |)(is the month before|is right before|precedes) {x}?", "(Tell me|Name|Say) the month before {x}(.|)", "The month before {x}(?| is?| is what?)", "Before {x} comes (what|which month)?", "(It is|It's) {x}. What was last month?", "(Which|What) month (has|sees) {x} (right |)after it?", "(Which|What) month's next month is {x}?", "~Which month do we have before {x}?", "~Which month is followed by {x}?"]

HOW_MANY = [
    (["How many days (does a week have|are in a week|are there in a week|has a week|make a week)?", "(Tell me|What is) the number of days in a week(.|?)", "(Days in a week|Number of days in a week)?", "A week has how many days?", "How long is a week(| in days)?", "~How many days are there in one week?", "~A week is how many days?"], "A week has seven days."),
    (["How many months (does a year have|are in a year|are there in a year|has a year|make a year)?", "(Tell me|What is) the number of months in a year(.|?)", "(Months in a year|Number of months in a year)?", "A year has how many months?", "~How many months are there in one year?", "~A year is how many months?"], "A year has twelve months."),
    (["How many days (does a year have|are in a year|are there in a year|has a year|make a year)?", "(Tell me|What is) the number of days in a year(.|?)", "(Days in a year|Number of days in a year)?", "A year has how many days?", "How long is a year(| in days)?", "~How many days are there in one year?", "~A year is how many days?"], "A year has 365 days, and a leap year 366."),
    (["How many hours (does a day have|are in a day|are there in a day|has a day|make a day)?", "(Tell me|What is) the number of hours in a day(.|?)", "(Hours in a day|Number of hours in a day)?", "A day has how many hours?", "How long is a day(| in hours)?", "~How many hours are there in one day?", "~A day is how many hours?"], "A day has 24 hours."),
    (["How many minutes (does an hour have|are in an hour|are there in an hour|has an hour|make an hour)?", "(Tell me|What is) the number of minutes in an hour(.|?)", "(Minutes in an hour|Number of minutes in an hour)?", "An hour has how many minutes?", "How long is an hour(| in minutes)?", "~How many minutes are there in one hour?", "~An hour is how many minutes?"], "An hour has 60 minutes."),
    (["How many seconds (does a minute have|are in a minute|are there in a minute|has a minute|make a minute)?", "(Tell me|What is) the number of seconds in a minute(.|?)", "(Seconds in a minute|Number of seconds in a minute)?", "A minute has how many seconds?", "How long is a minute(| in seconds)?", "~How many seconds are there in one minute?", "~A minute is how many seconds?"], "A minute has 60 seconds."),
    (["How many letters (does the alphabet have|are in the alphabet|are there in the alphabet|has the alphabet)?", "(Tell me|What is) the number of letters in the alphabet(.|?)", "(Letters in the alphabet|Number of letters in the alphabet)?", "The alphabet has how many letters?", "How long is the alphabet?", "~How many letters are there in our alphabet?"], "The English alphabet has 26 letters."),
    (["(What|Which) are the (seasons|four seasons)(| of the year)?", "(Name|List|Tell me) the (seasons|four seasons)(| of the year)(.|)", "How many seasons (are there|does a year have|has a year)?", "(Which|What) seasons (are there|do you know|exist|does a year have)?", "~Can you name the seasons?", "~The seasons of the year are?"], "The four seasons are spring, summer, autumn and winter."),
    (["(What|Which) are the days of the week?", "(Name|List|Tell me|Say) the (days of the week|weekdays|seven days|days of a week)(.|)", "(Which|What) (days|weekdays) (are there|does a week have|has a week)?", "~Can you name the days of the week?", "~The days of the week are?"], "Monday, Tuesday, Wednesday, Thursday, Friday, Saturday and Sunday."),
    (["(What|Which) are the (primary|three primary|basic) colours?", "(Name|List|Tell me) (the |)(primary|three|some|basic) colours(.|)", "(Name|List|Tell me|Say|Give me) (the |)(primary|three|some|basic) (colors|colours)(.|)", "(Which|What) colours (are there|do you know|exist)?", "~Can you name some colours?", "~Which three colours can you name?"], "Red, yellow and blue."),
]

COLOUR += ["(What|Which) (colour|color) (do I|do we|can I|can we|would I) (see|notice|find) (on|in|at) {x}?", "(Looking at|When I look at|If I look at|When I see) {x}, (what|which) (colour|color) (is it|do I see|is that|would I see)?", "{x}'s (colour|color)(?|, please.| is what?|: which one?)", "I (see|look at|paint|draw) {x}(.|:|,) (what|which) (colour|color) (is it|does it have|do I need)?"]
DAY_AFTER += ["{x} comes before which day?", "(What|Which) day (will follow|succeeds|is next after|do I have after) {x}?", "{x} is over(.|,) (what|which) day (comes|begins|is it)(| now)?"]
DAY_BEFORE += ["{x} comes after which day?", "(What|Which) day (will be followed by|leads to|do I have before) {x}?", "(What|Which) day (ends|is over) when {x} begins?"]
MONTH_AFTER += ["{x} comes before which month?", "(What|Which) month (will follow|succeeds|is next after|do I have after) {x}?", "{x} is over(.|,) (what|which) month (comes|begins|is it)(| now)?"]
MONTH_BEFORE += ["{x} comes after which month?", "(What|Which) month (will be followed by|leads to|do I have before) {x}?", "(What|Which) month (ends|is over) when {x} begins?"]
CAPITAL += framed(["the capital of {x}", "the capital city of {x}", "{x}'s capital"], ["what the capital of {x} is", "which city is the capital of {x}", "what {x}'s capital is", "how the capital of {x} is called"])
COUNTRY += framed(["the country of {x}", "the country with the capital {x}"], ["where {x} is", "where {x} lies", "in which country {x} is", "which country {x} is in", "of which country {x} is the capital", "what country {x} belongs to"])
COLOUR += framed(["the colour of {x}", "the color of {x}"], ["what colour {x} is", "what color {x} is", "which colour {x} has", "what the colour of {x} is", "of which colour {x} is"])
OPPOSITE += framed(["the opposite of {x}", "the contrary of {x}", "the opposite of the adjective {x}", "a word that means the opposite of {x}"], ["what the opposite of {x} is", "which word is the opposite of {x}", "what the contrary of {x} is"])
BABY += framed(["the name of a young {x}", "the word for a baby {x}", "the young of a {x}"], ["how a young {x} is called", "what a baby {x} is called", "what people call a young {x}"])
SOUND += framed(["the sound of a {x}", "the noise that a {x} makes", "the sound that a {x} makes"], ["what a {x} says", "which sound a {x} makes", "what noise a {x} makes", "how a {x} sounds"])
LEG += framed(["the number of legs of {x}", "the number of legs that {x} has"], ["how many legs {x} has", "on how many legs {x} walks"])
DAY_AFTER += framed(["the day after {x}", "the day that comes after {x}"], ["which day comes after {x}", "what day follows {x}", "what day it is tomorrow if today is {x}"])
DAY_BEFORE += framed(["the day before {x}", "the day that comes before {x}"], ["which day comes before {x}", "what day precedes {x}", "what day it was yesterday if today is {x}"])
MONTH_AFTER += framed(["the month after {x}", "the month that comes after {x}"], ["which month comes after {x}", "what month follows {x}"])
MONTH_BEFORE += framed(["the month before {x}", "the month that comes before {x}"], ["which month comes before {x}", "what month precedes {x}"])
for few, what in zip(HOW_MANY, ("days a week has", "months a year has", "days a year has", "hours a day has", "minutes an hour has", "seconds a minute has", "letters the alphabet has")):
    few[0].extend(framed([f"the number of {what}"], [f"how many {what}"])[::2])


def cap(text):
    return text[0].upper() + text[1:]


def facts(rng, held):
    """A question and its answer."""
    kind = rng.random()
    if kind < 0.30:
        x = rng.choice(list(CAPITALS))
        return ask(CAPITAL, rng, held, x=x), f"The capital of {x} is {CAPITALS[x]}."
    if kind < 0.38:
        x = rng.choice(list(CAPITALS))
        return ask(COUNTRY, rng, held, x=CAPITALS[x]), f"{CAPITALS[x]} is the capital of {x}."
    if kind < 0.52:
        x = rng.choice(list(COLOURS))
        return ask(COLOUR, rng, held, x=x), f"{cap(x)} is {COLOURS[x]}."
    if kind < 0.68:
        pair = rng.choice(OPPOSITES)
        x, y = pair if rng.random() < 0.5 else pair[::-1]
        quoted = rng.random() < 0.3
        return ask(OPPOSITE, rng, held, x=f'"{x}"' if quoted else x), f"The opposite of {x} is {y}."
    if kind < 0.73:
        x = rng.choice(list(YOUNG))
        return ask(BABY, rng, held, x=x), f"A young {x} is called a {YOUNG[x]}."
    if kind < 0.78:
        x = rng.choice(list(SAYS))
        return ask(SOUND, rng, held, x=x), f"A {x} {SAYS[x]}."
    if kind < 0.83:
        x = rng.choice(list(LEGS))
        return ask(LEG, rng, held, x=x), f"{cap(x)} has {LEGS[x]} legs."
    if kind < 0.87:
        i = rng.randrange(7)
        return ask(DAY_AFTER, rng, held, x=DAYS[i]), f"The day after {DAYS[i]} is {DAYS[(i + 1) % 7]}."
    if kind < 0.90:
        i = rng.randrange(7)
        return ask(DAY_BEFORE, rng, held, x=DAYS[i]), f"The day before {DAYS[i]} is {DAYS[(i - 1) % 7]}."
    if kind < 0.93:
        i = rng.randrange(12)
        return ask(MONTH_AFTER, rng, held, x=MONTHS[i]), f"The month after {MONTHS[i]} is {MONTHS[(i + 1) % 12]}."
    if kind < 0.95:
        i = rng.randrange(12)
        return ask(MONTH_BEFORE, rng, held, x=MONTHS[i]), f"The month before {MONTHS[i]} is {MONTHS[(i - 1) % 12]}."
    phrasings, answer = rng.choice(HOW_MANY)
    return ask(phrasings, rng, held), answer
