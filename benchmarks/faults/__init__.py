"""Faults at every place of a run: does the sheet come out the same, or an error that tells?"""
