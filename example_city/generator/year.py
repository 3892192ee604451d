"""The year: which files arrive when; clean, soiled, cut short, sent twice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from example_city.generator.authorities import EMERGENCY, ENVIRONMENT, MARKET, TRANSPORT
from example_city.generator.city import FIRST_DAY, Enterprise
from example_city.generator.dice import Dice
from example_city.generator.dirt import soil
from example_city.generator.dresses import FEEDS, TRANSPORT_ENVELOPE_SOURCE
from example_city.generator.feeds import environment, inspections, licences, lists, penalties, registrations
from example_city.generator.feeds.penalties import Penalty
from example_city.generator.rows import Delivery, Row

SHANGHAI = timezone(timedelta(hours=8))
BACKLOG = date(2023, 7, 1)
"""From here on the authorities hand over what they had on file when the platform began."""

_QUARTER_ENDS = (9, 12, 3, 6)


class Year:
    """The deliveries in the order they arrive, gathered day by day."""

    def __init__(self, everyone: list[Enterprise]) -> None:
        """Begin with the city's enterprises and no delivery."""
        self.everyone = everyone
        self.deliveries: list[Delivery] = []
        self.decided: list[Penalty] = []
        self.stays = lists.abnormal_stays(everyone)

    def tell(self) -> list[Delivery]:
        """Return all deliveries of the year, ordered by time."""
        self._begin()
        for first, last in periods():
            self._month(first, last)
            if last.month in _QUARTER_ENDS:
                self._quarter(max(FIRST_DAY, _quarter_start(last)), last)
        self.deliveries.sort(key=lambda delivery: (delivery.on, delivery.feed))
        return self.deliveries

    def bring(self, feed: str, on: date, rows: list[Row], share: float = 0.004) -> Delivery:
        """Put a delivery into the year, soiled by its own stream of chance."""
        layout, dress = FEEDS[feed]
        dice = Dice("dirt", feed, on)
        soil(rows, layout, dice, on, share)
        place = sum(delivery.on.date() == on for delivery in self.deliveries)
        moment = datetime(on.year, on.month, on.day, 9, 0, tzinfo=SHANGHAI) + timedelta(minutes=7 * place)
        delivery = Delivery(moment, feed, rows, layout, dress)
        self.deliveries.append(delivery)
        return delivery

    def _begin(self) -> None:
        """Hand over the register and what each authority had on file."""
        city, last = self.everyone, FIRST_DAY - timedelta(days=1)
        day = FIRST_DAY
        self.bring("linlan-market/registrations", day, registrations.stock(city, day), 0.001)
        day += timedelta(days=1)
        self._penalties(BACKLOG, last, day)
        self.bring("linlan-environment/events", day, environment.events(city, BACKLOG, last), 0.008)
        self.bring("linlan-transport/licences", day, licences.in_current_layout(city, BACKLOG, last, 210))
        day += timedelta(days=1)
        self.bring("linlan-tax/grade-a", day, lists.tax_grade_a(city, 2024, day))
        self.bring("linlan-transport/grades", day, lists.transport_grades(city, 2024, day))
        rows = registrations.reports(city, 2024, date(2025, 1, 1), date(2025, 7, 5))
        self.bring("linlan-market/annual-reports", date(2025, 7, 8), rows, 0.001)

    def _month(self, first: date, last: date) -> None:
        """Bring what arrives each month; the decisions of a month come three days after it."""
        city, day = self.everyone, last + timedelta(days=3)
        self.bring("linlan-market/registrations", day, registrations.changes(city, first, last))
        self._penalties(first, last, day)
        results = inspections.double_random(city, first, last, 110)
        self.bring("linlan-market/double-random", day, _repeated(results, Dice("repeats", day)))
        self._abnormal(day)
        records = inspections.site_records(city, first, last, 55)
        visits = self.bring("linlan-emergency/inspections", day, records)
        if day >= date(2026, 3, 1):
            visits.extra_headers, visits.fills = ("?",), {"?": "√"}
        if day.year == 2025 and day.month == 11:
            again = replace(visits, on=visits.on + timedelta(days=4), note="resend")
            self.deliveries.append(again)

    def _penalties(self, first: date, last: date, day: date) -> None:
        market = penalties.befall(MARKET, self.everyone, first, last)
        rows = [penalties.in_current_layout(penalty) for penalty in market]
        rows += [penalties.in_current_layout(late) for late in self._corrections(first)]
        delivery = self.bring(
            "linlan-market/penalties", day, _repeated(rows, Dice("repeats", "market", day), "罚款金额（万元）"), 0.006
        )
        if day.year == 2026:
            delivery.extra_headers, delivery.fills = ("办案机构联系人备注",), {"办案机构联系人备注": "见卷宗"}
        transport = penalties.befall(TRANSPORT, self.everyone, first, last)
        self.bring("linlan-transport/penalties", day, self._envelope(transport, first, day), 0.006)
        self.decided += market + transport
        if first == BACKLOG or last.month in _QUARTER_ENDS:
            start = first if first == BACKLOG else max(FIRST_DAY, _quarter_start(last))
            emergency = penalties.befall(EMERGENCY, self.everyone, start, last)
            rows = [penalties.in_current_layout(penalty) for penalty in emergency]
            sheet = self.bring("linlan-emergency/penalties", day, rows, 0.01)
            sheet.closing = (f"合计|{len(rows)}件", "填表人：（签章）|", f"填报日期：{day:%Y-%m-%d}|")
            legacy = penalties.befall(ENVIRONMENT, self.everyone, start, last)
            self.bring("linlan-environment/penalties", day, [penalties.in_legacy_layout(one) for one in legacy], 0.01)
            self.decided += emergency + legacy

    def _corrections(self, first: date) -> list[Penalty]:
        """Return two earlier decisions of the market bureau, restated with another fine."""
        dice = Dice("corrections", first)
        earlier = [
            found
            for found in self.decided
            if found.authority is MARKET and found.has_fine and 20 < (first - found.day).days < 200
        ]
        return [penalties.corrected(found, dice.between(0.3, 0.8)) for found in dice.several(earlier, 2)]

    def _envelope(self, fresh: list[Penalty], first: date, day: date) -> list[Row]:
        """Return transport's decisions as inserts, with two updates and now and then a withdrawal."""
        dice, rows = Dice("envelope", first), [_wrapped(penalty, "i") for penalty in fresh]
        earlier = [
            found for found in self.decided if found.authority is TRANSPORT and 20 < (first - found.day).days < 200
        ]
        chosen = dice.several(earlier, 3)
        rows += [_wrapped(penalties.corrected(found, 0.5), "u") for found in chosen[:2]]
        if first.month % 3 == 0:
            rows += [_wrapped(found, "d") for found in chosen[2:]]
        for place, row in enumerate(rows, 1):
            row.cells |= {
                "cd_id": f"{day:%Y%m%d}{place:06d}",
                "cd_time": f"{day:%Y-%m-%d} 06:00:00",
                "cd_source": TRANSPORT_ENVELOPE_SOURCE,
                "cd_batch": f"{day:%Y%m%d}00001",
            }
            if dice.chance(0.012):
                row.cells["cd_operation"], row.operation = "x", ""
                row.problem, row.dirt = "FORM", "no-such-operation"
        return rows

    def _abnormal(self, day: date) -> None:
        """Bring the abnormal list; in December a cut file comes first and the whole one next day."""
        if day.year == 2025 and day.month == 12:
            cut = self.bring("linlan-market/abnormal-list", day, lists.abnormal(self.stays, day)[:9], 0)
            cut.is_held, cut.note = True, "truncated"
            day += timedelta(days=1)
        self.bring("linlan-market/abnormal-list", day, lists.abnormal(self.stays, day), 0.002)

    def _quarter(self, first: date, last: date) -> None:
        """Bring what arrives each quarter, and once a year."""
        city, day = self.everyone, last + timedelta(days=4)
        self.bring("linlan-environment/inspections", day, inspections.fixed_sources(city, first, last, 70), 0.008)
        self.bring("linlan-environment/events", day, environment.events(city, first, last), 0.01)
        self.bring("linlan-culture/inspections", day, inspections.venues(city, first, last, 60), 0.008)
        self.bring("linlan-culture/licences", day, licences.in_legacy_layout(city, first, last, 40), 0.01)
        self.bring("linlan-transport/licences", day, licences.in_current_layout(city, first, last, 60), 0.01)
        owing = self.bring("linlan-tax/arrears", day, lists.arrears(city, day), 0.01)
        owing.closing = (f"合计|{len(owing.rows)}条",)
        self.bring("linlan-market/serious-list", day, lists.serious(city, day), 0)
        self.bring("linlan-market/objections", day, environment.objections(self.decided, first, last), 0.01)
        once: dict[int, Callable[[], object]] = {
            9: lambda: self._reports(2024, date(2025, 7, 6), last, day),
            12: lambda: self._reports(2024, date(2025, 9, 26), last, day),
            3: lambda: self._reports(2025, date(2026, 1, 1), last, day),
            6: lambda: self._reports(2025, date(2026, 3, 26), last, day),
        }
        once[last.month]()
        if last.month in (9, 3):
            self.bring("linlan-culture/lists", day, lists.venues(city, day), 0)
        if last.month == 3:
            self.bring("linlan-transport/grades", day, lists.transport_grades(city, 2025, day))
        if last.month == 6:
            self.bring("linlan-tax/grade-a", day, lists.tax_grade_a(city, 2025, day))

    def _reports(self, year: int, first: date, last: date, day: date) -> None:
        self.bring("linlan-market/annual-reports", day, registrations.reports(self.everyone, year, first, last), 0.001)


