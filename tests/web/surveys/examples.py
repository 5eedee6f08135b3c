"""A survey without a file; it belongs to the whole province."""

from datetime import date

from examples import example

from jangkau.apps.surveys.models import Survey


@example("survey_chart", shared=True)
def chart(user) -> dict:
    return survey(user) | {"name": "survei_cakupan", "kind": "csv"}


@example("survey", "survey_figures", "survey_fit", shared=True)
def survey(user) -> dict:
    made = Survey.objects.create(region_code="17", title="Uji", source="Uji 2026", per=date(2026, 8, 31),
                                 measured="cakupan", file_name="a.csv", size=1, sha256="0" * 64,
                                 by=user("pengelola"))  # fmt: skip
    return {"pk": made.pk}
