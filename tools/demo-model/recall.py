"""What the user says of themselves, and is asked for later in the chat."""

from phrasing import ask, framed

NAMES = """Anna Ben Clara David Emma Felix Greta Hugo Ida Jonas Karl Lena Max Nora Oscar Paula Quentin Rosa Simon Tina Uwe Vera Walter Xenia Yara Zoe Adam Bella Carlos Diana Eric Fatima George Hannah Ivan Julia Kevin Laura Mario Nina
Olga Peter Rita Sam Tom Ursula Victor Wendy Yusuf Zara Alice Bob Carol Dan Eve Frank Grace Henry Irene Jack Kate Leo Maria Nick Olivia Paul Rachel Steve Tara Vincent Amir Chen Deepa Elena Farid Gina Hassan Ines Jin Kofi Lucia Mei Nadia Omar Priya Raj Sofia Tariq
Wei Yuki Alex Chris Robin Kim Sasha Marie Louis Pierre Claire Hans Fritz Petra Sven Lars Astrid Bjorn Ingrid Pablo Juan Carmen Pedro Diego Luisa Marco Paolo Chiara Giulia John Mary James Linda Robert Susan Michael Karen William Lisa""".split()
CITIES = "Paris Berlin Rome Madrid London Vienna Oslo Tokyo Boston Chicago Sydney Toronto Munich Hamburg Lyon Milan Naples Porto Seville Dublin Prague Zurich Geneva Basel Cologne Dresden Bergen Krakow Lima Cairo Nairobi Delhi Mumbai Shanghai Seoul Osaka Denver Seattle Dallas Miami".split()
COLOURS = "red blue green yellow orange purple pink brown black white grey turquoise violet gold silver".split()
FOODS = "pizza pasta rice soup salad bread cheese chocolate cake fish curry sushi pancakes potatoes apples bananas strawberries ice cream noodles honey".replace("ice cream", "ice-cream").split()
ANIMALS = "dog cat horse rabbit hamster parrot turtle mouse pony goldfish".split()
JOBS = "teacher doctor nurse baker farmer pilot painter driver cook lawyer student writer programmer gardener tailor plumber dentist carpenter".split()
SYLLABLES = "ba be bi bo bu da de di do du fa fe fi fo ga ge gi go ka ke ki ko ku la le li lo lu ma me mi mo mu na ne ni no nu pa pe pi po ra re ri ro ru sa se si so su ta te ti to tu va ve vi vo wa wi za ze zi zo".split()


def invented(rng):
    """A name that nobody has: it can only be copied."""
    name = "".join(rng.choice(SYLLABLES) for _ in range(rng.randrange(2, 4))) + rng.choice(["", "", "n", "r", "s", "l", "x", "k", "th"])
    return name.capitalize()


def a_name(rng):
    return rng.choice(NAMES) if rng.random() < 0.55 else invented(rng)