def periods() -> list[tuple[date, date]]:
    """Return the twelve reporting months, each from the 26th to the 25th, the first from 1 July."""
    months = [(2025 + (6 + place) // 12, (6 + place) % 12 + 1) for place in range(12)]
    ends = [date(year, month, 25) for year, month in months]
    return list(zip([FIRST_DAY, *(end + timedelta(days=1) for end in ends[:-1])], ends, strict=True))


def _quarter_start(last: date) -> date:
    """Return the first day of the quarter that ends on `last` (a 25th)."""
    index = last.year * 12 + last.month - 1 - 3
    return date(index // 12, index % 12 + 1, 26)


def _wrapped(penalty: Penalty, operation: str) -> Row:
    row = penalties.in_current_layout(penalty)
    row.cells["cd_operation"], row.operation = operation, operation
    return row


def _repeated(rows: list[Row], dice: Dice, disputed: str = "") -> list[Row]:
    """Return the rows with one of them twice, as happens when sheets are pasted together.

    `disputed` names a column that in yet another pair holds two different values.
    """
    rows = list(rows)
    if not rows:
        return rows
    place = dice.number(0, len(rows) - 1)
    found = rows[place]
    rows.insert(place + 1, Row(dict(found.cells), found.identity, found.meaning, dirt="duplicate-row"))
    stating = [row for row in rows[: len(rows) // 2] if disputed and row.cells.get(disputed)]
    if stating and dice.chance(0.5):
        found = dice.one(stating)
        other = Row(
            found.cells | {disputed: f"{dice.number(10, 99)}.5"}, found.identity, dirt="two-values-for-one-fact"
        )
        rows.append(other)
    return rows
