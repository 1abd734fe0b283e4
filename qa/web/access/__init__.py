"""Who may do what: users, sessions, requests."""
