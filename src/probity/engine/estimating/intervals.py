"""Intervals: exact binomial limits, also on a size that is no whole number."""

from math import exp, lgamma, log, log1p, sqrt

_TINY, _STEPS, _HALVINGS = 1e-300, 400, 80


def beta_share(x: float, a: float, b: float) -> float:
    """Return the regularised incomplete beta function I_x(a, b) (Lentz's continued fraction)."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_share(1 - x, b, a)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    c, d = 1.0, 1 / _off_zero(1 - (a + b) * x / (a + 1))
    fraction = d
    for step in range(1, _STEPS):
        for part in (
            step * (b - step) * x / ((a + 2 * step - 1) * (a + 2 * step)),
            -(a + step) * (a + b + step) * x / ((a + 2 * step) * (a + 2 * step + 1)),
        ):
            d = 1 / _off_zero(1 + part * d)
            c = _off_zero(1 + part / c)
            fraction *= d * c
        if abs(d * c - 1) < 1e-14:
            break
    return front * fraction


def _off_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def beta_quantile(share: float, a: float, b: float) -> float:
    """Return x with I_x(a, b) = share, by halving."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if beta_share(middle, a, b) < share else (low, middle)
    return (low + high) / 2


def t_quantile(degrees: float, confidence: float = 0.95) -> float:
    """Return the two-sided quantile of Student's t."""
    x = beta_quantile(1 - confidence, degrees / 2, 0.5)
    return sqrt(degrees * (1 - x) / x)


def binomial_limits(found: float, size: float, confidence: float = 0.95) -> tuple[float, float]:
    """Return Clopper and Pearson's exact limits for a share; `found` and `size` may be broken numbers.

    Raises:
        ValueError: when the size is not positive or `found` lies outside it.
    """
    if size <= 0 or not 0 <= found <= size:
        raise ValueError(f"{found} of {size} is no share")
    beyond = (1 - confidence) / 2
    low = beta_quantile(beyond, found, size - found + 1) if found > 0 else 0.0
    high = beta_quantile(1 - beyond, found + 1, size - found) if found < size else 1.0
    return low, high


def korn_graubard(rate: float, variance: float, visits: int, strata: int, kish: float) -> tuple[float, float]:
    """Return Korn and Graubard's limits: exact binomial limits on the effective number of visits.

    Args:
        rate: the estimated rate.
        variance: its estimated variance; where it is zero because all or none were found, the
            effective number is Kish's.
        visits: how many visits carry uncertainty.
        strata: in how many strata, for the degrees of freedom.
        kish: (Σ w)² / Σ w².
    """
    effective = rate * (1 - rate) / variance if variance > 0 and 0 < rate < 1 else kish
    degrees = max(visits - strata, 1)
    effective = min(effective * (t_quantile(max(visits - 1, 1)) / t_quantile(degrees)) ** 2, visits)
    return binomial_limits(rate * effective, effective)
