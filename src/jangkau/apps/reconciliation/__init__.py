"""Our books beside each new snapshot of the insurer's members, and whose membership ends when."""
