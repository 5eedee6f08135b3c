"""What phones fill in: forms (XLSForm in, checked XForm out), what comes back from them, and lists that they carry.

Standards: XLSForm, ODK XForms, OpenRosa 1.0 and ODK Entities 2024.1 (docs.getodk.org, docs.openrosa.org).
"""

from jangkau.core.field.convert import Built, build
from jangkau.core.field.model import FormModel
from jangkau.core.field.submission import Submission, Unreadable, read

__all__ = ["Built", "FormModel", "Submission", "Unreadable", "build", "read"]
