"""Short made-up stories, and plain texts of them."""

from phrasing import ask
from recall import a_name

HEROES = "fox rabbit bear mouse owl cat dog horse robot dragon girl boy king queen knight wizard pirate sailor farmer baker frog bird fish lion elephant turtle hedgehog squirrel princess prince duck cow donkey goat wolf snail bee ghost giant witch".split()
ADJECTIVES = "little young old brave clever lonely curious friendly shy hungry lazy kind proud tired happy".split()
PLACES = ["in a forest", "by the sea", "on a mountain", "in a small village", "in a big city", "in a castle", "on an island", "near a river", "in a garden", "on a farm", "in a desert", "in an old house"]
WANTED = ["a golden key", "a red balloon", "a magic book", "a warm coat", "a lost ring", "a shiny stone", "a new friend", "a sweet apple", "a silver bell", "a treasure", "a blue flower", "a map"]
FRIENDS = ["a wise owl", "a kind old woman", "a small mouse", "a friendly dragon", "a funny frog", "a tall man", "a white horse", "a singing bird", "a tiny fairy", "a black cat"]
TROUBLE = ["a storm came", "it began to rain", "night fell", "the bridge was broken", "the way was long", "a big wall stood there", "the snow was deep", "the door was locked"]
HELP = ["showed the way", "opened the door", "gave a light", "shared some bread", "knew a secret path", "built a small boat", "sang a song", "lent a hand"]
ENDS = ["They became friends and lived happily ever after.", "They laughed, and everything was good.", "From that day on they were never alone.", "They went home together and drank hot tea.", "And everybody in the land was glad.", "They danced until the sun came up."]

TELL = [
    "(Tell|Tell me|Write|Write me|Give me|Make up|Invent|I want|I would like|Let me hear|I want to hear|Read me) a (|short |little |nice |small |funny )(story|tale|fairy tale) about a {x}(.|, please.|!|)", "(Can|Could|Would|Will) you (please |)(tell|write|make up|invent|tell me|write me) a (|short |little |nice )(story|tale) about a {x}?", "A (|short |little )(story|tale) about a {x}(.|, please.|!|)", "(Do you know|Have you got|Have you|Is there) a (|short |nice )(story|tale) about a {x}?", "(Tell me|Write) (something|a few sentences) about a {x}(.|)", "(Story|Tale) about a {x}(.|, please.|)", "(Please |)(tell|write) (|me )a story (with|of|in which there is) a {x}(.|)", "I (like|love) stories about a {x}. (Tell me one|Do you know one|Write one)(.|?)",
    "(I|We) (want|would like|wish|like|need) to (hear|read|have) a (|short |little |nice |funny )(story|tale) (about|of|with) a {x}(.|, please.|)", "(Let us hear|Let me read|Let's have|Let me have|Invent|Think of) a (|short |little )(story|tale) (about|with) a {x}(.|)", "(Write|Tell|Make up) a (story|tale) (where|in which|that has) a {x} (lives|plays a role|is the hero|does something)(.|)", "(Have|Do) you (got|know|have) (a|any|some) (|nice |good )(story|tale|stories) (with|about) a {x}?", "A {x} (should|shall|must) be in (the|a|my) story(.|)", "(Once more a|Another|One more) (story|tale) about a {x}(.|, please.|)",
    "(Write|Tell|Invent) (me |us |)a (tale|story) in which (there is|we meet|we find|I meet|you have) a {x}(.|)", "(Please |)(write|tell|read) (a|the) tale (about|of|with) a {x}(.|)", "A tale (where|in which) a {x} (comes|lives|is seen|walks in)(.|, please.)", "~I'd love to hear a story about a {x}.", "~Let us have a story with a {x}.", "~Please write a tale in which a {x} appears.", "~Do you have a story about a {x} for me?",
]
ANY = ["(Tell|Tell me|Write|Write me|Give me|Make up|Invent|I want|I would like|Read me) a (|short |little |nice |small |funny |bedtime |made-up )(story|tale|fairy tale)(.|, please.|!|)", "(Can|Could|Would|Will) you (please |)(tell|write|make up|tell me|invent) a (|short |nice |bedtime )(story|tale)?", "(Do you know|Have you got) a (|short |nice |good )(story|tale)(| for me)?", "(A|One) (story|short story|tale), please(.|)", "I want to hear a (story|tale)(.|)", "(Story|Story time)(!|, please|.)", "(I|We) (would like|wish|need|want) (to hear |to read |)(a|one|some) (|short |nice )(story|tale)(.|, please.|)", "(Let us hear|Let me read|Think of|Make up|Invent) (a|some|any) (|short |nice )(story|tale)(| for me| for us)(.|)", "Do you (know|have|tell) (any |some |)stories?", "(Another|One more|A new) (story|tale)(|, please)(.|!)", "Tell (me|us) (any|some|one) of your (tales|favourite stories)(.|)", "~Let me hear one of your stories.", "~I'd love to hear a story.", "~Please make up some story for me."]


def article(word):
    return ("an " if word[0] in "aeiou" else "a ") + word


def story(rng, hero):
    """Five or six sentences; the hero is the one that was asked for."""
    adjective, name = rng.choice(ADJECTIVES), a_name(rng)
    wanted, friend = rng.choice(WANTED), rng.choice(FRIENDS)
    text = [
        f"Once upon a time there was {article(adjective)} {hero} called {name}, who lived {rng.choice(PLACES)}.",
        f"One day {name} went out to find {wanted}.",
        f"On the way {rng.choice(TROUBLE)}, and {name} did not know what to do.",
        f"Then {friend} came and {rng.choice(HELP)}.",
        f"Together they found {wanted}.",
        rng.choice(ENDS),
    ]
    return " ".join(text)


def stories(rng, held):
    """A wish for a story, the story, and its hero."""
    hero = rng.choice(HEROES)
    if rng.random() < 0.7:
        text = ask(TELL, rng, held, x=hero)
        if hero[0] in "aeiou":
            text = text.replace(f" a {hero}", f" an {hero}")
        return text, story(rng, hero), hero
    return ask(ANY, rng, held), story(rng, hero), ""


def plain(rng):
    """A text without a chat: a few stories, one after the other. What perplexity is measured with."""
    return "\n".join(story(rng, rng.choice(HEROES)) for _ in range(rng.randrange(1, 4)))
