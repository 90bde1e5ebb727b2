"""Lists that came to the desk: what is kept of them, what was decided, and how they are undone."""
