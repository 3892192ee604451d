"""Addresses: which face answers where."""

from django.urls import include, path

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("desk/", include("probity.show.desk.urls")),
    path("", include("probity.show.public.urls")),
]
