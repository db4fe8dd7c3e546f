"""Who was there and how long: participant rows of one session become people with presence."""
