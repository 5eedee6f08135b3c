"""Addresses of users."""

from django.urls import path

from jangkau.apps.access import token_views, views

urlpatterns = [
    path("akun/pengguna/", views.users, name="users"),
    path("akun/pengguna/baru/", views.new, name="user_new"),
    path("akun/pengguna/<int:pk>/", views.user, name="user"),
    path("akun/pengguna/<int:pk>/peran/<int:held>/cabut/", views.take_role, name="user_take_role"),
    path("akun/pengguna/<int:pk>/tautan/", views.invite, name="user_invite"),
    path("akun/pengguna/<int:pk>/buka/", views.unlock, name="user_unlock"),
    path("akun/pengguna/<int:pk>/aktif/", views.activity, name="user_activity"),
    path("akun/pengguna/<int:pk>/cara-masuk/", views.factors, name="user_factors"),
    path("akun/pengguna/<int:pk>/token/<int:token>/cabut/", token_views.revoke_of_user, name="user_token_revoke"),
    path("akun/token/", token_views.tokens, name="tokens"),
    path("akun/token/<int:pk>/cabut/", token_views.revoke, name="token_revoke"),
    path("akun/undangan/<str:uidb64>/<str:token>/", views.invitation, name="invitation"),
]
