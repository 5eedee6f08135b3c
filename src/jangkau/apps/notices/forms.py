"""How a user wants to be told."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from jangkau.apps.accounts.models import User
from jangkau.apps.notices import channels
from jangkau.apps.notices.sending import addresses


class ChannelsForm(forms.Form):
    """A tick and an address for each channel that is set up."""

    def __init__(self, *args: Any, user: User, **more: Any) -> None:
        super().__init__(*args, **more)
        self.known, now = channels.ready(), addresses([user]).get(user.pk, {})
        stored = {choice.channel: choice.address for choice in user.channels.all()}
        for name, channel in self.known.items():
            start = now.get(name) or stored.get(name) or (user.email if name == "email" else "")
            words = _("Kirim lewat %(way)s") % {"way": str(channel.label)}
            self.fields[name] = forms.BooleanField(label=words, required=False, initial=name in now)
            self.fields[f"{name}_ke"] = forms.CharField(
                label=str(channel.address), required=False, max_length=200, initial=start, strip=True
            )

    def clean(self) -> dict[str, Any]:
        """A channel that is on needs an address it accepts."""
        told = super().clean() or {}
        for name, channel in self.known.items():
            address = told.get(f"{name}_ke", "")
            if (told.get(name) or address) and not channel.accepts(address):
                self.add_error(f"{name}_ke", _("Tulis alamat yang benar, atau kosongkan dan hapus centangnya."))
        return told

    @property
    def chosen(self) -> dict[str, tuple[bool, str]]:
        """Channel -> on, address."""
        return {name: (self.cleaned_data[name], self.cleaned_data[f"{name}_ke"]) for name in self.known}
