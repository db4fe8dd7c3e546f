"""Which letter a member gets for a session: presence, corrections, and letters typed over."""
