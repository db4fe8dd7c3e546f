"""Which member a person of Zoom's is: answers, the steps of matching, and what only suggests."""
