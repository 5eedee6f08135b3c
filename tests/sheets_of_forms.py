"""XLSForms written in a few lines, for tests."""

import io

import xlsxwriter

SETTINGS = [["form_id", "version", "form_title"], ["uji", "1", "Uji"]]


def book(survey, choices=None, settings=None, **more) -> bytes:
    """A workbook; `survey` and the others are rows with their headings first."""
    file = io.BytesIO()
    sheets = {"survey": survey, "choices": choices, "settings": settings or SETTINGS, **more}
    with xlsxwriter.Workbook(file, {"in_memory": True}) as made:
        for name, rows in sheets.items():
            if rows:
                sheet = made.add_worksheet(name)
                for number, row in enumerate(rows):
                    sheet.write_row(number, 0, row)
    return file.getvalue()


def survey(*rows, head=("type", "name", "label")) -> list:
    return [list(head), *map(list, rows)]
