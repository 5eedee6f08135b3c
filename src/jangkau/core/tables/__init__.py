"""Every frame that crosses a border between rooms, declared: columns, types, units, meaning, privacy."""
