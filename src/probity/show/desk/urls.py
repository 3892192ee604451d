"""Desk: the addresses of the officers' face."""

from django.urls import path, register_converter

from probity.show.desk import account, home, lists
from probity.show.desk.judge import rulebook, runs
from probity.show.desk.know import (
    deliveries,
    endings,
    enterprise_list,
    enterprises,
    quarantine,
    record,
    settling,
    unmatched,
)
from probity.show.parts.addresses import CreditCodePath

register_converter(CreditCodePath, "code")

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("login/", account.sign_in, name="login"),
    path("logout/", account.sign_out, name="logout"),
    path("account/", account.password, name="password"),
    path("appearance/", account.appearance, name="appearance"),
    path("enterprises/", enterprise_list.enterprises, name="enterprises"),
    path("enterprises/<code:code>/", enterprises.enterprise, name="enterprise"),
    path("enterprises/<code:code>/records/", enterprises.enterprise_records, name="enterprise_records"),
    path("enterprises/<code:code>/names/", enterprises.enterprise_names, name="enterprise_names"),
    path("enterprises/<code:code>/why.json", enterprises.why_json, name="why_json"),
    path("enterprises/<code:code>.json", enterprises.enterprise_json, name="enterprise_json"),
    path("records/<int:number>/", record.record, name="record"),
    path("deliveries/", deliveries.deliveries, name="deliveries"),
    path("deliveries/bring/", deliveries.deliver, name="deliver"),
    path("deliveries/<int:number>/", deliveries.delivery, name="delivery"),
    path("deliveries/<int:number>/quarantine.xlsx", deliveries.quarantined_sheet, name="quarantined_sheet"),
    path("quarantine/", quarantine.quarantine, name="quarantine"),
    path("quarantine/settle/", settling.settle, name="settle"),
    path("endings/", endings.endings, name="endings"),
    path("endings/settle/", endings.settle, name="settle_endings"),
    path("lists/<slug:name>/", lists.keep, name="list_keep"),
    path("unmatched/", unmatched.unmatched, name="unmatched"),
    path("runs/", runs.runs, name="runs"),
    path("runs/<int:number>/", runs.run, name="run"),
    path("runs/<int:number>/grades.xlsx", runs.run_sheet, name="run_sheet"),
    path("rules/", rulebook.rules, name="rules"),
    path("rules/<slug:kind>/<path:key>/", rulebook.rule, name="rule"),
]
