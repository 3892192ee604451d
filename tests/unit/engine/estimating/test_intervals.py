"""Intervals: exact limits agree with values known from elsewhere."""

import pytest

from probity.engine.estimating.intervals import beta_quantile, beta_share, binomial_limits, korn_graubard, t_quantile


@pytest.mark.parametrize(
    ("found", "size", "low", "high"),
    [(0, 10, 0.0, 0.308498), (1, 10, 0.002529, 0.445016), (5, 10, 0.187086, 0.812914), (10, 10, 0.691503, 1.0),
     (8, 50, 0.071701, 0.291126)],
)  # fmt: skip
def test_limits_are_those_of_the_tables(found: int, size: int, low: float, high: float) -> None:
    """Clopper and Pearson's limits, as any statistics book prints them."""
    assert binomial_limits(found, size) == pytest.approx((low, high), abs=2e-6)


@pytest.mark.parametrize(("degrees", "quantile"), [(1, 12.7062), (5, 2.5706), (30, 2.0423), (1000, 1.9623)])
def test_quantiles_of_t_are_those_of_the_tables(degrees: int, quantile: float) -> None:
    """Found through the same beta function."""
    assert t_quantile(degrees) == pytest.approx(quantile, abs=1e-4)


def test_share_and_quantile_are_inverse() -> None:
    """Also for broken sizes, where the effective number of visits ends up."""
    for a, b in ((0.5, 7.25), (3.3, 41.7), (120.5, 300.25)):
        for share in (0.025, 0.5, 0.975):
            assert beta_share(beta_quantile(share, a, b), a, b) == pytest.approx(share, abs=1e-9)


def test_more_uncertainty_makes_the_interval_wider() -> None:
    """The effective number falls with the variance and never exceeds the visits."""
    narrow = korn_graubard(0.2, 0.2 * 0.8 / 200, 100, 1, 100)
    wide = korn_graubard(0.2, 0.2 * 0.8 / 30, 100, 1, 100)
    assert narrow == pytest.approx(binomial_limits(20, 100)) and wide[0] < narrow[0] < narrow[1] < wide[1]
    assert korn_graubard(0.0, 0.0, 40, 1, 25)[1] == pytest.approx(binomial_limits(0, 25)[1])


def test_what_is_no_share_is_refused() -> None:
    """A size of nothing, more found than visited."""
    for found, size in ((1, 0), (3, 2), (-1, 5)):
        with pytest.raises(ValueError, match="no share"):
            binomial_limits(found, size)
