"""The public API: every endpoint of `/api/v1/`, its tokens, its problems and its description."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from jangkau.api import audit, decisions, faults, jobs, permits, persons, problems, regions, shipments, snapshots
from jangkau.api.auth import Share, Token

_ABOUT = (
    "Mengirim usulan dan membaca apa yang terjadi dengannya. Setiap token bekerja dengan satu peran di satu wilayah. "
    "Nomor panjang (NIK, KK, KPJ) selalu tersamar."
)


class Api(NinjaAPI):
    """Ninja's API whose description says that problems come as `application/problem+json`."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """OpenAPI."""
        schema = super().get_openapi_schema(**kwargs)
        for operation in (o for path in schema["paths"].values() for o in path.values()):
            for status, told in operation["responses"].items():
                if int(status) >= 400:
                    told["content"] = {problems.MEDIA: told["content"]["application/json"]}
        return schema


api = Api(
    title="Jangkau", version="1", description=_ABOUT, auth=Token(), throttle=[Share()], docs_url=None,
    urls_namespace="api",
)  # fmt: skip
problems.install(api)
api.add_router("/kiriman", shipments.router)
api.add_router("/masalah", faults.router)
api.add_router("/pekerja", persons.router)
api.add_router("/keputusan", decisions.router)
api.add_router("/kepatuhan", permits.router)
api.add_router("/wilayah", regions.router)
api.add_router("/cuplikan", snapshots.router)
api.add_router("/tugas", jobs.router)
api.add_router("/audit", audit.router)
