"""Calls of tools, and answers from their results: weather, time and calculator, under many names."""

import json

from phrasing import ask, careless, chosen, expand, framed
from recall import CITIES, invented
from facts import CAPITALS

PLACES = sorted(set(CITIES) | {c for c in CAPITALS.values()})
SKIES = "sunny cloudy rainy snowy windy foggy stormy clear".split()

# tool: names, descriptions, names of its parameter, descriptions of that
TOOLS = {
    "weather": (["get_weather", "weather", "current_weather", "get_current_weather", "weather_now", "fetch_weather"],
                ["Current weather of a city", "Get the weather", "Get the current weather of a place", "Weather at a place", "Tells the weather in a city"],
                ["city", "location", "place", "town"], ["Name of the city", "The city", "Where", "The place, for example Paris"]),
    "time": (["get_time", "time", "current_time", "get_current_time", "time_now", "clock"],
             ["Current time in a city", "Get the time", "Get the current time of a place", "Time at a place", "Tells the time in a city"],
             ["city", "location", "place", "town"], ["Name of the city", "The city", "Where", "The place, for example Paris"]),
    "calculator": (["calculator", "calculate", "compute", "evaluate", "math", "calc"],
                   ["Calculate an expression", "Evaluates arithmetic", "Compute the value of an expression", "A calculator"],
                   ["expression", "formula", "input", "calculation"], ["The expression", "For example 2 + 3", "What to calculate", "An arithmetic expression"]),
}

