"""Addresses: how a credit code stands in the address of a page."""


class CreditCodePath:
    """Eighteen characters of the credit code's alphabet; whether one exists the page answers."""

    regex = "[0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy]{18}"

    def to_python(self, value: str) -> str:
        """Return the code in capitals."""
        return value.upper()

    def to_url(self, value: str) -> str:
        """Return the code as it stands in an address."""
        return value
