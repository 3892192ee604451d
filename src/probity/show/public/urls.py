"""Public: the addresses of the face that anybody may look at."""

from django.urls import path, register_converter

from probity.show.parts.addresses import CreditCodePath
from probity.show.public import checking, pages

register_converter(CreditCodePath, "public_code")

app_name = "public"
urlpatterns = [
    path("", pages.home, name="home"),
    path("enterprises/", pages.enterprises, name="enterprises"),
    path("enterprises/<public_code:code>/", pages.enterprise, name="enterprise"),
    path("enterprises/<public_code:code>/records/<int:number>/", pages.record, name="record"),
    path("rules/", pages.rules, name="rules"),
    path("rules/<slug:kind>/<path:key>/", pages.rule, name="rule"),
    path("check-draw/", checking.check_draw, name="check_draw"),
    path("about/", pages.about, name="about"),
]
