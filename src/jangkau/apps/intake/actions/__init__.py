"""What is done to lists: received, read, mended, handed back, merged, replaced, withdrawn."""
