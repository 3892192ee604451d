"""P1's peer: the same index system as one query, written by hand for DuckDB."""

from bench.p1_made_up import AS_OF, TYPES, WEIGHTS, WINDOWS

STARTS = {12: "2025-06-30", 24: "2024-06-30", 36: "2023-06-30", 60: "2021-06-30"}

VALUES = (
    ("", "200"),
    ("and degree = 'serious'", "500"),
    ("and kind in ('fine', 'warning')", "100"),
    ("", "case degree when 'minor' then 100 when 'ordinary' then 300 else 800 end"),
    ("", "case when amount >= 10000000 then 600 when amount >= 1000000 then 300 else 100 end"),
    ("and kind = 'closure' and degree in ('ordinary', 'serious')", "400"),
    ("", "case kind when 'fine' then 200 when 'warning' then 50 when 'closure' then 600 else 0 end"),
)


def query(folder: str) -> str:
    """Return the query: CASE columns projected first, then plain sums, then caps, weights and grade."""
    cases, sums, points, loss = [], [], [], []
    for number in range(40):
        more, value = VALUES[number % 7]
        start = STARTS[WINDOWS[number % 4]]
        test = f"type = '{TYPES[number % 10]}' and day > date '{start}' {more}"
        cases.append(f"(case when {test} then {value} else 0 end)::int as i{number}")
        sums.append(f"sum(i{number})::bigint as i{number}")
        points.append(f'-least(coalesce(i{number}, 0), {(5 + number % 20) * 100})::bigint as "p:i{number}"')
    for number in range(4):
        test = f"type = '{TYPES[number]}' and kind = 'closure' and degree = 'serious' and day > date '{STARTS[12]}'"
        cases.append(f"(case when {test} then 1 else 0 end)::int as v{number}")
        sums.append(f"sum(v{number})::bigint as v{number}")
    for place in range(5):
        inside = " + ".join(f'"p:i{number}"' for number in range(place * 8, place * 8 + 8))
        loss.append(f'greatest(0, 10000 + {inside})::bigint as "d:d{place}"')
    shares = " + ".join(f'(("d:d{place}" * {2 * weight} + 100) // 200)' for place, weight in enumerate(WEIGHTS))
    fired = ", ".join(f"case when v{number} >= 3 then 'v{number}' end" for number in range(4))
    return f"""
with cased as (
  select enterprise, {", ".join(cases)} from read_parquet('{folder}/facts-*.parquet')
  where from_revision <= 1 and until_revision > 1 and day <= date '{AS_OF}'
    and (ends_on is null or ends_on > date '{AS_OF}')
), summed as (select enterprise, {", ".join(sums)} from cased group by enterprise),
pointed as (
  select e.enterprise, {", ".join(points)}, v0, v1, v2, v3
  from read_parquet('{folder}/enterprises-*.parquet') e left join summed using (enterprise)
), dimensioned as (select *, {", ".join(loss)} from pointed),
scored as (select *, least(10000, greatest(0, {shares}))::bigint as score from dimensioned)
select * exclude (v0, v1, v2, v3),
       case when v0 >= 3 or v1 >= 3 or v2 >= 3 or v3 >= 3 then 'D'
            when score >= 9500 then 'A' when score >= 8500 then 'B' when score >= 7000 then 'C' else 'D' end as grade,
       concat_ws(' ', {fired}) as fired
from scored
"""
