"""Words of the support desk. Names, places and products are split: held-out ones never occur in training."""
import values
from grammar import belongs, is_held_out, with_article

FIRST = """Anna Ben Clara David Elena Felix Greta Hugo Ines Jonas Karin Lukas Maria Nadia Oscar Paula Quentin Rosa Samir
Tara Ulrich Vera Walter Xenia Yusuf Zoe Amira Bruno Chloe Dmitri Esther Farid Gwen Hannah Ivan Julia Kemal Leila Marco
Nora Omar Petra Rafael Sofia Tomas Uma Viktor Wendy Aisha Boris Carmen Diego Emil Fatima George Helga Igor Jasmin
Kofi Lars Mina Nils Olga Pedro Ruth Sven Theo Ursula Vincent Mei Akira Priya Rahul Lin John Mary Peter Susan Tom Adam
Agnes Alba Alex Alice Amal Amina Andrea Anton Arjun Astrid Axel Beatriz Bianca Birgit Caleb Camille Cem Clara Colin Dalia
Damian Daniel Deepa Dora Edgar Elif Elisa Emma Eric Eva Ewa Finn Fiona Frank Freya Gabriel Gina Hanna Hector Heidi Henrik
Hiro Ida Ilse Imran Irene Jack Jana Joao Joel Jorge Judith Kai Kamil Katja Kenji Kim Klara Laura Lea Leon Liam Linda Lotte
Lucia Luis Magda Malik Manuel Marta Martin Max Milan Mira Moritz Naomi Natalie Nico Noah Nuria Otto Pablo Pia Ravi Rita
Robert Ronja Sami Sara Selma Simon Stella Tariq Thea Tina Tobias Vanessa Wanda Yara Yuki Zara""".split()
SURNAME_ENDS = "sen son berg mann ova ez well ton ford ini ski stad man ley dahl quist ura ida oglu ic".split()
CITIES = """Berlin Paris Madrid Rome Vienna Lisbon Oslo Dublin Prague Warsaw Athens Zurich Munich Hamburg Lyon Porto Graz
Bergen Cork Leeds Bristol Boston Denver Austin Seattle Toronto Sydney Perth Osaka Kyoto Seoul Mumbai Delhi Cairo Lagos
Nairobi Lima Bogota Havana Quito Malmo Turku Riga Vilnius Basel Bern Ghent Utrecht Bologna Naples Seville Split Varna
Glasgow Cardiff York Exeter Dallas Memphis Tampa Halifax Calgary Aachen Bath Bilbao Bremen Brno Bruges Chester Cologne
Como Delft Dover Dresden Essen Faro Geneva Genoa Girona Gdansk Haarlem Helsinki Jena Kassel Kiel Krakow Leiden Leipzig
Lille Linz Lucerne Lund Madison Mainz Malaga Milan Nantes Nice Odense Omaha Oxford Padua Palermo Parma Pisa Plymouth Poznan
Reno Rostock Salem Siena Stuttgart Tallinn Tampere Toledo Toulouse Trento Trier Turin Uppsala Valencia Verona Zagreb""".split()
BRANDS = """Alder Amber Apex Arbor Atlas Aurora Beacon Borealis Breeze Cedar Cobalt Comet Coral Crest Delta Echo Elm Ember
Falcon Fern Fjord Flint Garnet Glacier Granite Harbor Hazel Helio Heron Indigo Iris Ivory Jade Juniper Kestrel Lark Laurel
Lotus Lumen Luna Maple Meadow Merlin Mistral Nimbus Nordic Nova Oak Onyx Opal Orchid Orion Pearl Pine Poplar Quartz Raven
Ridge Robin Rowan Sable Sage Sierra Solar Sparrow Spruce Summit Swift Tern Thistle Topaz Tulip Vega Violet Willow Wren
Zenith Zephyr""".split()
DEVICES = """lamp|sensor|door sensor|camera|speaker|router|heater|kettle|toaster|printer|headset|keyboard|mouse|monitor|tablet|
phone|watch|vacuum cleaner|robot|thermostat|doorbell|lock|smart lock|charger|power bank|drone|scale|coffee machine|blender|
fridge|washing machine|dryer|oven|microwave|fan|air purifier|humidifier|projector|television|radio|microphone|webcam|hub|
light strip|smoke detector|water meter|bike light|tracker|e-reader|game console|soundbar|shaver|toothbrush|hair dryer|iron|
dishwasher|freezer|grill|mixer|laptop|amplifier|turntable|guitar tuner|night light|garage opener|pump|drill|saw|mower|
desk lamp|floor lamp|window sensor|motion sensor|rain sensor|thermometer|boiler|radiator|air conditioner|baby monitor|alarm|
siren|intercom|dimmer|socket|smart plug|switch|remote control|charging station|battery pack|cable|adapter|docking station|
hard drive|scanner|shredder|label printer|earbud case|headphone set|hearing aid|heating pad|electric blanket|juicer|rice cooker|
food processor|bread maker|ice maker|water filter|aquarium light|garden light|sprinkler|hedge trimmer|leaf blower|
pressure washer|e-bike|scooter|car charger|dash camera|tent heater|massage chair|treadmill|exercise bike|desk|office chair"""
DEVICES = [d.strip() for d in DEVICES.replace("\n", "").split("|")]
THINGS = """movie|book|hotel|restaurant|food|meal|room|flight|service|support|app|website|delivery|staff|product|design|price|
quality|manual|update|shop|course|song|game|story|trip|chat|call|repair|packaging|screen|sound|battery|team|answer|idea|
film|coffee|show|event|concert|place|weather|experience|installation|menu|colour|interface|hotline|help|advice|breakfast|lunch|soup|music|play|
museum|garden|tour|guide|visit|holiday|cafe|workshop|lesson|offer|deal|handle|case|finish|taste|atmosphere|location|view|bed|website design|
customer service|communication|picture|training|replacement|new version|voice|camera work|keyboard layout|plot|cake|party""".replace("\n", "").split("|")
POSITIVE = """good great excellent amazing wonderful fantastic brilliant superb lovely nice perfect outstanding awesome
beautiful helpful friendly reliable fast easy impressive delightful pleasant enjoyable terrific marvellous splendid
incredible magnificent fabulous solid useful smart comfortable clean delicious fun charming flawless satisfying stunning gorgeous elegant
remarkable exceptional phenomenal sensational superior marvelous faultless impeccable stellar first-class top-notch clever pleasing practical
handy convenient sturdy cosy memorable thoughtful professional competent kind polite generous honest fair trustworthy quick smooth effortless
intuitive refreshing heavenly dreamy tremendous glorious attentive courteous welcoming considerate cheerful knowledgeable caring punctual robust
durable stylish exquisite ingenious seamless painless hassle-free prompt swift speedy heartwarming relaxing tasty magical admirable commendable
exemplary affordable unbeatable spotless wise sublime adorable likeable classy neat cute cool nifty handsome dazzling breathtaking spectacular
unforgettable entertaining fascinating inspiring gripping thrilling touching graceful luxurious comfy precise dependable efficient immaculate ideal
divine soothing comforting skilful sincere sweet witty hilarious amusing exciting uplifting captivating enchanting astonishing priceless peaceful
lovable fresh sensible well-made user-friendly worthwhile""".split()
NEGATIVE = """bad terrible awful horrible poor dreadful useless disappointing slow broken rude annoying boring ugly cheap
unreliable frustrating faulty dirty disgusting unacceptable defective worthless hopeless pathetic lousy miserable noisy
confusing overpriced painful dull nasty unpleasant stupid mediocre flimsy laggy ridiculous shameful abysmal atrocious appalling shoddy shocking
dire dismal disgraceful inadequate incompetent careless clumsy inferior substandard deplorable grim woeful tedious irritating infuriating messy
chaotic unhelpful unfriendly tiresome feeble ghastly vile laughable insulting dishonest misleading sloppy unusable unbearable pointless
unprofessional impractical unfair joyless maddening rotten gruesome arrogant condescending patronising dismissive hostile grumpy surly lazy
fragile sluggish buggy glitchy unstable dreary pitiful horrid horrendous stale filthy shabby uncomfortable inexcusable unforgivable intolerable
stressful exhausting crooked untrustworthy indifferent negligent hideous revolting repulsive tacky tasteless bland inedible mouldy monotonous
forgettable unsatisfactory clunky wobbly rickety deafening smelly grubby cramped gloomy cheerless cruel mean greedy deceitful deceptive outrageous
scandalous obnoxious insensitive impolite disrespectful inconsiderate unjust harsh senseless wasteful wretched depressing upsetting discouraging
amateurish crude lifeless unimpressive underwhelming insufferable hurtful nightmarish horrifying""".split()
POSITIVE_NOUNS = "joy|pleasure|bargain|treat|delight|gem|winner|dream|masterpiece|success|triumph|wonder|blessing|star|great help|hit|gift|jewel|marvel|lifesaver|game changer|godsend|highlight|champion|thing of beauty|good buy|great find|real help|miracle|pure joy|clear winner|big improvement|favourite of mine|perfect match|treasure|revelation|work of art|stroke of genius|step forward|class act|steal|ray of sunshine|hidden gem|comfort|relief|beauty|dream come true|feast for the senses|charmer".split("|")
NEGATIVE_NOUNS = """nightmare|disaster|scam|joke|mess|shambles|rip-off|disgrace|letdown|failure|waste of money|waste of time|lie|pain|
horror|shame|catastrophe|bad joke|fraud|problem|fiasco|flop|farce|swindle|con|dud|burden|torment|torture|hassle|pile of junk|scandal|
botched job|disappointment|piece of rubbish|bad buy|sham|muddle|mistake|trap|nuisance|curse|misery|menace|lemon|fake|downgrade|rotten deal|slap in the face|daily annoyance|wreck|
insult|outrage|embarrassment|ordeal|eyesore|blunder|train wreck|money pit|sorry excuse|piece of garbage|plague|headache|step backwards|low point|abomination|source of anger|dirty trick|sad affair""".replace("\n", "").split("|")
POSITIVE_VERBS = "love|adore|enjoy|like|really like|admire|appreciate|recommend|am happy with|am delighted with|am impressed by|am pleased with|am thrilled with|am satisfied with|am grateful for|treasure|cherish|value|praise|can recommend|really enjoy|am fond of|am glad about|am proud of|swear by|am in love with|am crazy about|am content with|am amazed by|highly recommend|truly appreciate|am delighted by|am charmed by|delight in|applaud|salute|marvel at|relish|am captivated by|am smitten with|rave about|am blown away by|take pleasure in|trust|enjoyed|loved|fell in love with|am thankful for|am enchanted by".split("|")
NEGATIVE_VERBS = """hate|dislike|regret|despise|can't stand|am disappointed by|am disgusted by|am shocked by|am angry about|am upset about|
am fed up with|am tired of|am annoyed by|am frustrated with|avoid|do not recommend|am unhappy with|feel cheated by|loathe|detest|resent|can't bear|don't like|do not trust|complain about|
am appalled by|am let down by|am furious about|am livid about|am sick of|warn against|curse|have had enough of|am dissatisfied with|
am not happy with|am not impressed by|am dismayed by|cannot recommend|feel let down by|deeply regret|can't abide|am sickened by|am repelled by|abhor|condemn|deplore|despair of|distrust|am outraged by|am ashamed of|am irritated by|am bored by|dread|
suffer from|am exasperated by|am enraged by|protest against|was ripped off by|feel insulted by|hated|loathed|could not stand|can barely endure""".replace("\n", "").split("|")
POSITIVE_EVENTS = """works perfectly|arrived early|was fixed at once|runs smoothly|paired straight away|was repaired within a day|came faster than promised|
solved my problem|exceeded my expectations|is worth every penny|made my day|was sorted out quickly|looks beautiful|keeps its promises|is easy to use|never fails|is a pleasure to use|makes me happy|saved me a lot of time|beats all others|is better than ever|makes life easier|
turned out great|worked at the first try|brings us joy|deserves five stars|runs like clockwork|does a great job|works like a dream|is just right|thrilled the children|
impressed us all|cheered me up|won my heart|blew us away|delights me daily|puts a smile on my face|outshines the rest|is a joy from day one|saved our weekend|charmed everyone|is worth a detour""".replace("\n", "").split("|")
NEGATIVE_EVENTS = """broke|crashed|leaks|overheats|stopped working|arrived damaged|came scratched|never arrived|was delivered late|does not work|
fell apart|is still broken|failed again|came with parts missing|keeps freezing|was lost|ruined my day|smells of smoke|died after a week|failed on the first day|refuses to work|is a waste of money|makes terrible noise|never works|cost me a fortune|gets worse and worse|
let me down|drives me mad|was ruined|went wrong again|came two weeks late|rattles and squeaks|is falling apart|has been faulty from the start|is not worth the money|made me angry|
jams|flickers|squeaks all night|wrecked my floor|spoiled the evening|gives me a headache|stinks|annoys everyone|bored us to tears|let us all down|fell to bits|was a nightmare from day one|never does what it should|disgusted us all|scared the children""".replace("\n", "").split("|")
ADVERBS = "very really so quite extremely incredibly truly absolutely totally just simply pretty rather surprisingly remarkably unbelievably exceptionally genuinely thoroughly utterly".split()
COLOURS = "black white silver grey dark blue|light green|red|yellow|orange|matte black|navy blue|cream|purple|copper|pink|olive green"
COLOURS = COLOURS.replace("black white silver grey ", "black|white|silver|grey|").split("|")
MATERIALS = "steel aluminium wood glass plastic ceramic bamboo rubber leather titanium copper oak brass cotton carbon".split()
MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
JOBS = """a nurse|a teacher|an engineer|a baker|a driver|a lawyer|a plumber|a painter|a doctor|a librarian|a gardener|a pilot|
a chemist|an architect|a cook|a tailor|a farmer|a dentist|a musician|an accountant|a carpenter|a journalist|a technician|
a sales manager|a fire fighter|a data analyst|a team leader|a support agent""".replace("\n", "").split("|")
PETS = "a dog|a cat|a parrot|two rabbits|a hamster|three goldfish|a turtle|a pony|two cats|a snake|a canary".split("|")
LANGUAGES = "English German French Spanish Italian Polish Dutch Danish Arabic Hindi Korean Japanese Turkish Greek Finnish Czech".split()
COUNTRIES = "France Spain Italy Japan Brazil Canada Egypt Norway Peru Kenya India Greece Poland Mexico Chile Iceland".split()
PLANS = "basic family premium starter business plus student office silver gold".split()
SPOTS = """on the back|under the battery cover|on the bottom|inside the lid|next to the power button|on the side of the box|
below the handle|behind the filter|on the inner frame|at the end of the cable|under the left foot""".replace("\n", "").split("|")
FAULTS = """the screen was cracked|the battery was empty after an hour|the door did not close|a cable was missing|
the motor made a loud noise|the app showed no data|the lid was loose|the light kept blinking|the wrong colour was sent|
the box was open|the plug did not fit|the display stayed dark|the pump was leaking""".replace("\n", "").split("|")
ROOMS = """kitchen|hall|garage|bathroom|bedroom|cellar|attic|living room|office|garden|nursery|workshop|lobby|meeting room|
warehouse|stairway|guest room|laundry room|front yard|dining room|canteen|stable|greenhouse|reception""".replace("\n", "").split("|")
DEPARTMENTS = "sales|marketing|research|the warehouse|accounting|human resources|quality control|the call centre|logistics|legal affairs|design|the workshop".split("|")
STATES = "open|closed|locked|offline|empty|full|wet|hot|low battery|no signal|motion|alarm|smoke|unknown|leak".split("|")
DAYPARTS = "night|morning|evening|hour|afternoon|noon|ten minutes|few minutes|weekend".split("|")
SIZES = "big|small|loud|heavy|wide|narrow|bright|dark|slow|complicated|long|short|weak|noisy|expensive".split("|")
REPAIRED = "fixed|repaired|solved|ready|delivered|replaced|refunded|sorted out|checked|changed".split("|")
NUMBERS = "two three four five six seven eight nine ten twelve".split()
ONSETS = "b c d f g h j k l m n p r s t v w z br cl dr fl gr kr pl qu sk st tr th sh ch vr zw".split()
NUCLEI = "a e i o u ae ea io ou ai y".split()
CODAS = ["", "", "", "n", "r", "x", "s", "l", "m", "t", "k", "nd", "rn", "lt", "ss"]
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def coined(rng, held_out, low=1, high=2):
    """An invented word; a tenth of all possible ones is reserved for the held-out sets."""
    while True:
        word = "".join(rng.choice(ONSETS) + rng.choice(NUCLEI) + rng.choice(CODAS) for _ in range(rng.randint(low, high)))
        if len(word) > 2 and is_held_out(word, 10) == held_out:
            return word.capitalize()


