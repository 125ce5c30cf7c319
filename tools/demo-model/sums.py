"""Arithmetic with small numbers, comparing and counting."""

from phrasing import ask, framed

# Words and signs of each operation, as they stand between two numbers.
PLUS, MINUS, TIMES, OVER = ("plus", "+"), ("minus", "-"), ("times", "*", "x"), ("divided by", "/")

BETWEEN = [
    "(What is|What's|What are|How much is|How much are|Calculate|Compute|Work out) {a} {op} {b}(?|.|)", "{a} {op} {b}(| =| = ?|?| is?| is what?| equals?| equals what?| makes?| is how much?| makes what?)", "(Can|Could|Would) you (calculate|compute|tell me|solve|work out|add up|say) (what {a} {op} {b} is|{a} {op} {b})?", "(Tell me|Say|Give me) (what {a} {op} {b} is|the result of {a} {op} {b})(.|)", "(What is|What's) the (result|answer|value) of {a} {op} {b}?", "(Do you know|I need|I want) (what {a} {op} {b} is|the result of {a} {op} {b})(?|.)", "(Solve|Evaluate|Do|Answer)(|:| this:) {a} {op} {b}(.|)", "How much (does|would) {a} {op} {b} (make|give|be)?", "What (does|would|do) {a} {op} {b} (make|give|equal|be)?", "(Result|Answer) of {a} {op} {b}(?|)", "{a} {op} {b}, (what is it|how much is that|what does that make|please)(?|)", "(Please |)(calculate|compute|work out) {a} {op} {b}( for me|)(.|)", "If I calculate {a} {op} {b}, what do I get?", "What do I get for {a} {op} {b}?", "A little arithmetic: {a} {op} {b}(?|.)", "(I have a sum|A sum|A calculation|Maths|Math)(| for you): {a} {op} {b}(?|.|)", "What comes out of {a} {op} {b}?",
    "~What number is {a} {op} {b}?", "~Please tell me how much {a} {op} {b} is.", "~{a} {op} {b} gives?", "~May I ask what {a} {op} {b} is?", "~What do you get when you calculate {a} {op} {b}?", "~Quickly calculate {a} {op} {b}.",
]
ADD = ["(Add|Sum|Add up|Sum up|Add together) {a} and {b}(.|)", "(What is|What's|Tell me|Give me|Calculate) the sum of {a} and {b}(?|.)", "(What do I get|What is it|What happens) if I add {b} to {a}?", "Add {b} to {a}(.|)", "How much (are|is|do) {a} and {b}(| together| make| in all)?", "{a} and {b} (together|is|are|make|makes)(| what| how much)?", "(I have|Tom has|Anna has) {a} apples and (get|gets|buy|buys|find|finds) {b} more. How many apples (are there|are that|is that)(| now| in all)?", "There are {a} birds, and {b} more come. How many (birds |)are there(| now)?", "What is {b} more than {a}?", "(The |the )sum of {a} and {b}(?| is?)", "~How much do I get if I add {b} to {a}?", "(I|We) (have|own|hold) {a} (coins|books|cards|balls) and (find|win|buy|earn|get) {b} (more|others|new ones). (How many|How many in all) (do I|do we) have(| now| then| together)?", "~{a} and {b}, what is the sum?", "~I have {a} coins and find {b} more. How many do I have?"]
SUBTRACT = ["(Subtract|Take|Take away|Deduct) {b} from {a}(.|)", "(What is|What's|Tell me|Give me|Calculate) the difference (of|between) {a} and {b}(?|.)", "What (is left|remains) if I take {b} (away |)from {a}?", "(What do I get|What happens|What is it) if I (subtract|take) {b} from {a}?", "How much is {a} less {b}?", "(I have|Tom has|Anna has) {a} apples and (give|gives|eat|eats|lose|loses) {b}(| of them| away). How many (are left|remain|apples are left)?", "There are {a} birds, and {b} fly away. How many (are left|birds are left|remain)?", "What is {b} less than {a}?", "{a} take away {b}(?| is?)", "(What|How much|How many) (is left|remains|is that) (when|if|after) {b} (is|are) (taken away|subtracted|removed|gone) from {a}?", "{b} (subtracted|taken|less|away) from {a}(?| is?|: how much is that?|, what is left?)", "(From {a} take {b}|{a} without {b}|{b} off {a})(.|?|: how much is left?|, what remains?)", "I (have|had|own) {a} (coins|euros|cakes|books) and (lose|pay|use|sell|give away) {b}. (How many|How much) (do I have|are|is) (left|now)?", "~What remains when {b} is taken from {a}?", "~{b} from {a}, how much is left?", "~I have {a} coins and spend {b}. How many do I have left?"]
MULTIPLY = ["(Multiply|Take) {a} (by|with|times) {b}(.|)", "(What is|What's|Tell me|Give me|Calculate) the product of {a} and {b}(?|.)", "What (do I get|is it|happens) if I multiply {a} (by|with|and) {b}?", "How much is {a} multiplied (by|with) {b}?", "{a} multiplied by {b}(?| is?| is what?)", "What is {a} multiplied by {b}?", "(There are|I have|Anna has) {a} boxes with {b} apples each. How many apples (are there|are that|is that)(| in all)?", "(The |the )product of {a} and {b}(?| is?)", "(Multiplying|When I multiply|If you multiply) {a} (by|with|and) {b}(?|, what is it?| gives?|, what do I get?)", "{a} and {b} (multiplied together|as a product|times each other)(?|, what is it?)", "(I have|There are|Tom has|We have) {a} (bags|baskets|tables|boxes) with {b} (balls|eggs|chairs|books|apples) (each|in each). (How many|How much) (are there|is that|do I have|are that)(| in all| together)?", "{a} (bags|boxes|rows) of {b} (coins|eggs|apples)(:|,) how many(| are that| in all)?", "~What is the result of multiplying {a} by {b}?", "~{a} and {b} multiplied, how much is that?", "~I have {a} bags with {b} coins each. How many coins are that?"]
DIVIDE = ["Divide {a} by {b}(.|)", "(What is|What's|Tell me|Give me|Calculate) the quotient of {a} and {b}(?|.)", "What (do I get|is it|happens) if I divide {a} by {b}?", "How often (does {b} fit into|goes {b} into|is {b} in) {a}?", "How many times does {b} (go|fit) into {a}?", "(Share|Split) {a} (apples |)among {b} (people|children|friends). How many (does each get|for each)?", "{a} apples are shared by {b} children. How many does each (child |)get?", "(Dividing|When I divide|If you divide) {a} by {b}(?|, what is it?| gives?|, what do I get?)", "(When|If) {b} (children|people|boys|girls) (share|divide|split) {a} (apples|cakes|cookies|euros), how (many|much) (does each get|has each|gets each)?", "{b} (friends|people|children) (share|split) {a} (apples|cookies|euros). How many (does each get|for each|per person)?", "~What is the result of dividing {a} by {b}?", "~If {b} friends share {a} coins, how many does each get?"]
DOUBLE = ["(What is|What's|Tell me|Calculate) (double|twice|the double of|two times) {a}(?|.)", "(Double|Twice) {a}(.|?| is?)", "(How much is|What is) {a} doubled?", "Can you double {a}?", "~Please double {a}.", "~How much is twice {a}?"]
HALF = ["(What is|What's|Tell me|Calculate) (half of|the half of|one half of) {a}(?|.)", "Half of {a}(.|?| is?)", "(How much is|What is) {a} halved?", "Can you halve {a}?", "~Please halve {a}.", "~How much is half of {a}?"]
LARGER = ["(Which|What) (is|number is) (larger|bigger|greater|more), {a} or {b}?", "(Which|What) (is|number is) (larger|bigger|greater|more): {a} or {b}?", "(Is|Which is more:) {a} or {b} (larger|bigger|greater)?", "(Tell me|Say|Name) the (larger|bigger|greater) (number |one |)of {a} and {b}(.|)", "(Which|What) (number |one |)of {a} and {b} is (larger|bigger|greater)?", "What is the (maximum|larger one) of {a} and {b}?", "{a} or {b}: (which is|what is|is) (larger|bigger|greater|more)?", "{a} or {b}(, what is (larger|bigger)| - the larger one)?", "(From|Among|Between) {a} and {b}, (which|what) (number |one |)is (larger|bigger|greater)?", "(Of|From) {a} and {b}, (name|say|tell me|take) the (larger|greater|bigger)(.| one.| number.)", "~{a} or {b}, which is (larger|bigger)?", "~Of {a} and {b}, which number is greater?"]
SMALLER = ["(Which|What) (is|number is) (smaller|less|lower), {a} or {b}?", "(Which|What) (is|number is) (smaller|less|lower): {a} or {b}?", "Is {a} or {b} (smaller|lower|less)?", "(Tell me|Say|Name) the (smaller|lower) (number |one |)of {a} and {b}(.|)", "(Which|What) (number |one |)of {a} and {b} is (smaller|lower)?", "What is the (minimum|smaller one) of {a} and {b}?", "{a} or {b}: (which is|what is|is) (smaller|less|lower)?", "{a} or {b}(, what is (smaller|less)| - the smaller one)?", "(From|Among|Between) {a} and {b}, (which|what) (number |one |)is (smaller|less|lower)?", "(Of|From) {a} and {b}, (name|say|tell me|take) the (smaller|lesser|lower)(.| one.| number.)", "~{a} or {b}, which is (smaller|lower)?", "~Of {a} and {b}, which number is less?"]
COUNT = ["Count (to|up to) {b}(.|, please.|)", "(Can|Could) you count (to|up to) {b}?", "(Count|Please count) from 1 to {b}(.|)", "(List|Say|Write|Give me|Tell me) the numbers (from 1 |)(to|up to) {b}(.|)", "(I want you to|Please) count (to|up to) {b}(.|)", "(Write|List|Print|Say|Show) (all |the |all the |)numbers (between 1 and|from one to|1 to|from 1 until) {b}(.|)", "(Write|Put) down (all |the )numbers (from 1 |)(to|up to) {b}(.|)", "(All|The) numbers (from 1 to|up to) {b}(.|, please.)", "~Would you count up to {b}?", "~Write all numbers from 1 to {b}."]
NEXT = ["(What|Which) number (comes|is|follows) after {a}?", "(What|Which) (number |)follows {a}?", "(What|Which) is the (next number|number) after {a}?", "(What is|Tell me|Say) the number after {a}(?|.)", "~After {a} comes which number?", "~The number that follows {a}?"]
EVEN = ["Is {a} (even or odd|odd or even)?", "Is {a} an? (even|odd) number?", "Is (the number |){a} (even|odd)?", "(Tell me|Say) (if|whether) {a} is (even or odd|odd or even|even|odd)(.|)", "{a}: (even or odd|odd or even)?", "~Do you know whether {a} is even or odd?", "~Even or odd: {a}?"]

