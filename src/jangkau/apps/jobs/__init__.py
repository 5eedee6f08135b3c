"""Long work in the background: seen while it runs, stopped on request, gone on with after a crash."""