WEATHER = [
    "(What is|What's|How is|How's|Tell me|Show me|Check|Give me|Look up) the weather (in|for|at) {x}(?|.)", "(What is|What's|How is|How's) the weather (like |)in {x}(| today| now| right now| at the moment| like)?", "(Is it|Is it going to be|Will it be) (cold|warm|hot|sunny|raining|rainy|snowing|windy|cloudy|nice|wet) in {x}(| today| now| right now)?", "(What|Which) (temperature is it|temperature does it have|temperature is there) in {x}(| now| today)?", "(What is|What's|Tell me|How high is) the temperature (in|of|for) {x}(?|.)", "How (cold|warm|hot) is it in {x}(| today| now| right now)?", "(Do I need|Should I take|Will I need) (an umbrella|a coat|a jacket|sunglasses)(| today) in {x}(| today)?", "(Can you|Could you|Please) (tell me|check|look up|find out) (the weather in|how the weather is in|what the weather is in|what the weather is like in) {x}(?|.)", "(I want|I need|I would like) (to know |)the weather (in|of|for) {x}(.|)", "Weather (in|for|of) {x}(| today| please| now)(?|.|)", "{x} weather(| today| now)(?|.|)", "(I am|I'm) (going|travelling|flying) to {x}(.|,) (how|what) is the weather(| there| like there)?", "Does (it rain|the sun shine|it snow) in {x}(| now| today| right now)?", "(What is|Tell me) the (forecast|weather forecast|weather report) (for|in|of) {x}(?|.)", "How does the weather look in {x}?", "What weather (do they have|is there|does it have) in {x}(| today| now)?", "The weather in {x}(?|, please.| is how?)",
    "(Will|Would) you (find out|check|look up) (whether|if) (it snows|the sun shines|it is cold|there is wind) in {x}?", "(What|Which) (sort|kind|type) of weather (do they have|does it have|have they|is it) in {x}(| now)?", "(Let me see|Let me have|Let me hear|Let us see) the (weather|temperature) (in|for|at) {x}(.|)", "(Is|Will) there (be |)(sunshine|wind|hail|fog|clouds) in {x}(| today| now| right now)?", "How (cold|hot|windy|wet|warm) will (I|we) (be|find it|feel) in {x}?", "~Could you find out whether it rains in {x}?", "~What sort of weather is there in {x} today?", "~How warm will I have it in {x}?", "~I would love to know what the weather in {x} is.", "~Let me know the weather of {x}.", "~Is there (sun|rain|snow) in {x} today?",
]
TIME = [
    "(What is|What's|Tell me|Show me|Check|Give me|Look up) the (time|current time|local time) (in|for|at|of) {x}(?|.)", "(What|Which) time is it (in|at) {x}(| now| right now| at the moment)?", "(What|Which) time (do they have|is it now|have they|have people) in {x}?", "How late is it in {x}(| now| right now)?", "(Can you|Could you|Please) (tell me|check|look up|find out) (the time in|what time it is in|how late it is in) {x}(?|.)", "(I want|I need|I would like) (to know |)(the time|what time it is) in {x}(.|)", "(Time|Current time|Local time) (in|for|of) {x}(| please| now)(?|.|)", "{x} time(| now)(?|.|)", "(I want to|I have to|I must) call (someone|a friend|my mother) in {x}(.|,) what time is it(| there)?", "(Is it|Is it already) (late|early|night|morning|evening|day|noon|midnight) in {x}(| now| right now)?", "What does the clock (say|show) in {x}?", "What hour is it in {x}(| now)?", "The time in {x}(?|, please.| is what?)",
    "(Is it|Is it now|Is it yet|Is it not) (still |yet |)(dark|daytime|night-time|early|late|noon|afternoon) in {x}(| now)?", "(Is it|Would it be) (morning|evening|night) (already|now|yet|there) in {x}?", "(Let me see|Let me have|Let me hear|Let us see) the (time|hour|clock) (in|for|at|of) {x}(.|)", "(What o'clock|How late) (may|should|would) it be (now |)in {x}?", "I (am curious|need|have) to know (the|what) (hour|o'clock) (it is |)in {x}(.|)", "~How late might it be in {x}?", "~I would love to know what time it is in {x}.", "~Let me know the local time of {x}.", "~What o'clock is it in {x}?", "~Is it still (morning|evening|night) in {x}?",
]
CALCULATE = [
    "(What is|What's|How much is|Calculate|Compute|Work out|Evaluate|Solve) {x}(?|.)", "{x}(| =| = ?|?)", "(Can|Could) you (calculate|compute|work out|solve|evaluate) {x}(| for me)?", "(Tell me|Give me) (the result of|what is) {x}(.|)", "(What is|What's) the (result|value|answer) of {x}?", "(I need|I want) (the result of|to know) {x}(.|)", "(Please |)(calculate|compute|evaluate) {x}(| with the tool| with the calculator| exactly)(.|)", "(Use|Take) the (calculator|tool) (for|to calculate|to compute): {x}(.|)", "How much (does|would) {x} (make|give|be)?", "The result of {x}(?|, please.)",
    "~What does {x} come to?", "~Find the value of {x}.", "~Would you compute {x} for me?", "~What number is {x}?",
]
BOTH = ["{a} (And|Also,|And also:|Then:) {b}", "{a} {b}", "(Two questions:|Two things:|First:) {a} (And|Second:|Then:) {b}", "~Answer both: {a} And {b}", "~{a} In addition: {b}"]
BOTH += ["(Tell me both|Both of these|Answer these|I have two questions|Answer two things): {a} (And|And also:|Then:|Plus:|) {b}", "{a} (Besides:|Moreover:|Next:|Plus:|As well:|And then:) {b}"]
BOTH_WEATHER = ["(What is|What's|How is|Tell me|Check) the weather in {x} and (in |){y}(?|.)", "(How is|Compare|Show me|Give me|I need) the weather (in|of|for) {x} and {y}(?|.)", "(How warm|How cold|How hot) is it in {x} and (in |){y}?", "Weather (in|for) {x} and {y}(?|.|)", "(Is it|Where is it) (warmer|colder|nicer|hotter)(,| in) {x} or (in |){y}?", "~I need to know how the weather is in {x} and {y}.", "~Look at the weather of {x} and {y}."]
BOTH_TIME = ["(What is|What's|Tell me|Check) the time in {x} and (in |){y}(?|.)", "(What time is it|How late is it) in {x} and (in |){y}?", "Time (in|for) {x} and {y}(?|.|)", "(I need|Compare|Give me) the time (in|of) {x} and {y}(.|)", "~I need to know what time it is in {x} and {y}.", "~Look up the clock of {x} and {y}."]
ONE_PLACE = ["(What is|What's|Tell me|Check) the (weather and the time|time and the weather|weather and time|time and weather) (in|for|of) {x}(?|.)", "(How is the weather in {x}, and what time is it|What time is it in {x}, and how is the weather)(| there)?", "(Weather and time|Time and weather) (in|for|of) {x}(?|.|)", "(I need|Give me) the (weather and the time|time and the weather) (in|of|for) {x}(.|)", "(For|In|Of) {x}, (give me|tell me|show me|I want) (the |)(weather and time|time and weather|weather and the time)(.|)", "(Weather|The weather), (and|and also) the time(,| please,|) (in|for) {x}(.|, please.)", "~For {x} I need both weather and time.", "~Let me know {x}'s weather and time."]