BETWEEN += framed(["{a} {op} {b}", "the result of {a} {op} {b}", "the value of {a} {op} {b}", "the answer to {a} {op} {b}"], ["what {a} {op} {b} is", "how much {a} {op} {b} is", "what {a} {op} {b} makes", "what the result of {a} {op} {b} is"])
ADD += framed(["the sum of {a} and {b}", "the total of {a} and {b}"], ["what the sum of {a} and {b} is", "how much {a} and {b} are together", "what {a} and {b} make"])
SUBTRACT += framed(["the difference of {a} and {b}", "the difference between {a} and {b}"], ["what the difference of {a} and {b} is", "what is left if I take {b} from {a}", "how much {a} less {b} is"])
MULTIPLY += framed(["the product of {a} and {b}", "{a} multiplied by {b}"], ["what the product of {a} and {b} is", "how much {a} multiplied by {b} is"])
DIVIDE += framed(["the quotient of {a} and {b}", "{a} divided by {b}"], ["what {a} divided by {b} is", "how often {b} fits into {a}", "how many times {b} goes into {a}"])
DOUBLE += framed(["twice {a}", "the double of {a}"], ["what twice {a} is", "how much double {a} is"])
HALF += framed(["half of {a}", "the half of {a}"], ["what half of {a} is", "how much half of {a} is"])
LARGER += framed(["the larger number of {a} and {b}", "the greater of {a} and {b}"], ["which is larger, {a} or {b}", "whether {a} or {b} is larger", "which of {a} and {b} is the greater number"])
SMALLER += framed(["the smaller number of {a} and {b}", "the lesser of {a} and {b}"], ["which is smaller, {a} or {b}", "whether {a} or {b} is smaller", "which of {a} and {b} is the smaller number"])
NEXT += framed(["the number after {a}", "the next number after {a}"], ["which number comes after {a}", "what number follows {a}"])
EVEN += framed([], ["whether {a} is an even number", "whether {a} is odd or even", "if {a} is odd"])


