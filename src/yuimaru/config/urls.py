"""Every address of the installation."""

from allauth.account import views as accounts
from django.urls import include, path

from yuimaru.interfaces.look import errors, health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("accounts/login/", accounts.login, name="account_login"),
    path("accounts/logout/", accounts.logout, name="account_logout"),
    path("", include("yuimaru.interfaces.api.urls")),
    path("", include("yuimaru.interfaces.desk.urls")),
    path("", include("yuimaru.interfaces.portal.urls")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