WEATHER += ["{x}'s weather(?|, please.| now?| today?)", "(Tell me|Give me|I need|Show me) {x}'s (weather|temperature)(.|)", "(See|Watch|View|Find) the weather (of|in) {x}(.|)", "How (warm|cold|hot|nice|wet|windy) (may|might|could|will) it be in {x}(| today| now)?", "(Is|Was) there (wind|fog|a storm|thunder) in {x}(| now| today)?"]
TIME += ["{x}'s time(?|, please.| now?)", "(Tell me|Give me|I need|Show me) {x}'s (time|local time)(.|)", "(Find|See|Look up) (the clock|the hour|the time) (of|in) {x}(.|)", "How late (is it now|would it be|may it be|could it be) in {x}?", "What (o'clock|hour) (do they have|do people have) in {x}?"]
CALCULATE += ["(Will|Would) you (calculate|solve|work out) {x}(| for me)?", "(Find|Get|Determine) (the result of|what is) {x}(.|)", "What (do I get for|comes out of|is the outcome of) {x}?", "(Number|Value|Result): {x}"]
ONE_PLACE += ["(Tell me|Give me|I need|Show me) {x}'s (time and weather|weather and time)(.|)", "{x}'s (time and weather|weather and time)(?|.|)", "(Both weather and time|Both time and weather|Time as well as weather|Weather as well as time) (in|for|of) {x}(.|, please.)"]
ONE_PLACE += ["(As for|About|Regarding|At) {x}(,|:) I (want|would like|wish for|ask for) (both |)(time and weather|weather and time)(.|, please.|)", "{x}(:|,) (both |)(weather and time|time and weather)(.|?|, please.)", "(In|For|At) {x} I (want|must know|have to know|would like) both (time and weather|the weather and the time|the time and the weather)(.|)"]
BOTH_WEATHER += ["(See|Check out|View|Show) the weather (of|in) {x} and (of |in |){y}(.|)", "(How about|What about) the weather in {x} and {y}?"]
BOTH_TIME += ["(See|Check out|View|Show) the (time|clock) (of|in) {x} and (of |in |){y}(.|)", "(How about|What about) the time in {x} and {y}?"]
WEATHER += framed(["the weather in {x}", "the temperature in {x}", "the weather report for {x}", "the current weather of {x}"], ["how the weather is in {x}", "what the weather is like in {x}", "how warm it is in {x}", "how cold it is in {x}", "whether it rains in {x}", "whether the sun shines in {x}", "if it is raining in {x}", "what the temperature in {x} is"])
TIME += framed(["the time in {x}", "the local time in {x}", "the current time in {x}", "the hour in {x}"], ["what time it is in {x}", "how late it is in {x}", "what the time in {x} is", "what the clock says in {x}", "whether it is late in {x}"])
CALCULATE += framed(["the result of {x}", "the value of {x}", "the answer to {x}"], ["what {x} is", "how much {x} is", "what the result of {x} is", "what {x} makes"])
BOTH_WEATHER += framed(["the weather in {x} and {y}", "the weather in {x} and in {y}"], ["how the weather is in {x} and {y}", "what the weather is like in {x} and in {y}", "how warm it is in {x} and {y}"])[::2]
BOTH_TIME += framed(["the time in {x} and {y}", "the time in {x} and in {y}"], ["what time it is in {x} and {y}", "how late it is in {x} and in {y}"])[::2]
ONE_PLACE += framed(["the weather and the time in {x}", "the time and the weather of {x}"], ["what the weather and the time in {x} are"])[::2]


class Tool:
    """A tool of one of the three kinds under one of its names."""

    def __init__(self, rng, kind):
        names, descriptions, parameters, meanings = TOOLS[kind]
        self.kind = kind
        self.name, self.parameter = rng.choice(names), rng.choice(parameters)
        function = {"name": self.name, "description": rng.choice(descriptions)}
        property_ = {"type": "string"}
        if rng.random() < 0.5:
            property_["description"] = rng.choice(meanings)
        function["parameters"] = {"type": "object", "properties": {self.parameter: property_}, "required": [self.parameter]}
        self.json = {"type": "function", "function": function}

    def call(self, value):
        return {"name": self.name, "arguments": {self.parameter: value}}


