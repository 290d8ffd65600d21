"""Values that a message shows in one form and JSON in another: dates, amounts, quantities."""
from collections import namedtuple

# `shown` as people write it, `plain` as JSON carries it: an ISO date, or digits without a currency.
Value = namedtuple("Value", "shown plain")

MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
NUMBERS = "two three four five six seven eight nine ten eleven twelve".split()


def ordinal(day):
    ending = "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def full_date(rng):
    """A day with its year, in the forms that allow one reading only."""
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(2019, 2031)
    iso, name = f"{year}-{month:02}-{day:02}", MONTHS[month - 1]
    shown = rng.choice([f"{day} {name} {year}", f"{day} {name} {year}", f"{name} {day}, {year}", f"{day} {name[:3]} {year}", iso,
                        f"{day:02}.{month:02}.{year}", f"the {ordinal(day)} of {name} {year}", f"{rng.choice(WEEKDAYS)}, {day} {name} {year}"])
    return Value(shown, iso)


def money(rng):
    whole = rng.randint(2, 10 ** rng.randint(1, 4) + 8)
    plain = f"{whole}{rng.choice(['', '', '.50', '.99', '.95', f'.{rng.randint(10, 99)}'])}"
    return Value(rng.choice(["{} euros", "${}", "€{}", "{} EUR", "£{}", "{} dollars", "{} €", "USD {}"]).format(plain), plain)


def quantity(rng):
    number = rng.randint(2, 12) if rng.random() < 0.6 else rng.randint(13, 400)
    return Value(NUMBERS[number - 2] if number < 13 and rng.random() < 0.5 else str(number), str(number))
