"""What users are told: on the page, by e-mail, and through whatever channel an installation adds."""
