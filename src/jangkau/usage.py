"""What the command line says of wrong usage, in Indonesian: one table for `jangkau` (click) and argparse.

Both libraries look their words up by the name `_` of their own modules; that name is given here.
"""

from types import ModuleType

WORDS = {
    # click
    "Usage:": "Pemakaian:", "Options": "Pilihan", "Commands": "Perintah", "Positional arguments": "Isian",
    "Error: {message}": "Salah: {message}",
    "Try '{command} {option}' for help.": "Lihat '{command} {option}'.",
    "Invalid value: {message}": "Isi salah: {message}",
    "Invalid value for {param_hint}: {message}": "Isi salah pada {param_hint}: {message}",
    "Missing argument": "Belum diisi:", "Missing option": "Pilihan belum diisi:", "Missing parameter": "Belum diisi:",
    "Missing {param_type}": "Belum diisi: {param_type}", "Missing command.": "Sebutkan perintahnya.",
    "Missing parameter: {param_name}": "Belum diisi: {param_name}",
    "No such option {name!r}.": "Tidak ada pilihan {name!r}.",
    "No such command {name!r}.": "Tidak ada perintah {name!r}.",
    "Did you mean {possibility}?": "Maksudnya {possibility}?",
    "(Did you mean one of: {possibilities}?)": "(Maksudnya salah satu dari: {possibilities}?)",
    "Got unexpected extra argument ({args})": "Kelebihan isian ({args})",
    "Got unexpected extra arguments ({args})": "Kelebihan isian ({args})",
    "Takes {nargs} values but 1 was given.": "Perlu {nargs} isian, baru 1.",
    "Takes {nargs} values but {len} were given.": "Perlu {nargs} isian, ada {len}.",
    "Argument {name!r} takes {nargs} values.": "{name!r} perlu {nargs} isian.",
    "Option {name!r} does not take a value.": "Pilihan {name!r} tidak memakai isi.",
    "Option {name!r} requires an argument.": "Pilihan {name!r} perlu diberi isi.",
    "Option {name!r} requires {nargs} arguments.": "Pilihan {name!r} perlu {nargs} isi.",
    "Choose from:\n\t{choices}": "Pilih salah satu:\n\t{choices}",
    "{value!r} is not {choice}.": "{value!r} bukan {choice}.",
    "{value!r} is not one of {choices}.": "{value!r} bukan salah satu dari {choices}.",
    "{value!r} is not a valid {number_type}.": "{value!r} bukan bilangan ({number_type}).",
    "{value} is not in the range {range}.": "{value} di luar {range}.",
    "{name} {filename!r} does not exist.": "{name} {filename!r} tidak ada.",
    "{name} {filename!r} is a file.": "{name} {filename!r} adalah berkas.",
    "{name} {filename!r} is a directory.": "{name} {filename!r} adalah folder.",
    "{name} {filename!r} is not readable.": "{name} {filename!r} tidak dapat dibaca.",
    "{name} {filename!r} is not writable.": "{name} {filename!r} tidak dapat ditulisi.",
    "file": "berkas", "directory": "folder", "path": "jalur", "required": "wajib",
    "default: {default}": "bila kosong: {default}",
    "Show this message and exit.": "Tampilkan bantuan ini.", "Show the version and exit.": "Tampilkan versi.",
    "Could not open file {filename!r}: {message}": "Berkas {filename!r} tidak dapat dibuka: {message}",
    "Aborted!": "Dihentikan.",
    # argparse
    "usage: ": "pemakaian: ", "options": "pilihan", "positional arguments": "isian",
    "%(prog)s: error: %(message)s\n": "%(prog)s: salah: %(message)s\n",
    "show this help message and exit": "tampilkan bantuan ini",
    "the following arguments are required: %s": "belum diisi: %s",
    "unrecognized arguments: %s": "tidak dikenal: %s",
    "expected one argument": "perlu satu isi", "expected at least one argument": "perlu paling sedikit satu isi",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r bukan pilihan; pilih dari %(choices)s",
    "invalid %(type)s value: %(value)r": "%(value)r bukan isi yang benar (%(type)s)",
    "argument %(argument_name)s: %(message)s": "isian %(argument_name)s: %(message)s",
    "one of the arguments %s is required": "isi salah satu: %s",
    "not allowed with argument %s": "tidak boleh bersama %s",
}  # fmt: skip


def said(text: str) -> str:
    """A text of click or argparse in Indonesian, where it has one."""
    return WORDS.get(text, text)


def counted(one: str, many: str, count: int) -> str:
    """The same for a text that has a plural."""
    return said(one if count == 1 else many)


def in_indonesian(*modules: ModuleType) -> None:
    """Let these modules speak Indonesian."""
    for module in modules:
        for name, words in (("_", said), ("ngettext", counted)):
            if hasattr(module, name):
                setattr(module, name, words)
