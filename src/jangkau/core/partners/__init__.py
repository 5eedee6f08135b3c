"""Partners: sponsors' pledges, companies' duties, and counts that may be shown to them."""
