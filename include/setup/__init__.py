"""Setting up in a terminal: ``make connect`` for the connections, ``make meeting`` for a meeting.

Both ask one question at a time, check each answer at once, and write only what is whole.
"""
