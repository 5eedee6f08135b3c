"""A process that draws charts for another: a line of JSON in, the length and the bytes of a picture out."""

import json
import sys

import vl_convert

from jangkau.core.reporting.charts import draw

SCALE = 2.0  # pixels of a PNG for each unit of the chart


def main() -> None:
    """Until standard input ends: [kind, specification] a line; answered in order."""
    for line in sys.stdin.buffer:
        kind, spec = json.loads(line)
        svg = draw(spec)
        made = vl_convert.svg_to_png(svg, scale=SCALE) if kind == "png" else svg.encode()
        sys.stdout.buffer.write(f"{len(made)}\n".encode() + made)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
