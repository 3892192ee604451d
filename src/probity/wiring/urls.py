"""Addresses: which face answers where."""

from django.urls import include, path

from probity.show.api.api import api

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("v1/", api.urls),
    path("desk/", include("probity.show.desk.urls")),
    path("", include("probity.show.public.urls")),
]

handler400 = "probity.show.parts.errors.bad_request"
handler403 = "probity.show.parts.errors.forbidden"
handler404 = "probity.show.parts.errors.not_found"
handler500 = "probity.show.parts.errors.failed"