# fact: how it is said, what is answered, how it is asked for, what is answered, what is answered if it was never said
FACTS = {
    "name": (
        a_name,
        ["(My name is|My name's|I am|I'm|Call me|I am called|You can call me|They call me|People call me|Please call me) {x}(.|!|)", "(Hi|Hello|Hey)(,|!|) (my name is|I am|I'm|this is) {x}(.|!|)", "{x} is my name(.|!|)", "The name is {x}(.|)", "(This is|It is) {x}(| speaking)(.|)", "(Hello|Hi), {x} here(.|!|)", "(Let me introduce myself|May I introduce myself): (I am|my name is) {x}(.|)", "(I want you to know|Remember|Note|Please remember|Don't forget) that my name is {x}(.|)", "My (first |)name is {x}(.|), and I (like|use|am new to|am trying) (Java|JMR|coffee|books)(.|)", "Hello(,|!) I'm {x}(.|,) (nice to meet you|how are you|and who are you|can you help me)(?|.|!)",
         "~Good morning, my name is {x}.", "~You are talking to {x}.", "~Just so you know, I am {x}.", "~Hi there, {x} is my name."],
        "Nice to meet you, {x}!",
        ["(What is|What's|Do you know|Tell me|Say|Do you remember|Can you tell me|Can you remember) my name(?|.)", "Who am I?", "(What|How) (am I|is my name|was my name) (called|again|)?", "(Do you know|Do you remember|Can you tell me|Tell me|Can you say) (who I am|what my name is|what I am called|how I am called)(?|.)", "(Which|What) name did I (tell|give|say to) you?", "What (did I say|was) my name(| is| was)?", "My name is what?", "(Say|Repeat|Tell me) my name(| again|, please)(.|)", "And what is my name?", "Have you (forgotten|remembered|noted) my name?", "(I forgot|Did you forget|Remind me of|Remind me what is) my name(.|?)", "(What|How) should you call me?", "What do you call me?", "By (what|which) name do you know me?", "How did I introduce myself?", "What was the name (that |)I (told|gave) you?",
         "(Can|Could|Would|Will) you (say|repeat|recall|state|remember) (what my name is|what my name was|the name I gave you|how I am called)(?|.)", "(So|Well|Now)(,|) (my name|what is my name|who am I|my name was)(?| again?)", "(Recall|Remember) my name(.|?|, please.)", "~Could you tell me my name?", "~Now, what was my name again?", "~Please say what my name is.", "~Can you recall my name?", "~What did I tell you my name was?"],
        "Your name is {x}.",
        "You have not told me your name.",
    ),
    "city": (
        lambda rng: rng.choice(CITIES) if rng.random() < 0.7 else invented(rng),
        ["(I live|I am living|I'm living|I reside) in {x}(.|!|)", "(My home is|My home town is|My city is|My town is|I am at home in) {x}(.|)", "(I am|I come|I'm) from {x}(.|)", "I (moved|have moved) to {x}(.|)", "(Remember|Note|Please remember) that I live in {x}(.|)", "We live in {x}(.|)", "I (have|own|rent) a (house|flat|home) in {x}(.|)", "~My house is in {x}.", "~I have lived in {x} for years."],
        "I will remember that you live in {x}.",
        ["Where do I live?", "(In which|In what|Which|What) (city|town|place) do I live(| in)?", "(Do you know|Do you remember|Tell me|Can you tell me) where I (live|am from|come from)(?|.)", "(What is|What's|Tell me) my (city|home town|town|home)(?|.)", "Where (am I|do I come) from?", "(Where|In which city) (is my home|did I say (that |)I live)?", "Which city did I (mention|name|tell you)?", "~What city did I say I live in?", "~Could you tell me where I live?", "~Where is it that I live?"],
        "You live in {x}.",
        "You have not told me where you live.",
    ),
    "colour": (
        lambda rng: rng.choice(COLOURS),
        ["(My favourite colour is|My favorite color is|I like the colour|The colour I like is|I love the colour) {x}(.|!|)", "My (favourite|favorite|best) (colour|color) is {x}(.|)", "{x} is my (favourite|favorite) (colour|color)(.|!|)", "(The colour that |The color |Of all colours )I (like|love) (most|best|the most) is {x}(.|)", "(Remember|Note) that my favourite (colour|color) is {x}(.|)", "I (like|love|prefer) {x} (most|best)(| of all colours)(.|)", "~The (colour|color) that I prefer is {x}.", "~For me {x} is the best (colour|color)."],
        "I will remember that your favourite colour is {x}.",
        ["(What is|What's|Do you know|Tell me|Do you remember|Can you tell me) my (favourite|favorite) (colour|color)(?|.)", "(Which|What) (colour|color) do I (like|love|prefer)(| most| best| the most)?", "(Which|What) is my (favourite|favorite|best) (colour|color)?", "(Which|What) (colour|color) did I (say|tell you|mention|name)?", "(Do you remember|Tell me|Do you know) (which|what) (colour|color) I like(| most| best)(?|.)", "~What did I say my (favourite|favorite) (colour|color) was?", "~Could you tell me which (colour|color) I like best?"],
        "Your favourite colour is {x}.",
        "You have not told me your favourite colour.",
    ),
    "food": (
        lambda rng: rng.choice(FOODS),
        ["(My favourite food is|My favorite food is|I like to eat|I love to eat|I love eating|My favourite dish is|My favourite meal is) {x}(.|!|)", "{x} is my (favourite|favorite) (food|meal|dish)(.|!|)", "(The food that |The food |Of all food )I (like|love) (most|best|the most) is {x}(.|)", "(Remember|Note) that my favourite food is {x}(.|)", "What I (like|love) to eat (most|best|the most) is {x}(.|)", "~The food that I prefer is {x}.", "~For me {x} is the best food."],
        "I will remember that your favourite food is {x}.",
        ["(What is|What's|Do you know|Tell me|Do you remember|Can you tell me) my (favourite|favorite) (food|meal|dish)(?|.)", "(Which|What) (food|meal|dish) do I (like|love|prefer)(| most| best| the most)?", "What do I (like|love) to eat(| most| best)?", "(Which|What) (food|meal|dish) did I (say|tell you|mention|name)?", "(Do you remember|Tell me|Do you know) what I (like|love) to eat(| most| best)(?|.)", "~What did I say my (favourite|favorite) food was?", "~Could you tell me which food I like best?"],
        "Your favourite food is {x}.",
        "You have not told me your favourite food.",
    ),
    "age": (
        lambda rng: rng.randrange(5, 100),
        ["I am {x} years old(.|!|)", "(My age is|I am|I'm) {x}(| years old)(.|)", "I (turned|became|have turned) {x}(| today| this year| last week)(.|!|)", "(Remember|Note) that I am {x} years old(.|)", "{x} is my age(.|)", "I was born {x} years ago(.|)", "~I have reached the age of {x}.", "~People do not believe that I am {x} years old."],
        "I will remember that you are {x} years old.",
        ["How old am I?", "(What is|What's|Do you know|Tell me|Do you remember|Can you tell me) my age(?|.)", "(Do you know|Do you remember|Tell me|Can you tell me) how old I am(?|.)", "(Which|What) age did I (say|tell you|mention)?", "How many years (old am I|am I old)?", "~What did I say my age was?", "~Could you tell me how old I am?"],
        "You are {x} years old.",
        "You have not told me your age.",
    ),
    "job": (
        lambda rng: rng.choice(JOBS),
        ["(I am|I'm|I work as) a {x}(.|!|)", "(My job is|My profession is|My work is) {x}(.|)", "I (earn my money|make a living|have a job) as a {x}(.|)", "(Remember|Note) that I am a {x}(.|)", "My job is to be a {x}(.|)", "~As for my profession, I am a {x}.", "~I have been a {x} for years."],
        "I will remember that you are a {x}.",
        ["(What is|What's|Do you know|Tell me|Do you remember|Can you tell me) my (job|profession|work)(?|.)", "(What|As what) do I work(| as)?", "What do I do for a living?", "(Which|What) (job|profession) (do|did) I (have|say|tell you|mention)?", "(Do you remember|Tell me|Do you know) what (I work as|my job is|I do for a living)(?|.)", "What did I (call|name) my (job|profession)?", "(My job|My profession)(?|, what was it?| is what?|: what did I say?)", "(Could|Would) you (say|recall) (my job|what my job is)?", "~What did I say my job was?", "~Could you tell me what I work as?"],
        "You are a {x}.",
        "You have not told me your job.",
    ),
    "pet": (
        lambda rng: (rng.choice(ANIMALS), a_name(rng)),
        ["(I have a|My|We have a|I own a) {animal} (named|called|with the name) {x}(.|!|)", "My {animal} is (called|named) {x}(.|!|)", "My {animal}'s name is {x}(.|)", "The name of my {animal} is {x}(.|)", "{x} is (my {animal}|the name of my {animal})(.|)", "(Remember|Note) that my {animal} is called {x}(.|)", "~At home I have a {animal} that we call {x}.", "~We named our {animal} {x}."],
        "{x} is a nice name for a {animal}!",
        ["(What is|What's|Do you know|Tell me|Do you remember) (the name of my {animal}|my {animal}'s name)(?|.)", "(What|How) is my {animal} called?", "(Do you remember|Tell me|Do you know|Can you tell me) (what|how) my {animal} is called(?|.)", "(Which|What) name (does my {animal} have|has my {animal})?", "How did I name my {animal}?", "~What did I say my {animal}'s name was?", "~Could you tell me how my {animal} is called?"],
        "Your {animal} is called {x}.",
        "You have not told me about your {animal}.",
    ),
}
WEIGHTS = {"name": 6, "city": 2, "colour": 2, "food": 1, "age": 1.5, "job": 1, "pet": 2}

