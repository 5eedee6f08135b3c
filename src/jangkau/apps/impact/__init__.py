"""What plans do to extreme poverty, as expected before the event."""
