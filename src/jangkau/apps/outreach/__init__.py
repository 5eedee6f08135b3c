"""Outreach: campaigns, their events, whom they reached, what they changed, and messages with the numbers of the law."""