for kind, nouns, clauses in (
    ("name", ["my name", "my own name", "the name that I told you"], ["what my name is", "who I am", "what I am called", "how I am called", "which name I told you", "how I introduced myself"]),
    ("city", ["my city", "the city where I live", "my home town", "the place where I live"], ["where I live", "in which city I live", "where my home is", "where I am from", "what my city is"]),
    ("colour", ["my favourite colour", "my favorite color", "the colour that I like best"], ["what my favourite colour is", "which colour I like best", "what colour I prefer", "which color I love"]),
    ("food", ["my favourite food", "my favorite food", "the food that I like best"], ["what my favourite food is", "what I like to eat", "which food I like most", "what food I prefer"]),
    ("age", ["my age", "the age that I told you"], ["how old I am", "what my age is", "how many years old I am"]),
    ("job", ["my job", "my profession", "the work that I do"], ["what my job is", "what I do for a living", "what my profession is", "as what I work"]),
    ("pet", ["the name of my {animal}", "my {animal}'s name"], ["what my {animal} is called", "how my {animal} is called", "what the name of my {animal} is", "how I call my {animal}"]),
):
    FACTS[kind][3].extend(framed(nouns, clauses))
    noun = "(" + "|".join(nouns[:2]) + ")"
    FACTS[kind][3].extend([f"What did I (tell you about|mention about|say about|write about) {noun}?", f"What (is|was) {noun}(| again)?", f"(Do you recall|Can you say|Could you say|Could you repeat) {noun}?", f"(I told you|I mentioned|I gave you) {noun}(.|,) what (is|was) it?"])


