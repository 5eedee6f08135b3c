"""The part of XLSForm that every client of ours can show: refused at upload, never at the village."""

QUESTIONS = frozenset({
    "text", "integer", "decimal", "date", "note", "calculate", "geopoint", "image", "audio",
    "acknowledge", "trigger", "barcode", "hidden", "range", "time", "datetime",
})  # fmt: skip
METADATA = frozenset({"start", "end", "today", "deviceid"})
SELECTS = {
    "select_one": "daftar", "select_multiple": "daftar", "select_one_from_file": "berkas",
    "select_multiple_from_file": "berkas",
}  # fmt: skip
OPENING = {"begin_group": "group", "begin_repeat": "repeat"}
CLOSING = {"end_group": "group", "end_repeat": "repeat"}
APPEARANCES = frozenset({
    "numbers", "multiline", "minimal", "autocomplete", "search", "quick", "horizontal", "columns", "field-list",
    "label", "list-nolabel", "likert", "w1", "w2", "w3", "w4", "new", "thousands-sep", "masked",
})  # fmt: skip
PARAMETERS = frozenset({"max-pixels", "capture-accuracy", "warning-accuracy", "value", "label"})
SCALE = {"start": "1", "end": "10", "step": "1"}  # parameters of `range`, and what they are where not written
# What JavaRosa and the engine of the offline page compute alike.
FUNCTIONS = frozenset({
    "if", "coalesce", "not", "true", "false", "boolean", "number", "string", "int", "round", "abs", "pow", "min", "max",
    "sum", "count", "count-non-empty", "count-selected", "selected", "selected-at", "position", "concat", "substr",
    "string-length", "contains", "starts-with", "ends-with", "substring-before", "substring-after", "normalize-space",
    "translate", "regex", "today", "now", "date", "format-date", "instance", "current", "once",
    "join", "uuid", "jr:choice-name", "indexed-repeat",
})  # fmt: skip
NODE_TESTS = frozenset({"text", "node", "and", "or", "div", "mod"})  # a bracket after these calls no function
# What is computed, by column: what for (`truth`, `value`, `words`, or another).
EXPRESSIONS = {
    "relevant": "truth", "constraint": "truth", "calculation": "value", "choice_filter": "truth", "required": "truth",
    "readonly": "truth", "default": "value", "repeat_count": "",
}  # fmt: skip
OF_ENTITIES = {"create_if": "truth", "update_if": "truth", "entity_id": "words", "label": "words"}
COLUMNS_REFUSED = ("trigger", "media::audio", "audio", "media::video", "video", "media::image", "image", "big-image",
                   "media::big-image", "body::accuracythreshold", "intent")  # fmt: skip
SETTINGS_REFUSED = ("public_key", "submission_url", "allow_choice_duplicates", "client_editable")
SHEETS_REFUSED = ("external_choices", "osm")
MOST_CHOICES, MOST_ROWS, MOST_COLUMNS, MOST_BYTES, MOST_UNPACKED = 1_000, 3_000, 120, 10_000_000, 80_000_000
