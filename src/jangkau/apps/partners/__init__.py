"""Partners: sponsors and what they pledge, companies and their duty, groups and their lists."""
