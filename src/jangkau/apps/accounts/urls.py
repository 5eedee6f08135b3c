"""Sign-in at addresses in Indonesian; the views are allauth's."""

from allauth.account import views as account
from django.urls import URLPattern, URLResolver, include, path

from jangkau.apps.accounts import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("masuk/", account.login, name="account_login"),
    path("keluar/", account.logout, name="account_logout"),
    path("akun/", views.mine, name="account"),
    path("akun/sandi/", account.password_change, name="account_change_password"),
    path("akun/sandi/atur/", account.password_set, name="account_set_password"),
    path("akun/pendaftaran/", account.signup, name="account_signup"),
    path("akun/ulang/", account.reauthenticate, name="account_reauthenticate"),
    path("akun/nonaktif/", account.account_inactive, name="account_inactive"),
    path("akun/kantor/", include("allauth.socialaccount.urls")),
    path("akun/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("akun/2fa/", include("allauth.mfa.urls")),
]
