"""Addresses of surveys."""

from django.urls import path

from jangkau.apps.surveys import views

urlpatterns = [
    path("monev/survei/", views.surveys, name="surveys"),
    path("monev/survei/baru/", views.new, name="survey_new"),
    path("monev/survei/<int:pk>/", views.survey, name="survey"),
    path("monev/survei/<int:pk>/model/", views.fit, name="survey_fit"),
    path("monev/survei/<int:pk>/gambar/<slug:name>.<slug:kind>", views.picture, name="survey_chart"),
    path("monev/survei/<int:pk>/angka.csv", views.figures, name="survey_figures"),
]
