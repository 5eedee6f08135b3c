"""E-mail through Django's backend."""

from hashlib import sha256
from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from jangkau.apps.notices.channels import Message, Refused, Unreachable


class Mail:
    """A channel (`jangkau.apps.notices.channels.Channel`); JANGKAU_EMAIL_URL sets it up."""

    label = _("Surel")
    address = _("Alamat surel")

    def ready(self) -> bool:
        """A server is named."""
        return not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend")

    def accepts(self, address: str) -> bool:
        """An address of e-mail, without a line break."""
        try:
            validate_email(address)
        except ValidationError:
            return False
        return True

    def send(self, message: Message) -> None:
        """One e-mail; the same key has the same Message-ID, by which servers and readers know it again."""
        if not self.accepts(message.to):
            raise Refused
        mark = sha256(message.key.encode()).hexdigest()[:32]
        domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(">") or "jangkau"
        headers = {"Message-ID": f"<{mark}@{domain}>", "Auto-Submitted": "auto-generated"}
        try:
            EmailMessage(message.subject, message.text, to=[message.to], headers=headers).send()
        except SMTPRecipientsRefused as error:
            raise Refused from error
        except (SMTPException, OSError) as error:
            raise Unreachable from error
