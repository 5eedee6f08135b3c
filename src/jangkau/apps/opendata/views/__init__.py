"""Pages of open data: `work` for those who make it, `public` for everybody."""
