"""Long lists come a page at a time."""

from typing import Annotated, Any

from django.db.models import QuerySet
from ninja import Field, Schema
from ninja.pagination import PaginationBase

# Text without the character that no database keeps; numbers that fit into its integers.
Text = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
Key = Annotated[int, Field(ge=1, le=2**63 - 1)]


class Pages(PaginationBase):
    """`batas` things from the `lewati`-th on; `jumlah` is how many there are in all."""

    items_attribute = "isi"

    class Input(Schema):
        """Which page."""

        batas: int = Field(100, ge=1, le=1000, description="paling banyak berapa")
        lewati: int = Field(0, ge=0, le=10_000_000, description="berapa yang dilewati")

    class Output(Schema):
        """One page."""

        isi: list[Any]
        jumlah: int = Field(description="banyaknya semua, bukan hanya halaman ini", examples=[1])

    def paginate_queryset(self, queryset: QuerySet[Any], pagination: Input, **params: Any) -> dict[str, Any]:  # type: ignore[override]
        """The page."""
        page = queryset[pagination.lewati : pagination.lewati + pagination.batas]
        return {"isi": list(page), "jumlah": queryset.count()}
