"""Which register rows and which other proposals are the person a proposal names: found by runs, settled by clerks."""