def fact(rng, kind=None):
    """A fact of the user: its kind and the values of its phrasings."""
    kind = kind or rng.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
    value = FACTS[kind][0](rng)
    return kind, ({"animal": value[0], "x": value[1]} if kind == "pet" else {"x": value})


def upper(text):
    return text[0].upper() + text[1:]


def fill(text, values):
    for name, value in values.items():
        text = text.replace("{" + name + "}", str(value))
    return text


def told(rng, held, kind, values):
    return upper(ask(FACTS[kind][1], rng, held, **values)), upper(fill(FACTS[kind][2], values))


def asked(rng, held, kind, values):
    return ask(FACTS[kind][3], rng, held, **values), fill(FACTS[kind][4], values)


def at_once(rng, held, kind, values):
    """Told and asked for in one message, as a piped text is."""
    first = upper(ask(FACTS[kind][1], rng, held, **values))
    first = first if first[-1] in ".?!" else first + "."
    return first + rng.choice([" ", "\n", " ", "\n", "\n\n"]) + ask(FACTS[kind][3], rng, held, **values), fill(FACTS[kind][4], values)


def unsaid(rng, held, kind=None):
    """Asked for without having been told."""
    kind, values = fact(rng, kind)
    return ask(FACTS[kind][3], rng, held, **values), fill(FACTS[kind][5], values)