def code(rng):
    shape = rng.choice(["LL-dddd", "dddddd", "LLLdd", "L-ddddd", "dddd-LL", "LdLd-dd", "#ddddd", "LLdddddL", "Ldd", "dd-dd-dd", "LLLL"])
    return "".join(rng.choice(LETTERS) if c == "L" else str(rng.randint(0, 9)) if c == "d" else c for c in shape)


class Lexicon:
    def __init__(self, held_out):
        self.held_out = held_out
        pick = lambda words: [w for w in words if belongs(w, held_out, 5)]
        self.first, self.cities, self.devices, self.brands = pick(FIRST), pick(CITIES), pick(DEVICES), pick(BRANDS)
        self.lists = {"thing": THINGS, "posadj": POSITIVE, "negadj": NEGATIVE, "adv": ADVERBS,
                      "posnoun": POSITIVE_NOUNS, "negnoun": NEGATIVE_NOUNS, "posverb": POSITIVE_VERBS, "negverb": NEGATIVE_VERBS,
                      "posevent": POSITIVE_EVENTS, "negevent": NEGATIVE_EVENTS, "month": MONTHS,
                      "weekday": WEEKDAYS, "language": LANGUAGES, "country": COUNTRIES, "colour": COLOURS,
                      "material": MATERIALS, "job": JOBS, "pet": PETS, "plan": PLANS, "spot": SPOTS, "fault": FAULTS,
                      "room": ROOMS, "state": STATES, "daypart": DAYPARTS, "size": SIZES, "department": DEPARTMENTS, "done": REPAIRED}

    def __call__(self, slot, rng):
        if slot in self.lists:
            return rng.choice(self.lists[slot])
        return getattr(self, slot)(rng)

    def coined(self, rng, low=1, high=2):
        return coined(rng, self.held_out, low, high)

    def name(self, rng):
        return rng.choice(self.first) if rng.random() < 0.8 else self.coined(rng)

    def person(self, rng):
        style = rng.random()
        if style < 0.5:
            return self.full_name(rng)
        return self.name(rng) if style < 0.8 else f"{rng.choice(['Mr', 'Ms', 'Mrs', 'Dr'])} {self.surname(rng)}"

    def full_name(self, rng):
        return f"{self.name(rng)} {self.surname(rng)}"

    def surname(self, rng):
        return self.coined(rng) if rng.random() < 0.5 else self.coined(rng, 1, 1) + rng.choice(SURNAME_ENDS)

    def city(self, rng):
        return rng.choice(self.cities) if rng.random() < 0.8 else self.coined(rng)

    def brand(self, rng):
        return self.coined(rng) if rng.random() < 0.6 else rng.choice(self.brands)

    def newname(self, rng):
        return self.coined(rng) + rng.choice(["", "", " Home", " Connect", " Go", " Plus"])

    def company(self, rng):
        return self.coined(rng) + rng.choice(["", " Express", " Logistics", " Ltd", " Parcel", " and Sons", " Group"])

    def device(self, rng):
        return rng.choice(self.devices)

    def product(self, rng):
        return with_article("the " if rng.random() < 0.7 else "a ", f"{self.brand(rng)} {self.device(rng)}")

    def brandproduct(self, rng):
        if rng.random() < 0.08:
            return f"{self.brand(rng)} {rng.randint(2, 900)}"
        return f"{self.brand(rng)} {self.device(rng)}"

    def otherproduct(self, rng):
        return self.brandproduct(rng)

    def fulldate(self, rng):
        return values.full_date(rng).shown

    def money(self, rng):
        return values.money(rng).shown

    def quantity(self, rng):
        return values.quantity(rng).shown

    def version(self, rng):
        return rng.choice([f"{rng.randint(1, 12)}.{rng.randint(0, 30)}", f"{rng.randint(1, 12)}.{rng.randint(0, 30)}.{rng.randint(0, 9)}"])

    def item(self, rng):
        return f"{rng.choice(['a', 'two', 'three'])} {self.coined(rng)} {self.device(rng)}" if rng.random() < 0.5 else f"a {self.device(rng)}"

    def topic(self, rng):
        return rng.choice(self.topicwords)

    def count(self, rng):
        return str(rng.randint(2, 99)) if rng.random() < 0.8 else rng.choice(NUMBERS)

    def digits(self, rng):
        return str(rng.randint(2, 10 ** rng.randint(1, 4)))

    def date(self, rng):
        day, month, year = rng.randint(1, 28), rng.choice(MONTHS), rng.randint(2019, 2031)
        return rng.choice([f"{day} {month}", f"{month} {day}", f"{day} {month} {year}", f"{rng.choice(WEEKDAYS)}",
                           f"{year}-{rng.randint(1, 12):02}-{day:02}", f"{rng.choice(WEEKDAYS)}, {day} {month}"])

    def year(self, rng):
        return str(rng.randint(1890, 2030))

    def time(self, rng):
        hour, minute = rng.randint(1, 12), rng.choice(["00", "15", "30", "45", "10", "50"])
        return rng.choice([f"{hour}:{minute}", f"{hour} {rng.choice(['am', 'pm'])}", f"{hour + 8}:{minute}", "noon"])

    def timespan(self, rng):
        span = f"{rng.randint(6, 11)} am to {rng.randint(2, 10)} pm"
        days = rng.choice(["", "", f", {rng.choice(WEEKDAYS[:3])} to {rng.choice(WEEKDAYS[3:])}"])
        return rng.choice([span + days, f"{rng.randint(6, 11)}:00 to {rng.randint(14, 22)}:00{days}"])

    def months(self, rng):
        return rng.choice([f"{rng.randint(3, 72)} months", f"{rng.randint(2, 15)} years", f"{rng.choice(NUMBERS)} years", "one year"])

    def days(self, rng):
        return rng.choice([f"{rng.randint(2, 30)} days", f"{rng.choice(NUMBERS)} days", f"{rng.randint(2, 9)} weeks", "a few days"])

    def dayspan(self, rng):
        low = rng.randint(1, 6)
        return rng.choice([f"{rng.randint(3, 100)} days", f"{low} to {low + rng.randint(1, 5)} days", f"{rng.randint(2, 9)} weeks",
                           f"{rng.choice(NUMBERS)} working days", f"{low + 1} business days"])

    def duration(self, rng):
        return f"{rng.randint(2, 90)} {rng.choice(['minutes', 'hours', 'seconds', 'days'])}" if rng.random() < 0.8 else f"{rng.choice(NUMBERS)} hours"

    def amount(self, rng):
        whole, cents = rng.randint(1, 10 ** rng.randint(1, 4)), rng.choice(["", ".50", ".99", ".95", f".{rng.randint(10, 99)}"])
        return rng.choice(["{0}{1} euros", "${0}{1}", "€{0}{1}", "{0}{1} EUR", "£{0}{1}", "{0}{1} dollars"]).format(whole, cents)

    def weight(self, rng):
        return f"{rng.randint(2, 900)} {rng.choice(['g', 'kg', 'grams', 'pounds'])}" if rng.random() < 0.6 else f"{rng.randint(1, 30)}.{rng.randint(1, 9)} kg"

    def distance(self, rng):
        return f"{rng.randint(2, 300)} {rng.choice(['m', 'cm', 'metres', 'km', 'feet', 'mm'])}"

    def percent(self, rng):
        return f"{rng.randint(2, 60)}{rng.choice([' percent', '%', ' %'])}"

    def watts(self, rng):
        return f"{rng.randint(2, 3000)} {rng.choice(['watts', 'W', 'kWh a year'])}"

    def decibels(self, rng):
        return f"{rng.randint(15, 90)} {rng.choice(['decibels', 'dB'])}"

    def litres(self, rng):
        return f"{rng.randint(1, 90)}{rng.choice(['', '.5'])} {rng.choice(['litres', 'l'])}"

    def temp(self, rng):
        return f"{rng.randint(30, 300)} {rng.choice(['degrees', '°C', 'degrees Celsius'])}"

    def battery(self, rng):
        kind = rng.choice(["AA", "AAA", "CR2032", "CR123", "9V", "18650", f"{code(rng)[:4]}"])
        return rng.choice([f"{rng.choice(NUMBERS[:4])} {kind} batteries", f"one {kind} battery", f"{rng.randint(2, 8)} {kind} cells", f"a {rng.randint(3, 60)} V battery pack"])

    def codes(self, rng):
        return code(rng)

    def order(self, rng):
        return code(rng)

    def phone(self, rng):
        return rng.choice([f"0{rng.randint(10, 999)} {rng.randint(10000, 9999999)}", f"+{rng.randint(1, 99)} {rng.randint(100, 999)} {rng.randint(1000, 99999)}"])

    def email(self, rng):
        return f"{rng.choice(['help', 'info', 'support', 'hello', 'service', self.coined(rng).lower()])}@{self.coined(rng).lower()}.{rng.choice(['com', 'org', 'net', 'de', 'example'])}"