def small(rng):
    """Mostly up to 20, never above 50."""
    return rng.randrange(21) if rng.random() < 0.8 else rng.randrange(51)


def sums(rng, held):
    """A question and its answer: `a op b = c.`"""
    kind = rng.random()
    if kind < 0.36:
        a, b = small(rng), small(rng)
        op = PLUS
        own, answer = ADD, f"{a} plus {b} is {a + b}."
    elif kind < 0.60:
        a = small(rng)
        b = rng.randrange(a + 1)
        op, own, answer = MINUS, SUBTRACT, f"{a} minus {b} is {a - b}."
    elif kind < 0.74:
        a, b = rng.randrange(1, 11), rng.randrange(1, 11)
        op, own, answer = TIMES, MULTIPLY, f"{a} times {b} is {a * b}."
    elif kind < 0.82:
        b, c = rng.randrange(1, 11), rng.randrange(1, 11)
        a = b * c
        op, own, answer = OVER, DIVIDE, f"{a} divided by {b} is {c}."
    elif kind < 0.85:
        a = rng.randrange(51)
        return ask(DOUBLE, rng, held, a=a), f"Twice {a} is {2 * a}."
    elif kind < 0.87:
        a = 2 * rng.randrange(51)
        return ask(HALF, rng, held, a=a), f"Half of {a} is {a // 2}."
    elif kind < 0.93:
        a, b = rng.sample(range(101), 2)
        if rng.random() < 0.6:
            return ask(LARGER, rng, held, a=a, b=b), f"{max(a, b)} is larger than {min(a, b)}."
        return ask(SMALLER, rng, held, a=a, b=b), f"{min(a, b)} is smaller than {max(a, b)}."
    elif kind < 0.96:
        b = rng.randrange(3, 13)
        return ask(COUNT, rng, held, b=b), ", ".join(str(i) for i in range(1, b + 1))
    elif kind < 0.98:
        a = rng.randrange(100)
        return ask(NEXT, rng, held, a=a), f"The number after {a} is {a + 1}."
    else:
        a = rng.randrange(100)
        return ask(EVEN, rng, held, a=a), f"{a} is {'odd' if a % 2 else 'even'}."
    phrasings = own if rng.random() < 0.35 else BETWEEN
    sign = rng.choice(op if rng.random() < 0.5 else op[:1])
    text = ask(phrasings, rng, held, a=a, b=b, op=sign)
    if sign in "+-*/" and rng.random() < 0.3:
        text = text.replace(f" {sign} ", sign)
    return text, answer
