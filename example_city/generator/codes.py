"""Numbers: credit codes of no real region, reckoned apart from the platform."""

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""GB 32100-2015: digits and capitals without I, O, S, V, Z."""

DISTRICTS = {"339901": "望渚区", "339902": "听汀区", "339921": "曲屿县"}
"""Region code → district. No such codes stand in GB/T 2260."""


def credit_code(prefix: str, region: str, serial: int, is_recent: bool) -> str:
    """Return a valid credit code: two characters of kind, region, organisation code, check.

    Codes given since the reform begin their organisation part with MA; older ones are digits.
    """
    body = f"{prefix}{region}{organisation(serial, is_recent)}"
    total = sum(ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(body))
    return body + ALPHABET[-total % 31]


def organisation(serial: int, is_recent: bool) -> str:
    """Return the nine characters of an organisation code, GB 11714 (11 − Σ mod 11)."""
    scattered = (serial * 7919 + 104_729) % 900_000
    body = f"MA{_in_letters(scattered, 6)}" if is_recent else f"{60_000_000 + scattered * 43:08d}"
    total = sum(int(character, 36) * weight for character, weight in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    return body + {10: "X", 11: "0"}.get(11 - total % 11, str(11 - total % 11))


def _in_letters(number: int, length: int) -> str:
    written = ""
    for _ in range(length):
        number, rest = divmod(number, 31)
        written = ALPHABET[rest] + written
    return written


def registration_number(region: str, serial: int) -> str:
    """Return a valid older registration number of fifteen digits, ISO 7064 MOD 11,10."""
    body = f"{region}{10_000_000 + serial * 131:08d}"
    product = 10
    for digit in body:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return body + str((11 - product) % 10)


def identity_number(serial: int) -> str:
    """Return a number in the form of a citizen's identity number that nobody can bear.

    The region does not exist and the birthday is 1 January 1900; only the form is real,
    so that the platform's search for such numbers in free text has something to find.
    """
    body = f"33990119000101{serial % 1000:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
    return body + "10X98765432"[total % 11]
