"""Desk: the addresses of the officers' face."""

from django.urls import path, register_converter

from probity.show.desk import account, home
from probity.show.desk.guard import accounts, factors, identity_provider, keys, sessions, signing_in
from probity.show.desk.judge import rulebook, runs
from probity.show.desk.know import deliveries, enterprises, quarantine, unmatched
from probity.show.parts.addresses import CreditCodePath

register_converter(CreditCodePath, "code")

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("login/", signing_in.sign_in, name="login"),
    path("login/second/", signing_in.second, name="second"),
    path("login/key/", signing_in.with_key, name="with_key"),
    path("login/provider/", identity_provider.start, name="provider"),
    path("login/provider/back/", identity_provider.back, name="provider_back"),
    path("login/invited/<str:code>/", identity_provider.invited, name="invited"),
    path("logout/", signing_in.sign_out, name="logout"),
    path("account/", account.password, name="password"),
    path("account/factors/", factors.factors, name="factors"),
    path("account/factors/app/", factors.add_app, name="add_app"),
    path("account/factors/key/", factors.add_key, name="add_key"),
    path("account/factors/codes/", factors.codes, name="codes"),
    path("account/factors/<int:number>/remove/", factors.remove, name="remove_factor"),
    path("account/sessions/", sessions.sessions, name="sessions"),
    path("account/sessions/<int:number>/end/", sessions.end, name="end_session"),
    path("account/stay/", sessions.stay, name="stay"),
    path("keys/", keys.keys, name="keys"),
    path("keys/new/", keys.new_key, name="new_key"),
    path("keys/<int:number>/", keys.key, name="key"),
    path("keys/<int:number>/rotate/", keys.rotate, name="rotate_key"),
    path("keys/<int:number>/revoke/", keys.revoke, name="revoke_key"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/<int:number>/release/", accounts.release, name="release"),
    path("accounts/<int:number>/end/", accounts.end_all, name="end_all"),
    path("accounts/<int:number>/reset/", accounts.reset, name="reset_factors"),
    path("accounts/<int:number>/invite/", accounts.invite, name="invite"),
    path("appearance/", account.appearance, name="appearance"),
    path("enterprises/", enterprises.enterprises, name="enterprises"),
    path("enterprises/<code:code>/", enterprises.enterprise, name="enterprise"),
    path("enterprises/<code:code>/records/", enterprises.enterprise_records, name="enterprise_records"),
    path("enterprises/<code:code>/names/", enterprises.enterprise_names, name="enterprise_names"),
    path("enterprises/<code:code>/why.json", enterprises.why_json, name="why_json"),
    path("enterprises/<code:code>.json", enterprises.enterprise_json, name="enterprise_json"),
    path("records/<int:number>/", enterprises.record, name="record"),
    path("deliveries/", deliveries.deliveries, name="deliveries"),
    path("deliveries/bring/", deliveries.deliver, name="deliver"),
    path("deliveries/<int:number>/", deliveries.delivery, name="delivery"),
    path("deliveries/<int:number>/quarantine.xlsx", deliveries.quarantined_sheet, name="quarantined_sheet"),
    path("quarantine/", quarantine.quarantine, name="quarantine"),
    path("quarantine/settle/", quarantine.settle, name="settle"),
    path("unmatched/", unmatched.unmatched, name="unmatched"),
    path("runs/", runs.runs, name="runs"),
    path("runs/<int:number>/", runs.run, name="run"),
    path("runs/<int:number>/grades.xlsx", runs.run_sheet, name="run_sheet"),
    path("rules/", rulebook.rules, name="rules"),
    path("rules/<slug:kind>/<path:key>/", rulebook.rule, name="rule"),
]
