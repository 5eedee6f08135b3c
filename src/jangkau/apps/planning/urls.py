"""Addresses of plans."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from jangkau.apps.planning.views import build, export, plan


class _Kind(StringConverter):
    regex = "|".join(export.KINDS)


register_converter(_Kind, "plan_file")
urlpatterns = [
    path("rencana/", plan.plans, name="plans"),
    path("rencana/baru/<str:region>/", build.build, name="plan_build"),
    path("rencana/<int:pk>/", plan.plan, name="plan"),
    path("rencana/<int:pk>/usulkan/", plan.propose, name="plan_propose"),
    path("rencana/<int:pk>/tarik/", plan.withdraw, name="plan_withdraw"),
    path("rencana/<int:pk>/setujui/", plan.approve, name="plan_approve"),
    path("rencana/<int:pk>/tolak/", plan.refuse, name="plan_refuse"),
    path("rencana/<int:pk>/periksa/", plan.check, name="plan_check"),
    path("rencana/<int:pk>/lanjutan/", plan.follow, name="plan_follow"),
    path("rencana/<int:pk>/mengapa/", plan.why_not, name="plan_why"),
    path("rencana/<int:pk>/rencana.<plan_file:kind>", export.download, name="plan_download"),
]