def kit(rng, *needed):
    """Tools in any order, with these kinds among them."""
    kinds = list(needed) + [k for k in TOOLS if k not in needed and rng.random() < 0.5]
    rng.shuffle(kinds)
    while True:
        tools = {k: Tool(rng, k) for k in kinds}
        if len({t.name for t in tools.values()}) == len(tools):
            return tools


def place(rng):
    return rng.choice(PLACES) if rng.random() < 0.75 else invented(rng)


def expression(rng):
    """Written with signs: how it is asked, and how it is handed to the tool."""
    op = rng.choice("+-*/")
    a, b = (rng.randrange(1, 10 ** rng.randrange(2, 5)) for _ in range(2))
    text = f"{a} {op} {b}"
    if rng.random() < 0.2:
        text += f" {rng.choice('+-*')} {rng.randrange(1, 100)}"
    return text


def result(rng, tool, value):
    """What a tool answers, and the sentence that says it."""
    if tool.kind == "weather":
        degrees, sky = rng.randrange(-15, 41), rng.choice(SKIES)
        fields = {tool.parameter: value, rng.choice(["temperature", "temp", "degrees", "celsius"]): degrees, rng.choice(["condition", "sky", "weather", "description"]): sky}
        if rng.random() < 0.4:
            fields.pop(tool.parameter)
        return json.dumps(fields), f"It is {degrees} degrees and {sky} in {value}."
    if tool.kind == "time":
        clock = f"{rng.randrange(24):02d}:{rng.randrange(60):02d}"
        fields = {tool.parameter: value, rng.choice(["time", "clock", "local_time"]): clock}
        if rng.random() < 0.5:
            fields.pop(tool.parameter)
        return (clock if rng.random() < 0.15 else json.dumps(fields)), f"It is {clock} in {value}."
    number = rng.randrange(10 ** rng.randrange(1, 6))
    return (str(number) if rng.random() < 0.4 else json.dumps({rng.choice(["result", "value", "answer"]): number})), f"The result of {value} is {number}."


def question(rng, held, kind, value):
    return ask({"weather": WEATHER, "time": TIME, "calculator": CALCULATE}[kind], rng, held, x=value)


def value_of(rng, kind):
    return expression(rng) if kind == "calculator" else place(rng)


def calls(rng, held):
    """Tools, a question, and the calls that answer it as pairs of tool and value."""
    draw = rng.random()
    if draw < 0.62:
        kind = rng.choice(["weather", "weather", "time", "time", "calculator"])
        tools, value = kit(rng, kind), value_of(rng, kind)
        return tools, question(rng, held, kind, value), [(tools[kind], value)]
    if draw < 0.76:
        kind = rng.choice(["weather", "time"])
        tools, x, y = kit(rng, kind), place(rng), place(rng)
        return tools, ask(BOTH_WEATHER if kind == "weather" else BOTH_TIME, rng, held, x=x, y=y), [(tools[kind], x), (tools[kind], y)]
    if draw < 0.88:
        tools, x = kit(rng, "weather", "time"), place(rng)
        text = ask(ONE_PLACE, rng, held, x=x)
        said = text.lower()
        kinds = sorted(["weather", "time"], key=said.index)
        return tools, text, [(tools[k], x) for k in kinds]
    kinds = rng.sample(list(TOOLS), 2)
    tools = kit(rng, *kinds)
    values = [value_of(rng, k) for k in kinds]
    parts = []
    for k, v in zip(kinds, values):
        source = {"weather": WEATHER, "time": TIME, "calculator": CALCULATE}[k]
        part = expand(rng.choice([p for p in chosen(source, False) if "{x}" in p]), rng, x=v)
        parts.append(part if part[-1] in ".?" else part + ("?" if k != "calculator" else "."))
    text = careless(expand(rng.choice(chosen(BOTH, held)), rng, a=parts[0], b=parts[1]), rng)
    return tools, text, [(tools[k], v) for k, v in zip(kinds, values)]
